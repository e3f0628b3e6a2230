#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A public corpus for the benchmarks: the HTML pages of Debian's documentation packages, in several languages.

    bench/corpus/make_corpus.py OUT [--documents 25000]

Downloads the packages with `apt-get download` into OUT/packages (once), unpacks them, and copies N pages of 500 bytes to
1 MiB into OUT/pages-N, always the same ones, chosen by the hash of their path. Nothing is installed.
OUT/queries.tsv gets 2,000 queries of one to four neighbouring words of their titles, so each finds something.
Prints how many pages there are, their bytes, and the versions of the packages.
"""
import argparse
import hashlib
import html
import pathlib
import re
import shutil
import subprocess
import sys

PACKAGES = [
    "libboost1.74-doc", "python3.11-doc", "postgresql-doc-15", "libreoffice-help-es", "libreoffice-help-en-us",
    "libreoffice-help-fr", "libreoffice-help-de", "libreoffice-help-pt", "openjdk-17-doc", "debian-handbook",
    "debian-reference-es", "qtbase5-doc-html", "llvm-14-doc", "ruby3.1-doc", "erlang-doc", "libgtk-3-doc",
    "python-django-doc", "linux-doc-6.1",
]
SMALLEST, LARGEST = 500, 1 << 20


def download(packages):
    packages.mkdir(parents=True, exist_ok=True)
    have = {path.name.split("_")[0] for path in packages.glob("*.deb")}
    missing = [name for name in PACKAGES if name not in have]
    if missing:
        # As root, apt would rather download as a user that may not write here.
        subprocess.run(["apt-get", "-o", "APT::Sandbox::User=root", "download", *missing], cwd=packages, check=True,
                       stdout=subprocess.DEVNULL)


def unpack(packages, unpacked):
    for deb in sorted(packages.glob("*.deb")):
        target = unpacked / deb.name.split("_")[0]
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(["dpkg-deb", "-x", deb, target], check=True)


def pages_of(unpacked):
    for path in unpacked.rglob("*.html"):
        if path.is_file() and not path.is_symlink() and SMALLEST <= path.stat().st_size <= LARGEST:
            yield path


def write_queries(pages, file, count=2000):
    queries = []
    for page in pages:
        match = re.search(r"<title[^>]*>([^<]+)</title>", page.read_text(encoding="utf-8", errors="ignore")[:8192])
        words = re.findall(r"[^\W\d_]{3,}", html.unescape(match.group(1))) if match else []
        if not words:
            continue
        length = len(queries) % 4 + 1
        begin = int(hashlib.sha256(page.name.encode()).hexdigest(), 16) % max(1, len(words) - length + 1)
        queries.append(" ".join(words[begin:begin + length]))
        if len(queries) == count:
            break
    file.write_text("".join(f"{number}\t{query}\n" for number, query in enumerate(queries, 1)), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=25000)
    args = parser.parse_args()
    packages, unpacked = args.out / "packages", args.out / "unpacked"
    download(packages)
    unpack(packages, unpacked)
    pages = sorted(pages_of(unpacked), key=lambda path: hashlib.sha256(str(path.relative_to(unpacked)).encode()).digest())
    if len(pages) < args.documents:
        sys.exit(f"only {len(pages)} pages; ask for no more than that")
    target = args.out / f"pages-{args.documents}"
    shutil.rmtree(target, ignore_errors=True)
    write_queries(pages, args.out / "queries.tsv")
    total = 0
    for page in pages[:args.documents]:
        copy = target / page.relative_to(unpacked)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, copy)
        total += copy.stat().st_size
    print(f"{target}: {args.documents} of {len(pages)} pages, {total / 1e6:.1f} MB of HTML")
    print("from " + ", ".join(path.stem.rsplit("_", 1)[0] for path in sorted(packages.glob("*.deb"))))


if __name__ == "__main__":
    main()
