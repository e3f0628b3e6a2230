#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Searches per second over HTTP, ten hits with a passage each, beside bare Xapian doing the same queries.

    bench/search/over_http.py BUILD CONFIG INDEX QUERIES [--rounds 3] [--seconds 3]

BUILD is a build folder with -D QUIPU_BENCH=ON, CONFIG a quipu.toml whose INDEX is built, QUERIES a file with a query a
line (`id TAB text` is understood). Searches per second are those that were answered; what the full queue refused at once (503) is
told beside them, and makes p50 small. Each round runs bare Xapian (get_mset of ten, no text) on one and two threads, then
quipu-searchd at 1, 16, 64 and 256 connections; wrk, on the same cores, is part of the cost. Prints medians as Markdown,
and the ratio to bare Xapian on as many threads as searchd has.
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

CONNECTIONS = [1, 16, 64, 256]
SCRIPT = """
local targets = {}
for line in io.lines("%s") do targets[#targets + 1] = line end
local at = 0
request = function()
  at = at %% #targets + 1
  return wrk.format("GET", targets[at])
end
"""


class Searchd:
    """quipu-searchd on a free port."""

    def __init__(self, build, config, log):
        self.process = subprocess.Popen(
            [build / "searchd/quipu-searchd", "serve", "--config", config, "--listen", "127.0.0.1:0"], stderr=log,
            stdout=log)
        for _ in range(200):
            match = re.search(r"http://127\.0\.0\.1:(\d+)", pathlib.Path(log.name).read_text())
            if match:
                self.port = int(match.group(1))
                return
            time.sleep(0.05)
        raise SystemExit(f"quipu-searchd did not start: {pathlib.Path(log.name).read_text()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def bare_xapian(build, index, queries, seconds):
    out = subprocess.run([build / "bench/search/bench_search", index, queries, str(seconds), "bare"], check=True,
                         capture_output=True, text=True).stdout
    rows = re.findall(r"^bare Xapian\s+(\d+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)", out, re.M)
    return {int(threads): (float(rate), float(p50), float(p99), 0.0) for threads, rate, p50, p99 in rows}


def over_http(port, script, connections, seconds):
    out = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script,
                          f"http://127.0.0.1:{port}"], check=True, capture_output=True, text=True).stdout
    asked = int(re.search(r"(\d+) requests in", out).group(1))
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    refused = int(refused.group(1)) if refused else 0
    unit = {"us": 0.001, "ms": 1, "s": 1000}
    quantile = {name: float(value) * unit[kind] for name, value, kind in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s)", out)}
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    return rate * (asked - refused) / asked, quantile["50"], quantile["99"], 100 * refused / asked


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("config", type=pathlib.Path)
    parser.add_argument("index")
    parser.add_argument("queries", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3)
    args = parser.parse_args()
    data = args.config.parent / "var" / args.index
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        targets = pathlib.Path(folder) / "targets"
        with open(args.queries, encoding="utf-8") as lines:
            targets.write_text("".join(
                f"/indexes/{args.index}/search?limit=10&q={urllib.parse.quote(line.rstrip().split(chr(9))[-1])}\n"
                for line in lines))
        script = pathlib.Path(folder) / "ask.lua"
        script.write_text(SCRIPT % targets)
        with open(pathlib.Path(folder) / "log", "w") as log, Searchd(args.build, args.config, log) as searchd:
            stats = json.load(urllib.request.urlopen(f"http://127.0.0.1:{searchd.port}/indexes/{args.index}/stats"))
            print(f"{stats['numberOfDocuments']} documents, {args.rounds} rounds of {args.seconds} s\n")
            for number in range(args.rounds):
                for threads, row in bare_xapian(args.build, data, args.queries, args.seconds).items():
                    figures.setdefault(("bare Xapian", f"{threads} threads"), []).append(row)
                for connections in CONNECTIONS:
                    row = over_http(searchd.port, script, connections, args.seconds)
                    figures.setdefault(("quipu-searchd", f"{connections} connections"), []).append(row)
                print(f"round {number + 1} of {args.rounds}", file=sys.stderr)
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in figures.items()}
    bare = medians["bare Xapian", "2 threads"][0]
    bare_one = medians["bare Xapian", "1 threads"][0]
    print("| | | searches/s | of bare Xapian | p50, ms | p99, ms | refused |\n|---|---|---|---|---|---|---|")
    for (name, load), (rate, p50, p99, refused) in medians.items():
        base = bare_one if load in ("1 threads", "1 connections") else bare
        print(f"| {name} | {load} | {rate:,.0f} | {rate / base:.2f} | {p50:.2f} | {p99:.2f} | {refused:.0f} % |")


if __name__ == "__main__":
    main()
