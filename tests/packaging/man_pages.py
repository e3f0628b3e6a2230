#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""groff has nothing to complain of in the man pages, and apropos finds a name in each. Usage: man_pages.py FOLDER

Ends with 77, which ctest shows as skipped, if man is not installed.
"""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path


def run(*words):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}
    return subprocess.run(words, env=environment, capture_output=True, text=True, timeout=60, check=False)


def faults_of(page):
    shown = run("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page)
    faults = shown.stderr.splitlines()
    if shown.returncode != 0:
        faults.append(f"man ends with {shown.returncode}")
    named = run("lexgrog", page)
    if named.returncode != 0 or not re.search(rf'"{re.escape(page.stem)} - \w', named.stdout):
        faults.append(f"lexgrog finds no name and purpose: {named.stdout.strip()}")
    text = run("man", "-l", page).stdout
    faults += [f"shows a line that is too long: {line}" for line in text.splitlines() if len(line) > 80]
    if not text.rstrip().endswith(")"):
        faults.append("ends without its last line, `…(1)`")
    return [f"{page.name}: {fault}" for fault in faults]


def main():
    if shutil.which("man") is None:
        print("man is not installed")
        return 77
    pages = sorted(Path(sys.argv[1]).iterdir())
    faults = [fault for page in pages for fault in faults_of(page)]
    if len(pages) != 3:
        faults.append(f"three pages were expected, not {pages}")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
