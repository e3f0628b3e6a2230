#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Batches of sources for clang-tidy, which spends most of its time on the headers that they share.

Usage: tidy_batches.py BUILD OUT FILE…

Of the named FILEs, those that BUILD/compile_commands.json compiles are put into batches: a source of OUT that includes
up to SIZE of them. Two sources that declare the same name at the left margin, or the same test, never share one; a
source that is left alone is a batch itself. Writes OUT/compile_commands.json and prints the batches, a path a line.
"""
import json
import os
import re
import shlex
import sys
from pathlib import Path

SIZE = 8
NAMES = re.compile(
    r"^(?:template.*> ?)?(?:struct|class|enum(?: class)?|union) +(\w+)"
    r"|^#define +(\w+)"
    r'|^(?! )[\w:<>,&* "]*?(?<![\w:])(\w+)(?:\[\w*\])?(?: =| ?[({;])', re.M)
USING = re.compile(r"^using (?:namespace )?(?:[\w:]*::)?(\w+)(.*;)$", re.M)
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


def may_share(batch, flags, names):
    return (not batch["own"] and batch["flags"] == flags and len(batch["files"]) < SIZE and
            all(batch["names"].get(name, said) == said for name, said in names.items()))


def flags_of(command):
    """The command without what names this one source; two sources with the same flags may share a batch."""
    words = command.get("arguments") or shlex.split(command["command"])
    flags, skip = [], False
    for word in words:
        if skip:
            skip = False
        elif word in ("-o", "-MF", "-MT"):
            skip = True
        elif word not in ("-c", "-MD", command["file"]) and not word.endswith("ccache"):
            flags.append(word)
    return flags


def main():
    build, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("batch_*.cpp"):
        old.unlink()
    commands = {os.path.realpath(c["file"]): c for c in json.loads((build / "compile_commands.json").read_text())}
    batches = []
    for file in sorted(os.path.realpath(file) for file in sys.argv[3:]):
        if file not in commands:
            continue
        flags, names = flags_of(commands[file]), names_of(file)
        own = (Path(file).parent / ".clang-tidy").exists()  # it is looked at with the checks of its folder
        for batch in batches:
            if not own and may_share(batch, flags, names):
                break
        else:
            batch = {"flags": flags, "files": [], "names": {}, "own": own}
            batches.append(batch)
        batch["files"].append(file)
        batch["names"] |= names
    compiled = []
    for number, batch in enumerate(batches):
        if len(batch["files"]) == 1:
            source = batch["files"][0]
        else:
            source = str(out / f"batch_{number:03}.cpp")
            Path(source).write_text("".join(f'#include "{file}"  // NOLINT(bugprone-suspicious-include)\n' for file in batch["files"]), encoding="utf-8")
        compiled.append({"directory": str(build), "file": source, "arguments": [*batch["flags"], "-c", source]})
        print(source)
    (out / "compile_commands.json").write_text(json.dumps(compiled, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
