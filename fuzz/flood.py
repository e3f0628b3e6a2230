#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Sends mutated requests to a real quipu-searchd over loopback: many on a connection, cut anywhere, framed wrongly, given
up half-way, never read. It must answer none with 500, keep answering /health, lose no descriptor and no memory, write no
report of a sanitizer, and end with 0.

    fuzz/flood.py INDEXER SEARCHD [--requests 20000]: answered [--clients 4] [--seed 1] [--most-growth-mb 64]

SEARCHD is best one of the preset asan. Ends with 1 and the reasons if something did not hold.
"""
import argparse
import errno
import multiprocessing
import os
import random
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "support"))
from served import start_searchd, write_site  # noqa: E402 pylint: disable=wrong-import-position

# Of readers of the index, which are opened as they are needed.
SPARE_DESCRIPTORS = 16
PIECES = [b"\r\n", b"\n", b"\r", b"\0", b" ", b"\t", b":", b"%", b"%2F", b"%00", b"%ff", b"..", b"/", b"?", b"&", b"=", b"q=", b"*", b'"', b"\\",
          b"{", b"}", b"[", b"]", b"null", b"1e999", b"-1", b"18446744073709551616", b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2.0", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
          b"Transfer-Encoding: chunked\r\n", b"Content-Length: 5\r\n", b"Content-Length: 99999999999\r\n", b"Expect: 100-continue\r\n",
          b"Connection: close\r\n", b"Upgrade: h2c\r\n", b"Range: bytes=0-\r\n", b"Accept-Encoding: gzip\r\n", b"If-None-Match: *\r\n", b"Origin: null\r\n",
          b"X-Forwarded-For: 1.2.3.4\r\n", b"0\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", "\u202e\u0000漢字é\U0001f600".encode(), b"\xff\xfe\xc0\xaf",
          b"NEAR/5", b" OR ", b" NOT ", b"title:", b"now-1y", b" TO ", b"IN [", b"<script>", b"javascript:"]


def seeds():
    """The single requests of the corpora of the targets in this folder."""
    found = []
    for name in ("requests", "http_request"):
        for file in sorted((HERE / "corpus" / name).iterdir()):
            text = file.read_bytes()[1:]
            found += [one for one in re.split(rb"(?=(?:GET|POST|HEAD|OPTIONS|DELETE|PUT|BREW) )", text) if one]
    return found


def reframed(dice, request):
    """The request with its target or its body mutated and a length that is right: it reaches what is behind the framing."""
    head, end, body = request.partition(b"\r\n\r\n")
    line, _, rest = head.partition(b"\r\n")
    words = line.split(b" ", 2)
    if len(words) != 3:
        return request
    if body and dice.random() < 0.8:
        body = mutated(dice, body, [body])
        rest = re.sub(rb"Content-Length: \d+", b"Content-Length: " + str(len(body)).encode(), rest)
    else:
        changed = mutated(dice, words[1], [words[1]])
        words[1] = b"".join(b"%" + b"%02X" % byte if byte <= 32 or byte >= 127 else bytes([byte]) for byte in changed)
    return b" ".join(words) + b"\r\n" + rest + end + body


def mutate(dice, known):
    request = dice.choice(known)
    return reframed(dice, request) if dice.random() < 0.8 else mutated(dice, request, known)


def mutated(dice, request, known):
    for _ in range(dice.choice([0, 1, 1, 2, 3, 8])):
        at = dice.randrange(len(request) + 1)
        what = dice.randrange(7)
        if what == 0:
            request = request[:at] + bytes([dice.randrange(256)]) + request[at + 1:]
        elif what == 1:
            request = request[:at] + request[at + dice.randrange(1, 9):]
        elif what in (2, 3):
            request = request[:at] + dice.choice(PIECES) + request[at:]
        elif what == 4:
            other = dice.choice(known)
            begin = dice.randrange(len(other) + 1)
            request = request[:at] + other[begin:begin + dice.randrange(1, 80)] + request[at + dice.randrange(40):]
        elif what == 5:
            begin = dice.randrange(len(request) + 1)
            request = request[:at] + request[begin:begin + 20] * dice.randrange(1, 30) + request[at:]
        else:
            request = re.sub(rb"\d+", lambda _: str(dice.choice([0, 1, 7, 255, 1 << 31, -5])).encode(), request, count=1)
    return request


def converse(dice, port, known, held):
    """One connection; how many requests went over it, and what came back."""
    client = socket.create_connection(("127.0.0.1", port), timeout=20)
    requests = [mutate(dice, known) for _ in range(dice.choice([1, 2, 4, 8, 30]))]
    sent = b"".join(requests)
    got = b""
    try:
        cut = dice.random() < 0.2
        if cut:
            sent = sent[:dice.randrange(len(sent) + 1)]
        at = 0
        while at < len(sent):
            step = dice.choice([len(sent), len(sent), 1, 7, 200]) if dice.random() < 0.3 else len(sent)
            client.sendall(sent[at:at + step])
            at += step
        end = dice.random()
        if end < 0.05:
            # Neither read nor closed for a while.
            held.append(client)
            while len(held) > 40:
                held.pop(0).close()
            return len(requests), got
        if end < 0.1:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return len(requests), got
        client.shutdown(socket.SHUT_WR)
        while part := client.recv(65536):
            got += part
    except OSError as error:
        # It may be cut off for what it sent.
        if error.errno not in (errno.ECONNRESET, errno.EPIPE, errno.ENOTCONN):
            raise
    finally:
        if client not in held:
            client.close()
    return len(requests), got


def client_main(port, seed, quota, queue):
    dice, known, held, sent, faults = random.Random(seed), seeds(), [], 0, []
    statuses = {}
    while sum(statuses.values()) < quota and len(faults) < 5:
        try:
            count, got = converse(dice, port, known, held)
        except OSError as error:
            faults.append(f"{type(error).__name__}: {error}")
            time.sleep(0.2)
            continue
        sent += count
        for status in re.findall(rb"HTTP/1\.1 (\d{3}) [^\r\n]*\r\n[A-Z]", got):
            statuses[status.decode()] = statuses.get(status.decode(), 0) + 1
        if b"HTTP/1.1 500" in got or (got and not got.startswith(b"HTTP/1.1 ")):
            faults.append(f"seed {seed} after {sent}: {got[:300]!r}")
    for one in held:
        one.close()
    queue.put((sent, faults, statuses))


def health(port):
    """Milliseconds that /health takes, or None."""
    began = time.monotonic()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
            client.sendall(b"GET /health HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            answer = client.recv(65536)
    except OSError:
        return None
    return (time.monotonic() - began) * 1000 if answer.startswith(b"HTTP/1.1 200") else None


def resident_mb(pid):
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def make_site(folder, indexer):
    write_site(folder, 'idle_timeout_ms = 2000\nheader_timeout_ms = 1000\nallow_origins = ["https://example.org"]',
               'facets = ["type", "language", "tags"]\nsortable = ["date"]')
    for number in range(30):
        text = "The river and the police. La fuerza del viento, la casa de la niña. 漢字" if number % 2 else "<script>alert(1)</script> road school"
        (folder / f"files/{number}.md").write_text(f"# Paper {number} <b>\n\n{text}\n\n## Part\n\n{text} {number}\n", encoding="utf-8")
    subprocess.run([indexer, "run", "--quiet"], cwd=folder, capture_output=True, check=True)


def flood(options, folder):
    make_site(folder, options.indexer)
    # What is freed is looked after for a while; more than this would look like a leak.
    os.environ.setdefault("ASAN_OPTIONS", "quarantine_size_mb=8:new_delete_type_mismatch=0")
    process, port = start_searchd(options.searchd, folder)
    faults, slowest = [], 0
    if health(port) is None:
        return ["it does not answer at all"]
    at_rest = descriptors(process.pid)
    queue = multiprocessing.Queue()
    quota = options.requests // options.clients + 1
    clients = [multiprocessing.Process(target=client_main, args=(port, options.seed * 1000 + number, quota, queue))
               for number in range(options.clients)]
    began = time.monotonic()
    for client in clients:
        client.start()
    memory, results = [], []
    while len(results) < len(clients) and process.poll() is None:
        while not queue.empty():
            results.append(queue.get())
        took = health(port)
        if took is None and process.poll() is None:
            faults.append("/health did not answer")
            break
        slowest = max(slowest, took or 0)
        memory.append(resident_mb(process.pid) if process.poll() is None else 0)
        time.sleep(0.2)
    for client in clients:
        if faults or process.poll() is not None:
            client.terminate()
        client.join()
    seconds = time.monotonic() - began
    statuses = {}
    for _, told, counts in results:
        faults += told
        for status, count in counts.items():
            statuses[status] = statuses.get(status, 0) + count
    if process.poll() is None:
        faults += at_the_end(process, port, at_rest)
    else:
        faults.append(f"it ended with {process.returncode}")
    warm = memory[len(memory) // 4:] or memory
    growth = max(warm[-3:]) - warm[0]
    if growth > options.most_growth_mb:
        faults.append(f"memory grew by {growth:.0f} MB")
    log = (folder / "searchd.log").read_text(encoding="utf-8", errors="replace")
    faults += [line for line in log.splitlines() if not line.startswith("{")][:40]
    faults += [line for line in log.splitlines() if '"level":"error"' in line][:5]
    print(f"{sum(statuses.values())} requests answered of {sum(sent for sent, _, _ in results)} sent in {seconds:.0f} s; statuses {dict(sorted(statuses.items()))}; /health took {slowest:.0f} ms at "
          f"most; memory {warm[0]:.0f} MB, at the end {warm[-1]:.0f} MB")
    return faults


def at_the_end(process, port, at_rest):
    """What does not hold once all clients are gone."""
    faults = []
    for _ in range(100):
        if descriptors(process.pid) <= at_rest + SPARE_DESCRIPTORS:
            break
        time.sleep(0.1)
    else:
        faults.append(f"{descriptors(process.pid)} descriptors are open, before {at_rest}")
    if health(port) is None:
        faults.append("/health does not answer at the end")
    process.send_signal(signal.SIGTERM)
    try:
        if process.wait(timeout=60) != 0:
            faults.append(f"it ended with {process.returncode} at SIGTERM")
    except subprocess.TimeoutExpired:
        process.kill()
        faults.append("it did not end at SIGTERM")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("indexer", type=os.path.abspath)
    parser.add_argument("searchd", type=os.path.abspath)
    parser.add_argument("--requests", type=int, default=20000)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most-growth-mb", type=float, default=64)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quipu-flood-") as folder:
        faults = flood(options, Path(folder))
    for fault in faults:
        print("FAULT:", fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
