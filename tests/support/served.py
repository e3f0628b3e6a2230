# SPDX-License-Identifier: GPL-2.0-or-later
"""A quipu-searchd of a test's own, over one index, `papers`, of the files in a folder."""
import contextlib
import json
import subprocess
import tempfile
import time
from pathlib import Path

SOURCES = """
[[indexes.papers.sources]]
type = "folder"
path = "files"
"""


def write_site(folder, searchd="", index=""):
    """quipu.toml with `searchd` and `index` in their tables, and an empty folder `files`."""
    (folder / "files").mkdir()
    (folder / "quipu.toml").write_text(f"""data_dir = "var"
[searchd]
listen = "127.0.0.1:0"
{searchd}
[indexes.papers]
{index}
{SOURCES}""", encoding="utf-8")


def start_searchd(program, folder):
    """The process and its port."""
    with open(folder / "searchd.log", "wb") as log:
        process = subprocess.Popen([program, "serve"], cwd=folder, stderr=log)  # pylint: disable=consider-using-with
    for _ in range(200):
        for line in (folder / "searchd.log").read_text(encoding="utf-8").splitlines():
            if '"listening"' in line:
                return process, int(json.loads(line)["address"].rsplit(":", 1)[1])
        time.sleep(0.05)
    process.kill()
    raise SystemExit("quipu-searchd did not start: " + (folder / "searchd.log").read_text(encoding="utf-8"))


@contextlib.contextmanager
def served_llamas(indexer, searchd):
    """A folder in which one document is indexed, "llamas on the road", and the port on which it is served."""
    with tempfile.TemporaryDirectory(prefix="quipu-served-") as name:
        folder = Path(name)
        write_site(folder)
        (folder / "files/a.txt").write_text("llamas on the road\n", encoding="utf-8")
        subprocess.run([indexer, "run", "--quiet"], cwd=folder, capture_output=True, check=True)
        process, port = start_searchd(searchd, folder)
        try:
            yield folder, port
        finally:
            process.terminate()
            process.wait(timeout=20)
