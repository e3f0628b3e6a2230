#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Requests per second of our server beside a bare cpp-httplib one, in turns, and what idle connections cost.

    bench/http/compare.py BUILD/bench/http_bench_server [--rounds 3] [--seconds 2]

Needs wrk (Debian: apt install wrk). Prints Markdown tables: medians of the rounds, and the ratio to `ours`.
"""
import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import time

CONNECTIONS = [1, 16, 64, 256]
IDLE = 1000


class Server:
    def __init__(self, program, kind):
        self.process = subprocess.Popen([program, kind], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rss_mb(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024


def requests_per_second(port, path, connections, seconds):
    out = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", f"http://127.0.0.1:{port}{path}"],
        capture_output=True, text=True, check=True).stdout
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))


def idle_cost(program, kind):
    """Percent of one core and MB while IDLE clients are connected, each having asked once if it got an answer."""
    with Server(program, kind) as server:
        clients = []
        for _ in range(IDLE):
            client = socket.create_connection(("127.0.0.1", server.port))
            client.sendall(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            clients.append(client)
        time.sleep(1)
        answered = 0
        for client in clients:
            client.setblocking(False)
            try:
                answered += bool(client.recv(65536))
            except OSError:
                pass
        before = server.cpu_seconds()
        time.sleep(3)
        return answered, (server.cpu_seconds() - before) / 3 * 100, server.rss_mb()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2)
    args = parser.parse_args()
    cases = [("ours", "ours", "/"), ("ours, as a search", "ours", "/search"), ("cpp-httplib, tuned", "tuned", "/"), ("cpp-httplib", "stock", "/")]
    figures, costs = {}, {}
    for round_number in range(args.rounds):
        for name, kind, path in cases:
            for connections in CONNECTIONS:
                with Server(args.program, kind) as server:
                    rate = requests_per_second(server.port, path, connections, args.seconds)
                    cost = server.cpu_seconds() / (rate * args.seconds) * 1e6
                figures.setdefault((name, connections), []).append(rate)
                costs.setdefault((name, connections), []).append(cost)
        print(f"round {round_number + 1} of {args.rounds}", file=sys.stderr)
    print("| requests/s (x of ours) | " + " | ".join(f"c={c}" for c in CONNECTIONS) + " |")
    print("|---|" + "---|" * len(CONNECTIONS))
    for name, _, _ in cases:
        cells = []
        for connections in CONNECTIONS:
            rate = statistics.median(figures[name, connections])
            ours = statistics.median(figures["ours", connections])
            cells.append(f"{rate:,.0f} ({rate / ours:.2f})")
        print(f"| {name} | " + " | ".join(cells) + " |")
    print("\n| CPU of the server per request, µs | " + " | ".join(f"c={c}" for c in CONNECTIONS) + " |")
    print("|---|" + "---|" * len(CONNECTIONS))
    for name, _, _ in cases:
        print(f"| {name} | " + " | ".join(f"{statistics.median(costs[name, c]):.1f}" for c in CONNECTIONS) + " |")
    print(f"\n| {IDLE} clients | answered within 1 s | CPU then, % of a core | RSS, MB |\n|---|---|---|---|")
    for name, kind in [("ours", "ours"), ("cpp-httplib, tuned", "tuned")]:
        answered, cpu, rss = idle_cost(args.program, kind)
        print(f"| {name} | {answered} | {cpu:.1f} | {rss:.1f} |")


if __name__ == "__main__":
    main()
