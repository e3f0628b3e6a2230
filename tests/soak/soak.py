#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Mixed load on a quipu-searchd of its own while jobs change and rebuild the index: no request may fail, and memory
and descriptors must stay flat. Usage: soak.py INDEXER SEARCHD [--seconds 60] [--job-every 4] [--clients 4]
[--pause 0.05]: of each client, between two requests

Ends with 1 and the reasons if something did not hold. Figures go to standard output.
"""
import argparse
import http.client
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
from served import start_searchd, write_site  # noqa: E402 pylint: disable=wrong-import-position

WORDS = ("statement police force protest village river court witness report hearing justice family road school "
         "fuerza justicia pueblo camino escuela testigo informe tribunal acusación ejecución niño años").split()
DOCUMENTS = 600
WARM_SHARE = 0.3  # of the time; what is allocated before is not counted as growth
MOST_GROWTH = 1.15
SPARE_BYTES = 24 << 20
SPARE_DESCRIPTORS = 24


def write_documents(folder, version, every=1):
    """Texts of which every `every`th is of this version."""
    dice = random.Random(version)
    for number in range(0, DOCUMENTS, every):
        text = " ".join(dice.choice(WORDS) for _ in range(200))
        (folder / f"{number:04}.md").write_text(f"# Paper {number}\n\n## Version {version}\n\n{text}\n", encoding="utf-8")


def requests_of(dice):
    words = " ".join(dice.sample(WORDS, dice.randint(1, 4)))
    q = quote(words)
    body = json.dumps({"q": words, "facets": ["*"], "limit": 20, "attributesToHighlight": ["title"], "passages": 3})
    return dice.choice([
        ("GET", f"/indexes/papers/search?q={q}", None),
        ("GET", f"/indexes/papers/search?q={q}&filter=language%20%3D%20es&sort=date:desc", None),
        ("GET", f"/indexes/papers/search?q={quote(words[:-2])}", None),
        ("POST", "/indexes/papers/search", body),
        ("POST", "/multi-search", json.dumps({"queries": [{"indexUid": "papers", "q": words}] * 2})),
        ("GET", f"/indexes/papers/suggest?q={quote(words[:3])}", None),
        ("POST", "/indexes/papers/similar", json.dumps({"id": f"{dice.randrange(DOCUMENTS):04}.md", "limit": 5})),
        ("GET", f"/indexes/papers/documents/{dice.randrange(DOCUMENTS):04}.md", None),
        ("GET", f"/search?q={q}&index=papers", None),
        ("GET", f"/indexes/papers/feed?q={q}", None),
        ("GET", "/indexes/papers/stats", None),
        ("GET", "/metrics", None),
    ])


class Load:
    """Clients that ask until they are told to stop."""

    def __init__(self, port, clients, pause):
        self.port, self.pause = port, pause
        self.stop = threading.Event()
        self.lock = threading.Lock()
        self.faults = Counter()
        self.times = []
        self.threads = [threading.Thread(target=self.run, args=(seed,)) for seed in range(clients)]
        for thread in self.threads:
            thread.start()

    def run(self, seed):
        dice = random.Random(seed)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        while not self.stop.is_set():
            method, target, body = requests_of(dice)
            headers = {"Content-Type": "application/json"} if body else {}
            if dice.random() < 0.5:
                headers["Accept-Encoding"] = "gzip"
            began = time.monotonic()
            try:
                connection.request(method, target, body, headers)
                answer = connection.getresponse()
                answer.read()
                fault = None if answer.status == 200 else f"{answer.status} {method} {target.split('?')[0]}"
            except (OSError, http.client.HTTPException) as error:
                fault = f"{type(error).__name__} {method} {target.split('?')[0]}"
                connection.close()
            with self.lock:
                self.times.append(time.monotonic() - began)
                if fault:
                    self.faults[fault] += 1
            self.stop.wait(self.pause)
        connection.close()

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join()


def resident_bytes(pid):
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def run_job(indexer, folder, rebuild):
    words = [indexer, "run", "--quiet"] + (["--rebuild"] if rebuild else [])
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def soak(options, folder):
    write_site(folder, "slow_query_ms = 0", 'languages = ["en", "es"]\nfacets = ["language", "type"]\nsortable = ["date"]')
    write_documents(folder / "files", 0)
    faults = []
    if run_job(options.indexer, folder, False).returncode != 0:
        return ["the first job failed"]
    process, port = start_searchd(options.searchd, folder)
    load = Load(port, options.clients, options.pause)
    samples, jobs, began = [], 0, time.monotonic()
    next_job = began + options.job_every
    while (now := time.monotonic()) < began + options.seconds:
        if process.poll() is not None:
            faults.append(f"quipu-searchd ended with {process.returncode}")
            break
        samples.append((now - began, resident_bytes(process.pid), descriptors(process.pid)))
        if now >= next_job:
            jobs += 1
            write_documents(folder / "files", jobs, every=7)
            done = run_job(options.indexer, folder, jobs % 4 == 0)
            if done.returncode != 0:
                faults.append(f"job {jobs} ended with {done.returncode}: {done.stderr.strip()}")
            next_job = time.monotonic() + options.job_every
        time.sleep(0.25)
    load.end()
    faults += [f"{count} times {fault}" for fault, count in load.faults.items()]
    if process.poll() is None:
        faults += flat(samples, options.seconds)
        process.send_signal(signal.SIGTERM)
        if process.wait(timeout=30) != 0:
            faults.append(f"quipu-searchd ended with {process.returncode} at SIGTERM")
    times = sorted(load.times)
    print(f"{len(times)} requests in {options.seconds} s beside {jobs} jobs; median {statistics.median(times) * 1000:.1f} ms, "
          f"99 % {times[len(times) * 99 // 100] * 1000:.1f} ms, most {times[-1] * 1000:.0f} ms")
    return faults


def flat(samples, seconds):
    """What grew from the warm part to the last quarter."""
    warm = [sample for sample in samples if WARM_SHARE * seconds <= sample[0] < (WARM_SHARE + 0.2) * seconds]
    last = [sample for sample in samples if sample[0] >= 0.75 * seconds]
    memory = [statistics.median(sample[1] for sample in part) for part in (warm, last)]
    held = [max(sample[2] for sample in part) for part in (warm, last)]
    print(f"memory {memory[0] / 1e6:.0f} MB, at the end {memory[1] / 1e6:.0f} MB; descriptors {held[0]}, at the end {held[1]}")
    faults = []
    if memory[1] > memory[0] * MOST_GROWTH + SPARE_BYTES:
        faults.append("memory grew")
    if held[1] > held[0] + SPARE_DESCRIPTORS:
        faults.append("descriptors leaked")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("indexer", type=os.path.abspath)
    parser.add_argument("searchd", type=os.path.abspath)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--job-every", type=float, default=4)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--pause", type=float, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quipu-soak-") as folder:
        faults = soak(options, Path(folder))
    for fault in faults:
        print("FAULT:", fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
