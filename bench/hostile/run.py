#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Indexes files that are meant to do harm and says what they cost.

    bench/hostile/run.py PROGRAM [--sample ARCHIVE.tar.xz] [--timeout-ms 20000] [--keep]

PROGRAM is a built quipu-indexer. Makes a folder of its own with generated files (sparse ones, bombs, nesting, endless
lines) and what --sample holds, runs one job over it, and samples the resident memory of all its processes together.
Ends with 1 if a file has no state, if one took over twice its time limit, if the job did not end with 0, or if all
processes together had over 600 MB.
"""
import argparse
import collections
import gzip
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import zipfile
from pathlib import Path

LIMIT_MB = 600


def bomb(name, member, megabytes):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(member, "w", force_zip64=True) as out:
            for _ in range(megabytes):
                out.write(b" " * (1 << 20))


def nested_zip(levels):
    data = b"the words"
    for level in range(levels):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(10):
                archive.writestr(f"{level}-{copy}.zip", data)
        data = buffer.getvalue()
    return data


def generate(folder):
    folder.mkdir(parents=True)
    for name, size in (("sparse-1g.txt", 1 << 30), ("sparse-1g.html", 1 << 30), ("sparse-200m.txt", 200 << 20),
                       ("sparse-200m.pdf", 200 << 20), ("sparse-200m.bin", 200 << 20)):
        with open(folder / name, "wb") as file:
            file.truncate(size)
    (folder / "deep.html").write_text("<div>" * 100_000 + "words" + "</div>" * 100_000)
    (folder / "deep-open.html").write_text("<b><i>" * 500_000 + "words")
    (folder / "deep.xml").write_text("<a>" * 100_000 + "words" + "</a>" * 100_000)
    (folder / "deep.md").write_text(">" * 100_000 + " words\n" + "[" * 100_000 + "(" * 100_000)
    (folder / "line-10m.txt").write_text("word " * 2_000_000)
    (folder / "one-word-10m.txt").write_text("w" * 10_000_000)
    (folder / "line-10m.html").write_text("<p>" + "word " * 2_000_000)
    (folder / "attributes.html").write_text("<p " + " ".join(f"a{i}=1" for i in range(1_000_000)) + ">words")
    (folder / "entities.xml").write_text(
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
            f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(20)) + "]><a>&u;</a>")
    (folder / "noise.txt").write_bytes(random.Random(1).randbytes(5_000_000))
    (folder / "noise.pdf").write_bytes(b"%PDF-1.7\n" + random.Random(2).randbytes(5_000_000))
    (folder / "distinct-words.txt").write_text(" ".join(f"w{i:x}q" for i in range(5_000_000)))
    (folder / "table.csv").write_text("\n".join(",".join(["1"] * 1000) for _ in range(10_000)))
    bomb(folder / "bomb.docx", "word/document.xml", 2048)
    bomb(folder / "bomb.odt", "content.xml", 2048)
    bomb(folder / "bomb.zip", "bomb.txt", 2048)
    (folder / "nested.zip").write_bytes(nested_zip(6))
    with gzip.open(folder / "bomb.html.gz", "wb") as file:
        for _ in range(1024):
            file.write(b" " * (1 << 20))
    many = folder / "many.zip"
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(60_000):
            archive.writestr(f"{number}.txt", "words")


class Sampler(threading.Thread):
    """The most memory that the descendants of a process had together."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.most_kb, self.most_of_one_kb, self.stopped = pid, 0, 0, False

    def run(self):
        while not self.stopped:
            parents, memory = {}, {}
            for entry in os.listdir("/proc"):
                if not entry.isdigit():
                    continue
                try:
                    status = Path(f"/proc/{entry}/status").read_text()
                except OSError:
                    continue
                fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
                parents[int(entry)] = int(fields.get("PPid", 0))
                memory[int(entry)] = int(fields.get("VmRSS", "0 kB").split()[0])
            ours = [pid for pid in memory if self.descends(pid, parents)]
            self.most_kb = max(self.most_kb, sum(memory[pid] for pid in ours))
            self.most_of_one_kb = max([self.most_of_one_kb, *(memory[pid] for pid in ours)])
            time.sleep(0.05)

    def descends(self, pid, parents):
        while pid > 1:
            if pid == self.pid:
                return True
            pid = parents.get(pid, 0)
        return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--sample")
    parser.add_argument("--timeout-ms", type=int, default=20_000)
    parser.add_argument("--keep", action="store_true")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="quipu-hostile-"))
    try:
        return measure(arguments, folder)
    finally:
        if not arguments.keep:
            shutil.rmtree(folder, ignore_errors=True)


def measure(arguments, folder):
    files = folder / "files"
    generate(files / "made")
    if arguments.sample:
        with tarfile.open(arguments.sample) as archive:
            archive.extractall(files / "sample", filter="data") if hasattr(tarfile, "data_filter") else \
                archive.extractall(files / "sample")
    else:
        print("no --sample: generated files only")
    (folder / "quipu.toml").write_text(
        f'data_dir = "var"\n[indexer]\nfile_timeout_ms = {arguments.timeout_ms}\n'
        '[indexes.hostile]\n[[indexes.hostile.sources]]\ntype = "folder"\npath = "files"\n')
    wanted = {str(path.relative_to(files)) for path in files.rglob("*") if path.is_file() and not path.is_symlink()}
    began = time.monotonic()
    job = subprocess.Popen([os.path.abspath(arguments.program), "run", "--quiet", "--report", "report.jsonl"],
                           cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    sampler = Sampler(job.pid)
    sampler.start()
    output, _ = job.communicate(timeout=3600)
    sampler.stopped = True
    seconds = time.monotonic() - began
    lines = [json.loads(line) for line in (folder / "report.jsonl").read_text().splitlines()]
    states = collections.Counter(line["state"] for line in lines)
    # A member of a container has the container's id before its own.
    told = {line["id"] for line in lines}
    silent = [name for name in wanted if name not in told and not any(one.startswith(name + "/") for one in told)]
    slowest = sorted(lines, key=lambda line: -line.get("ms", 0))[:8]
    print(output)
    print(f"{len(wanted)} files, {seconds:.1f} s, exit code {job.returncode}, states {dict(states)}")
    print(f"memory: all processes together {sampler.most_kb / 1000:.0f} MB, the largest {sampler.most_of_one_kb / 1000:.0f} MB")
    for line in slowest:
        print(f"  {line.get('ms', 0):>7} ms  {line['state']:<9} {line['id'][:80]}: {line.get('reason', '')[:80]}")
    for name in silent[:20]:
        print(f"  no state: {name!r}")
    late = [line["id"] for line in lines if line.get("ms", 0) > 2 * arguments.timeout_ms]
    too_much = sampler.most_kb > LIMIT_MB * 1000
    return 1 if silent or late or job.returncode != 0 or too_much else 0


if __name__ == "__main__":
    sys.exit(main())
