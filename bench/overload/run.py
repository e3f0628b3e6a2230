#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a quipu-searchd does that is asked ten times as much as it can answer.

    bench/overload/run.py BUILD CONFIG INDEX QUERIES [--rounds 3] [--seconds 10] [--times 10] [--pin] [--most-late MS]

BUILD is a build folder with -D QUIPU_BENCH=ON, CONFIG a quipu.toml whose INDEX is built, QUERIES a file with a query a
line (`id TAB text` is understood). No answer is kept, so that each search is done. Each round measures the capacity (four
connections for each thread, which ask as fast as they are answered), then arrivals by chance at 0.8 of it and at --times as much, whatever
is answered; of the answered, times count from when a request was due. The load shares the cores with the server and
what it takes of them is told; with --pin the server has all cores but the last, on which the load is alone. A round in
which one request in a hundred was sent later than --most-late says other programs had the cores, and is done again.
Prints medians of the rounds as Markdown.
"""
import argparse
import contextlib
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse


@contextlib.contextmanager
def searchd(args, folder):
    """The port and the process of one on a free port."""
    cores = sorted(os.sched_getaffinity(0))
    words = ["taskset", "-c", ",".join(map(str, cores[:-1]))] if args.pin else []
    threads = len(cores) - 1 if args.pin else len(cores)
    words += [args.build / "searchd/quipu-searchd", "serve", "--config", args.config, "--listen", "127.0.0.1:0"]
    log = pathlib.Path(folder) / "log"
    environment = dict(os.environ, QUIPU_SEARCHD_ANSWER_CACHE_MB="0", QUIPU_SEARCHD_THREADS=str(threads))
    with open(log, "w", encoding="utf-8") as out, subprocess.Popen(words, stderr=out, env=environment) as process:
        try:
            for _ in range(200):
                match = re.search(r"http://127\.0\.0\.1:(\d+)", log.read_text(encoding="utf-8"))
                if match:
                    break
                time.sleep(0.05)
            else:
                raise SystemExit(f"quipu-searchd did not start: {log.read_text(encoding='utf-8')}")
            yield int(match.group(1)), process, threads
        finally:
            process.terminate()


def cpu_seconds(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load(args, served, targets, mode, number, seconds):
    port, process, _ = served
    words = ["taskset", "-c", str(max(os.sched_getaffinity(0)))] if args.pin else []
    before = cpu_seconds(process)
    out = subprocess.run([*words, args.build / "bench/overload/overload_load", str(port), targets, mode, f"{number:.1f}", str(seconds)],
                         check=True, capture_output=True, text=True).stdout
    return {**json.loads(out), "server_cpu": (cpu_seconds(process) - before) / seconds}


def one_round(args, targets, folder):
    with searchd(args, folder) as served:
        connections = 4 * served[2]
        load(args, served, targets, "closed", connections, 3)
        capacity = load(args, served, targets, "closed", connections, args.seconds)
        rate = capacity["goodput"]
        return {"capacity": capacity, "0.8": load(args, served, targets, "open", 0.8 * rate, args.seconds),
                "flood": load(args, served, targets, "open", args.times * rate, args.seconds)}


ROWS = [
    ("searches answered a second", lambda one: one["goodput"], "{:,.0f}"),
    ("answered: p50, ms", lambda one: one["accepted"]["p50"], "{:.1f}"),
    ("answered: p99, ms", lambda one: one["accepted"]["p99"], "{:.1f}"),
    ("refused, %", lambda one: 100 * one["refused"]["count"] / max(1, one["refused"]["count"] + one["accepted"]["count"]), "{:.1f}"),
    ("time to the 503: p50, ms", lambda one: one["refused_since_sent"]["p50"], "{:.2f}"),
    ("time to the 503: p99, ms", lambda one: one["refused_since_sent"]["p99"], "{:.2f}"),
    ("/health: p50, ms", lambda one: one.get("health", {}).get("p50", 0), "{:.2f}"),
    ("/health: p99, ms", lambda one: one.get("health", {}).get("p99", 0), "{:.2f}"),
    ("/metrics: p99, ms", lambda one: one.get("metrics", {}).get("p99", 0), "{:.2f}"),
    ("sent late: p99, ms", lambda one: one["late"]["p99"], "{:.2f}"),
    ("connections", lambda one: one["connections"], "{:.0f}"),
    ("unsent, lost or other answers", lambda one: one["unsent"] + one["lost"] + one["other"], "{:.0f}"),
    ("cores that the server took", lambda one: one["server_cpu"], "{:.2f}"),
    ("cores that the load took", lambda one: one["load_cpu"], "{:.2f}"),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("config", type=pathlib.Path)
    parser.add_argument("index")
    parser.add_argument("queries", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--times", type=float, default=10)
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--most-late", type=float, default=float("inf"))
    args = parser.parse_args()
    args.build = args.build.resolve()
    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        targets = pathlib.Path(folder) / "targets"
        with open(args.queries, encoding="utf-8") as lines:
            targets.write_text("".join(
                f"/indexes/{args.index}/search?limit=10&q={urllib.parse.quote(line.rstrip().split(chr(9))[-1])}\n"
                for line in lines), encoding="utf-8")
        disturbed = 0
        while len(rounds) < args.rounds:
            one = one_round(args, targets, folder)
            late = max(one[which]["late"]["p99"] for which in ("0.8", "flood"))
            if late > args.most_late:
                disturbed += 1
                print(f"disturbed: sent {late:.1f} ms late", file=sys.stderr)
                continue
            rounds.append(one)
            print(f"round {len(rounds)} of {args.rounds}", file=sys.stderr)
    loads = ["capacity", "0.8", "flood"]
    print(f"| | at its capacity | at 0.8 of it | at {args.times:g} times |\n|---|---|---|---|")
    for name, read, form in ROWS:
        cells = [form.format(statistics.median(read(one[which]) for one in rounds)) for which in loads]
        print(f"| {name} | " + " | ".join(cells) + " |")
    goodput = statistics.median(one["flood"]["goodput"] / one["capacity"]["goodput"] for one in rounds)
    slower = statistics.median(one["flood"]["accepted"]["p99"] / one["0.8"]["accepted"]["p99"] for one in rounds)
    print(f"\n{args.rounds} rounds of {args.seconds} s, {disturbed} more were disturbed")
    print(f"goodput at {args.times:g} times: {goodput:.2f} of the capacity; p99 of the answered: {slower:.2f} of that at 0.8")


if __name__ == "__main__":
    main()
