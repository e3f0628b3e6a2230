# SPDX-License-Identifier: GPL-2.0-or-later
"""A quipu-searchd of a test's own, over one index, `papers`, of the files in a folder."""
import json
import subprocess
import time

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
