#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Groups of C++ sources that can be compiled as one, since compilers spend most of their time on shared headers.

Usage: source_groups.py SIZE FILE…

Prints a group a line, its files separated by `;`. Two sources that declare the same name at the left margin, or the
same test, never share one; nor does a source share that declares the name of a type of some header.
"""
import re
import sys
from pathlib import Path

NAMES = re.compile(
    r"^(?:template.*> ?)?(?:struct|class|enum(?: class)?|union) +(\w+)\b(?!::)"
    r"|^#define +(\w+)"
    r"|^  (k[A-Z]\w*)(?: = [^,]+)?,(?: *//.*)?$"
    r'|^(?! )[\w:<>,&* "]*?(?<![\w:])(\w+)(?:\[\w*\])?(?: =| ?[({;])', re.M)
USING = re.compile(r"^using (?:namespace )?(?:[\w:]*::)?(\w+)(.*;)$", re.M)
TYPES = re.compile(r"^(?:struct|class|enum class|enum) +(\w+)[^;]*$|^using (\w+) =", re.M)
USING_ENUM = re.compile(r"^using enum ", re.M)
TESTS = re.compile(r"^(?:TYPED_)?(?:TEST|TEST_F|TEST_P)\((\w+),\s*(\w+)\)", re.M)
SHARED = {"quipu", "TEST", "TEST_F", "TEST_P", "namespace", "main"}


def names_of(path):
    """What the source declares, by name: the text of it for a `using`, which may stand twice if it says the same."""
    text = Path(path).read_text(encoding="utf-8", errors="replace")
    names = {name: path for match in NAMES.findall(text) for name in match if name and name not in SHARED}
    names |= {f"{suite}.{name}": path for suite, name in TESTS.findall(text)}
    if "int main(" in text:
        names["main"] = path
    return names | {match[1]: match[0] for match in USING.finditer(text)}


def types_of_headers():
    root = Path(__file__).resolve().parents[2]
    return {name for folder in ("core", "indexer", "searchd", "tests") for header in (root / folder).rglob("*.h")
            for match in TYPES.findall(header.read_text(encoding="utf-8", errors="replace")) for name in match if name}


class Group:
    def __init__(self):
        self.files, self.names, self.closed = [], {}, False

    def takes(self, names, size):
        return not self.closed and len(self.files) < size and all(self.names.get(name, said) == said for name, said in names.items())

    def add(self, file, names):
        self.files.append(file)
        self.names |= names


def grouped(files, size):
    """The files in groups of at most `size`; each goes to the first that takes it."""
    groups, types = [], types_of_headers()
    for file in files:
        names = names_of(file)
        # What a `using enum` brings in may be a name of any header.
        alone = USING_ENUM.search(Path(file).read_text(encoding="utf-8", errors="replace")) or any(
            name in types and said == file for name, said in names.items())
        group = None if alone else next((one for one in groups if one.takes(names, size)), None)
        if group is None:
            group = Group()
            groups.append(group)
        group.add(file, names)
        group.closed = bool(alone)
    return [group.files for group in groups]


if __name__ == "__main__":
    for group in grouped(sys.argv[2:], int(sys.argv[1])):
        print(";".join(group))
