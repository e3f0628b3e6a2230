#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Does what a tutorial says, as a reader would, and compares what it shows.

Usage: tutorial.py PAGE INDEXER SEARCHD

A fenced block with a file's name behind its language is written to that file; `sh` blocks run in one shell, in order;
a `text` block behind one holds lines of which each must be, in this order, a part of a line of its output. Other blocks are
only shown. The server's port is another one than the page says, so that two tests can run at once.
"""
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.M | re.S)
SKIPPED = 77
PORT = "7700"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def wait_for(address, shell):
    for _ in range(200):
        assert shell.poll() is None, "the shell ended"
        try:
            return urllib.request.urlopen(address, timeout=1).read()
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{address} does not answer")


class Shell:
    """A bash in a folder of its own; ends with all that it started."""

    def __init__(self, folder, path):
        environment = dict(os.environ, PATH=f"{path}:{os.environ['PATH']}", LANG="C.UTF-8")
        self.process = subprocess.Popen(["bash", "-m"], cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True, start_new_session=True)

    def run(self, commands):
        self.process.stdin.write(f"{commands}\necho; echo --done-- $?\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line.startswith("--done--"):
                return lines, int(line.split()[1])
            lines.append(line.rstrip("\n"))
        raise AssertionError("the shell ended:\n" + "\n".join(lines))

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        for process in children_of_session(self.process.pid):
            os.kill(process, signal.SIGTERM)
        self.process.wait(timeout=10)


def children_of_session(session):
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and int(entry.name) != session:
            yield int(entry.name)


def missing(wanted, got):
    """The first wanted line that is not there, behind those before it."""
    at = 0
    for line in filter(None, (line.strip() for line in wanted.splitlines())):
        while at < len(got) and line not in got[at]:
            at += 1
        if at == len(got):
            return line
        at += 1
    return None


def main():
    page, indexer, searchd = sys.argv[1:4]
    for tool in ("curl", "jq"):
        if subprocess.run(["which", tool], capture_output=True).returncode != 0:
            print(f"skipped: {tool} is not installed")
            return SKIPPED
    port = free_port()
    ran = compared = 0
    with tempfile.TemporaryDirectory() as folder:
        shell = Shell(folder, f"{Path(indexer).parent}:{Path(searchd).parent}")
        try:
            output = []
            for language, name, text in BLOCK.findall(Path(page).read_text(encoding="utf-8")):
                text = text.replace(PORT, port)
                if name:
                    (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
                    (Path(folder) / name).write_text(text, encoding="utf-8")
                elif language == "sh":
                    output, code = shell.run(text)
                    assert code == 0, f"exit code {code} of\n{text}\n" + "\n".join(output)
                    if text.rstrip().endswith("&"):
                        wait_for(f"http://127.0.0.1:{port}/ready", shell.process)
                    ran += 1
                elif language == "text":
                    lost = missing(text, output)
                    assert lost is None, f"not in the output, or not in this order: {lost}\n" + "\n".join(output)
                    compared += 1
        finally:
            shell.end()
    assert ran >= 5 and compared >= 5, f"{page} has no commands to speak of: {ran} run, {compared} compared"
    print(f"{page}: {ran} blocks run, {compared} answers compared")
    return 0


if __name__ == "__main__":
    sys.exit(main())
