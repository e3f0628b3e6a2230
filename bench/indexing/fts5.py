#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Indexes a file of `id TAB title TAB text` lines with SQLite's FTS5, stemmed, in one transaction, and optimizes it. Started by run.py."""
import sqlite3
import sys


def rows(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t", 2)


database = sqlite3.connect(sys.argv[2])
database.execute("CREATE VIRTUAL TABLE pages USING fts5(id UNINDEXED, title, body, tokenize = 'porter unicode61 remove_diacritics 2')")
with database:
    database.executemany("INSERT INTO pages VALUES (?, ?, ?)", rows(sys.argv[1]))
with database:
    database.execute("INSERT INTO pages(pages) VALUES ('optimize')")
database.close()
