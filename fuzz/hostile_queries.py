#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Searches that are meant to be slow, deep or odd, made by a grammar: each must be answered (200, or 400, 413 or 414)
within the deadline of a query and a half, whatever it asks, and the server must live. What counts is the time that the
server's threads ran, since other programs may have the cores; how long clients waited is told beside it.

    fuzz/hostile_queries.py INDEXER SEARCHD [--queries 500] [--seed 1] [--deadline-ms 1000] [--config QUIPU.TOML --index NAME]

Without --config an index of 3,000 generated documents is made first. Ends with 1 and the reasons if something did not hold.
"""
import argparse
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))
from served import start_searchd, write_site  # noqa: E402 pylint: disable=wrong-import-position

MOST_SHARE = 1.5
JUNK = ["\u202e", "\u200b", "\ufeff", "\u0301" * 40, "👩‍👩‍👧‍👦", "ﬁ", "ǆ", "İ", "ß", "漢字仮名", "ภาษาไทยไม่มีช่องว่าง", "العربية", "e\u0301\u0327\u0323", "\ufffd", "\u0000",
        "𝔘𝔫𝔦", "ꙮ", "\u2028", "İi̇", "ﷺ", "\ud7ff", "a\u0308" * 30]


def word(dice, vocabulary):
    kind = dice.randrange(12)
    if kind < 5:
        return dice.choice(vocabulary)
    if kind == 5:
        return dice.choice("abcdefghijklmnopqrstuvwxyz") + "*"
    if kind == 6:
        return dice.choice(vocabulary)[:2] + "*" + dice.choice(["", "*", "a*b"])
    if kind == 7:
        return "".join(dice.choice("abcdefghijklmnoprstuvz") for _ in range(dice.choice([1, 2, 9, 64, 300])))
    if kind == 8:
        return dice.choice(JUNK)
    if kind == 9:
        scrambled = list(dice.choice(vocabulary))
        dice.shuffle(scrambled)
        return "".join(scrambled)
    if kind == 10:
        return dice.choice(["title:", "body:", "none:", "id:", ":", "tags:", "+", "-", "--", "NOT "]) + dice.choice(vocabulary)
    return str(dice.choice([0, -1, 1e308, 2 ** 64, "0x1F", "1,000", "2023-01-17"]))


def query(dice, vocabulary, depth=0):
    kind = dice.randrange(9) if depth < 6 else 0
    if kind < 2:
        return " ".join(word(dice, vocabulary) for _ in range(dice.choice([1, 1, 2, 3, 8, 40])))
    if kind == 2:
        return "(" + query(dice, vocabulary, depth + 1) + ")"
    if kind == 3:
        return query(dice, vocabulary, depth + 1) + dice.choice([" OR ", " AND ", " NOT ", " "]) + query(dice, vocabulary, depth + 1)
    if kind == 4:
        return '"' + " ".join(word(dice, vocabulary) for _ in range(dice.choice([1, 2, 5, 30]))) + dice.choice(['"', '"', "", '*"'])
    if kind == 5:
        return f" NEAR/{dice.choice([0, 1, 5, 99, 100000])} ".join(word(dice, vocabulary) for _ in range(dice.choice([2, 3, 20])))
    if kind == 6:
        return dice.choice("(\"+-*") * dice.choice([1, 10, 500, 2000]) + query(dice, vocabulary, depth + 1)
    if kind == 7:
        return " OR ".join(chr(97 + i) + "*" for i in range(26))
    return " ".join(dice.choice(vocabulary)[:dice.choice([1, 2, 3])] + "*" for _ in range(64))


def filter_of(dice, vocabulary, depth=0):
    kind = dice.randrange(8) if depth < 12 else 0
    if kind < 2:
        return f"{dice.choice(['language', 'type', 'date', 'size', 'none'])} {dice.choice(['=', '!=', '>', '<', '>=', '<='])} {dice.choice(['en', 'now-1y', '5', json.dumps(dice.choice(vocabulary)), '2023-02-30', '1e400'])}"
    if kind == 2:
        values = ", ".join(json.dumps(dice.choice(vocabulary)) for _ in range(dice.choice([0, 1, 50, 2000])))
        return f"language {dice.choice(['', 'NOT '])}IN [{values}]"
    if kind == 3:
        return "NOT " * dice.choice([1, 2, 40]) + filter_of(dice, vocabulary, depth + 1)
    if kind == 4:
        nest = dice.choice([1, 3, 30, 200])
        return "(" * nest + filter_of(dice, vocabulary, depth + 1) + ")" * nest
    if kind == 5:
        return f"date {dice.choice(['2020', 'now-9y', '9999-12-31'])} TO {dice.choice(['2030', 'now', 'x'])}"
    if kind == 6:
        return dice.choice(["", "language", "(", "language = ", "language EXISTS", "title IS EMPTY", "date IS NULL", "language = en OR"])
    return filter_of(dice, vocabulary, depth + 1) + dice.choice([" AND ", " OR "]) + filter_of(dice, vocabulary, depth + 1)


def request_of(dice, vocabulary, index):
    asked = {"q": query(dice, vocabulary)[:2048 // 4]}
    if dice.random() < 0.4:
        asked["filter"] = filter_of(dice, vocabulary) if dice.random() < 0.7 else [[filter_of(dice, vocabulary) for _ in range(dice.randrange(30))] for _ in range(3)]
    if dice.random() < 0.4:
        asked["facets"] = ["*"]
    if dice.random() < 0.3:
        asked.update(dice.choice([{"limit": 1000}, {"offset": 9000, "limit": 1000}, {"sort": ["date:desc"]}, {"distinct": "language"}, {"passages": 5, "limit": 200},
                                  {"attributesToHighlight": ["*"], "attributesToCrop": ["*"], "limit": 100, "showMatchesPosition": True}, {"showRankingScoreDetails": True},
                                  {"matchingStrategy": dice.choice(["all", "last", "frequency"])}, {"typos": "off"}, {"disjunctiveFacets": ["language", "type"]}]))
    way = dice.randrange(12)
    if way == 0:
        return "POST", "/multi-search", json.dumps({"queries": [{"indexUid": index, **asked}] * dice.choice([1, 3, 50])})
    if way == 1:
        return "GET", f"/search?index={index}&q={quote(asked['q'])}", None
    if way == 2:
        return "GET", f"/indexes/{index}/suggest?q={quote(asked['q'][:200])}", None
    if way == 3:
        return "GET", f"/indexes/{index}/feed?q={quote(asked['q'])}", None
    if way == 4:
        return "POST", f"/indexes/{index}/facet-search", json.dumps({"facetName": "type", "q": asked["q"], "facetQuery": dice.choice(["", "a", "*"])})
    return "POST", f"/indexes/{index}/search", json.dumps(asked)


def words_of(dice, count):
    syllables = ["ka", "ri", "to", "mun", "es", "al", "pre", "so", "li", "qui", "ña", "ver", "dor", "in", "tam", "bo"]
    return sorted({"".join(dice.choice(syllables) for _ in range(dice.randrange(1, 6))) for _ in range(count)})


def make_index(folder, indexer, vocabulary, deadline_ms):
    write_site(folder, f"query_deadline_ms = {deadline_ms}\nanswer_cache_mb = 0\nslow_query_ms = 0",
               'languages = ["en", "es"]\nfacets = ["language", "type"]\nsortable = ["date"]')
    dice = random.Random(7)
    for number in range(3000):
        text = " ".join(dice.choice(vocabulary) for _ in range(dice.choice([50, 300, 2000])))
        (folder / f"files/{number}.txt").write_text(f"{dice.choice(vocabulary)} {number}\n\n{text}\n", encoding="utf-8")
    subprocess.run([indexer, "run", "--quiet"], cwd=folder, capture_output=True, check=True)


def serve_existing(folder, config, deadline_ms):
    """A configuration in `folder` for what another one has indexed; paths stand against the other's folder."""
    os.environ.update(QUIPU_CONFIG=str(config), QUIPU_SEARCHD_LISTEN="127.0.0.1:0", QUIPU_SEARCHD_ANSWER_CACHE_MB="0",
                      QUIPU_SEARCHD_QUERY_DEADLINE_MS=str(deadline_ms))
    folder.mkdir(exist_ok=True)


def running_ms(process):
    """How long all threads of the process have run."""
    tasks = Path(f"/proc/{process.pid}/task")
    return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks.iterdir()) / 1e6


def ask_all(options, port, vocabulary, process):
    dice, faults, times, waits, statuses, partial = random.Random(options.seed), [], [], [], {}, 0
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for number in range(options.queries):
        method, target, body = request_of(dice, vocabulary, options.index)
        began, ran = time.monotonic(), running_ms(process)
        try:
            connection.request(method, target, body and body.encode(), {"Content-Type": "application/json"} if body else {})
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            faults.append(f"query {number}: {type(error).__name__} {error}; {method} {target[:200]} {(body or '')[:600]}")
            connection.close()
            if process.poll() is not None:
                faults.append(f"quipu-searchd ended with {process.returncode}")
                break
            continue
        waits.append((time.monotonic() - began) * 1000)
        took = running_ms(process) - ran
        times.append((took, f"{method} {target[:300]} {(body or '')[:600]}"))
        statuses[answer.status] = statuses.get(answer.status, 0) + 1
        partial += b'"partial":true' in text
        if answer.status not in (200, 400, 413, 414):
            faults.append(f"query {number}: {answer.status} {text[:300]}; {method} {target[:200]} {(body or '')[:600]}")
    times.sort(reverse=True)
    faults += [f"{took:.0f} ms: {what}" for took, what in times if took > options.deadline_ms * MOST_SHARE][:10]
    print(f"{len(times)} queries, statuses {statuses}, {partial} partial; of the processor median {times[len(times) // 2][0]:.1f} ms, 99 % "
          f"{times[len(times) // 100][0]:.0f} ms, most {times[0][0]:.0f} ms, of a deadline of {options.deadline_ms} ms; waited at most {max(waits):.0f} ms")
    if options.verbose:
        for took, what in times[:10]:
            print(f"{took:8.1f} ms  {what[:300]}")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("indexer", type=os.path.abspath)
    parser.add_argument("searchd", type=os.path.abspath)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--deadline-ms", type=int, default=1000)
    parser.add_argument("--config", type=os.path.abspath)
    parser.add_argument("--index", default="papers")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    vocabulary = words_of(random.Random(3), 20000)
    with tempfile.TemporaryDirectory(prefix="quipu-hostile-") as name:
        folder = Path(name)
        if options.config:
            serve_existing(folder, options.config, options.deadline_ms)
            vocabulary += "the of and a in to is for file package system function return value error list use option".split() * 500
        else:
            make_index(folder, options.indexer, vocabulary, options.deadline_ms)
        process, port = start_searchd(options.searchd, folder)
        faults = ask_all(options, port, vocabulary, process)
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            if process.wait(timeout=30) != 0:
                faults.append(f"quipu-searchd ended with {process.returncode}")
    for fault in faults:
        print("FAULT:", fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
