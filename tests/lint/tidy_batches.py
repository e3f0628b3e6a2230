#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Batches of sources for clang-tidy, which spends most of its time on the headers that they share.

Usage: tidy_batches.py BUILD OUT FILE…

Of the named FILEs, those that BUILD/compile_commands.json compiles are put into batches: a source of OUT that includes
up to SIZE of them, such as source_groups.py puts together; a source that is left alone is a batch itself. Writes OUT/compile_commands.json and prints the batches, a path a line.
"""
import json
import os
import shlex
import sys
from pathlib import Path

from source_groups import grouped

SIZE = 8


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
    alike = {}  # by what they are compiled with
    for file in sorted(os.path.realpath(file) for file in sys.argv[3:]):
        if file not in commands:
            continue
        flags = flags_of(commands[file])
        own = (Path(file).parent / ".clang-tidy").exists()  # it is looked at with the checks of its folder
        alike.setdefault((tuple(flags), file if own else ""), []).append(file)
    batches = [(flags, files) for (flags, _), same in alike.items() for files in grouped(same, SIZE)]
    compiled = []
    for number, (flags, files) in enumerate(batches):
        if len(files) == 1:
            source = files[0]
        else:
            source = str(out / f"batch_{number:03}.cpp")
            Path(source).write_text("".join(f'#include "{file}"  // NOLINT(bugprone-suspicious-include)\n' for file in files), encoding="utf-8")
        compiled.append({"directory": str(build), "file": source, "arguments": [*flags, "-c", source]})
        print(source)
    (out / "compile_commands.json").write_text(json.dumps(compiled, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
