# SPDX-License-Identifier: GPL-2.0-or-later
"""The documents in the forms that the engines take: a folder of pages, and their text in four kinds of file."""
import html
import json
import pathlib
import re

UNSEEN = re.compile(r"<!--.*?-->|<(script|style|head)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
BLOCK = re.compile(r"</?(p|div|li|ul|ol|dl|dt|dd|tr|td|th|table|h[1-6]|br|pre|section|article)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)


def one_line(text):
    return " ".join(html.unescape(text).replace("\x00", " ").split())


def text_of(page):
    """(title, text) of a page: everything but scripts, styles and comments. Not what Quipu extracts: nobody's choice but this one."""
    raw = page.read_bytes()
    charset = CHARSET.search(raw[:2048])
    try:
        source = raw.decode(charset.group(1).decode() if charset else "utf-8", "replace")
    except LookupError:
        source = raw.decode("utf-8", "replace")
    title = TITLE.search(source)
    text = TAG.sub("", BLOCK.sub(" ", UNSEEN.sub(" ", source)))
    return one_line(TAG.sub("", title.group(1))) if title else page.stem, one_line(text)


class Corpus:
    """`pages` with `documents` links to the pages of `folder`, and their text as TSV, numbered TSV, JSON lines, scriptindex
    records and Groonga's load command, all in `work`."""

    def __init__(self, folder, documents, work):
        self.pages = work / "pages"
        self.tsv, self.numbered, self.jsonl, self.records, self.load = (
            work / name for name in ("pages.tsv", "numbered.tsv", "pages.jsonl", "pages.records", "pages.grn"))
        self.documents = self.text_bytes = self.html_bytes = 0
        found = sorted(path for path in folder.rglob("*.html") if path.is_file())
        self._write(folder, found[:: max(1, len(found) // documents)][:documents] if documents else found)

    def _write(self, folder, pages):
        files = [path.open("w", encoding="utf-8") for path in (self.tsv, self.numbered, self.jsonl, self.records, self.load)]
        tsv, numbered, jsonl, records, load = files
        load.write("load --table Pages\n[\n")
        for page in pages:
            name = str(page.relative_to(folder))
            copy = self.pages / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            # A hard link, not a copy: the same cached bytes for all. Another file system needs a copy.
            try:
                copy.hardlink_to(page)
            except OSError:
                copy.write_bytes(page.read_bytes())
            title, text = text_of(page)
            self.documents += 1
            self.html_bytes += page.stat().st_size
            self.text_bytes += len(title.encode()) + len(text.encode())
            tsv.write(f"{name}\t{title}\t{text}\n")
            numbered.write(f"{self.documents}\t{title}\t{text}\n")
            jsonl.write(json.dumps({"id": name, "title": title, "body": text}, ensure_ascii=False) + "\n")
            records.write(f"id={name}\ntitle={title}\ntext={text}\n\n")
            row = json.dumps({"_key": name[-4000:], "title": title, "body": text}, ensure_ascii=False)
            load.write(("," if self.documents > 1 else "") + row + "\n")
        load.write("]\n")
        for file in files:
            file.close()


def size_of(folder):
    """What it takes of the disk: files may be sparse."""
    return sum(path.stat().st_blocks * 512 for path in pathlib.Path(folder).rglob("*") if path.is_file())
