#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every header compiles alone. Usage: headers_alone.py ROOT BUILD COMPILER

A header whose .cpp includes it first is proven by the build; the others are compiled here, with the include
folders and definitions of the nearest source in BUILD/compile_commands.json.
"""
import json
import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from house_rules import Tree  # noqa: E402


def proven_by_the_build(tree, header, built):
    source = header[:-2] + ".cpp"
    if source not in built or not (tree.root / source).is_file():
        return False
    first = next(tree.includes(source), None)
    return first is not None and first[2] == header


def flags_by_folder(commands, root):
    """For each folder of sources the flags that its files are compiled with, whichever of its programs they are of."""
    flags = {}
    for command in commands:
        words = shlex.split(command["command"])
        kept = []
        for index, word in enumerate(words):
            if word.startswith(("-I", "-D", "-std=")):
                kept.append(word)
            elif word == "-isystem":
                kept += [word, words[index + 1]]
        folder = str(Path(command["file"]).parent.relative_to(root)) if command["file"].startswith(root) else ""
        known = flags.setdefault(folder, kept)
        known += [word for word in kept if word.startswith("-D") and word not in known]
    return flags


def flags_for(header, flags):
    for folder in [str(parent) for parent in Path(header).parents]:
        if folder in flags:
            return flags[folder]
    below = [kept for folder, kept in flags.items() if folder.startswith(header.split("/")[0])]
    return below[0] if below else next(iter(flags.values()))


def main(root, build, compiler):
    tree = Tree(root)
    commands = json.loads((Path(build) / "compile_commands.json").read_text(encoding="utf-8"))
    built = {os.path.relpath(command["file"], root) for command in commands}
    flags = flags_by_folder(commands, str(Path(root)))
    headers = [name for name in tree.sources()
               if name.endswith(".h") and not proven_by_the_build(tree, name, built)]

    def compile_alone(header):
        words = [compiler, *flags_for(header, flags), "-fsyntax-only", "-x", "c++", "-include", str(Path(root) / header),
                 "/dev/null"]
        return header, subprocess.run(words, capture_output=True, text=True, check=False)

    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for header, answer in pool.map(compile_alone, headers):
            if answer.returncode != 0:
                failed += 1
                print(f"{header}:1: does not compile alone\n{answer.stderr[:1500]}")
    print(f"{len(headers)} headers compiled alone, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
