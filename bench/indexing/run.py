#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""How fast the same documents are indexed by Quipu, omindex, scriptindex, Lucene 8, Groonga, Sphinx and SQLite FTS5.

    bench/indexing/run.py BUILD PAGES [--documents N] [--rounds 2] [--only NAME,NAME]

BUILD is a build folder, PAGES a folder of HTML (`bench/corpus/make_corpus.py` makes one). Quipu and omindex read the HTML; the
others do not, so they, and Quipu once more, are given the text extracted beforehand. An engine that is not installed is left
out and said. Debian packages: xapian-omega, liblucene8-java, default-jdk-headless, groonga-bin, sphinxsearch.

In each round every engine has its turn, with an empty folder for its index; a Markdown table has the medians: seconds, and of
processor time in all (which says more on a machine that others use too), MB of text (not of HTML) a second, the rate beside Quipu's on the same input, the index's size as a share of the text, and the peak
of the memory of all processes of the engine (proportional set size, sampled ten times a second).
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from corpus import Corpus, size_of  # noqa: E402
from engines import ENGINES, without_epoch  # noqa: E402


def memory_of(session):
    """Kilobytes of all processes of a session; memory that they share counts once."""
    total = 0
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        try:
            if os.getsid(int(entry.name)) != session:
                continue
            with open(f"/proc/{entry.name}/smaps_rollup", encoding="ascii") as lines:
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except OSError:
            continue
    return total


class Peak:
    """The largest memory of a session while the block runs."""

    def __init__(self, session):
        self.kilobytes, self._session, self._over = 0, session, threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def _watch(self):
        while not self._over.wait(0.1):
            self.kilobytes = max(self.kilobytes, memory_of(self._session))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()


def measure(engine, work):
    """(seconds, seconds of processor, MB of memory, bytes of the index), or None if it failed, which is said."""
    engine.prepare(work)
    seconds, processor, kilobytes = 0.0, 0.0, 0
    for command, stdin in engine.commands(work):
        with open(stdin or os.devnull, "rb") as given, open(work / "output", "wb") as output:
            begin = time.monotonic()
            child = subprocess.Popen(list(map(str, command)), stdin=given, stdout=output, stderr=output, start_new_session=True)
            with Peak(child.pid) as peak:
                _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            seconds += time.monotonic() - begin
            processor += usage.ru_utime + usage.ru_stime
            kilobytes = max(kilobytes, peak.kilobytes)
        if child.returncode != 0:
            tail = (work / "output").read_text(errors="replace").strip().splitlines()[-3:]
            print(f"{engine.name} ended with status {child.returncode}: {' / '.join(tail)}", file=sys.stderr)
            return None
    return seconds, processor, kilobytes / 1024, size_of(work / "index")


def play(engines, rounds, scratch):
    """Each engine's results, one a round; within a round they take turns."""
    results = {engine: [] for engine in engines}
    for number in range(rounds):
        for engine in engines:
            work = scratch / "turn"
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir()
            result = measure(engine, work)
            if result:
                results[engine].append(result)
                print(f"round {number + 1}: {engine.name}: {result[0]:.1f} s, {result[1]:.1f} s of processor, {result[2]:.0f} MB", file=sys.stderr)
        shutil.rmtree(scratch / "turn", ignore_errors=True)
    return results


def table(results, corpus):
    medians = {engine: tuple(map(statistics.median, zip(*rows))) for engine, rows in results.items() if rows}
    quipu = {engine.reads: row[0] for engine, row in medians.items() if engine.name.startswith("Quipu")}
    lines = ["| engine | given | seconds | of processor | MB/s of text | rate beside Quipu | index / text | peak memory |",
             "|---|---|---|---|---|---|---|---|"]
    for engine, (seconds, processor, megabytes, size) in medians.items():
        ratio = f"{quipu[engine.reads] / seconds:.2f}" if engine.reads in quipu else ""
        lines.append(f"| {engine.name} {without_epoch(engine.version())} | {engine.reads} | {seconds:.1f} | {processor:.1f} | "
                     f"{corpus.text_bytes / 1e6 / seconds:.1f} | {ratio} | {size / corpus.text_bytes:.2f} | {megabytes:.0f} MB |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("pages", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=0, help="so many of the pages, evenly chosen; 0: all")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", help="names, with commas: 'Quipu, text' is written quipu-text")
    parser.add_argument("--scratch", type=pathlib.Path, default=pathlib.Path("/var/tmp"), help="a disk, not a tmpfs")
    args = parser.parse_args()
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="quipu-indexing-", dir=args.scratch))
    try:
        corpus = Corpus(args.pages.resolve(), args.documents, scratch)
        print(f"{corpus.documents} pages, {corpus.html_bytes / 1e6:.0f} MB of HTML, {corpus.text_bytes / 1e6:.0f} MB of text", flush=True)
        wanted = set(args.only.split(",")) if args.only else None
        engines = []
        for engine in (kind(corpus, args.build.resolve()) for kind in ENGINES):
            if wanted and engine.name.lower().replace(",", "").replace(" ", "-") not in wanted:
                continue
            missing = engine.missing()
            if missing:
                print(f"{engine.name} is left out: it needs {missing}", file=sys.stderr)
            else:
                engines.append(engine)
        print("\n" + table(play(engines, args.rounds, scratch), corpus))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
