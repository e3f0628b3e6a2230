#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The rules of the house that a compiler does not check. Prints each breach as file:line: text; exits 1 if any.

Usage: house_rules.py ROOT RULE…   with the rules layers, doors, files, names, usings, tests, links; all if none is named.
"""
import re
import subprocess
import sys
from pathlib import Path

# Who may include whom. A folder may always include itself; the longest prefix of a path decides.
LAYERS = {
    "core/base": [],
    "core/config": ["core/base"],
    "core/text": ["core/base"],
    "core/schema": ["core/base", "core/text"],
    "core/index": ["core/base", "core/text", "core/schema"],
    "core/query": ["core/base", "core/text", "core/schema"],
    "core/search": ["core/base", "core/config", "core/text", "core/schema", "core/index", "core/query"],
    "indexer": ["core"],
    "searchd": ["core"],
    "searchd/http": ["core/base", "core/config"],
    "indexer/extract": ["core/base", "core/text", "core/schema"],
    "packaging": ["core/base", "core/config", "indexer", "searchd"],
    "fuzz": ["core", "indexer", "searchd", "tests"],
    "bench": ["core", "indexer", "searchd", "tests/support"],
    "tests": ["core", "indexer", "searchd", "packaging"],
}

# Each foreign library has one door: only files that match may include it. Tests, fuzz targets and
# benchmarks may look behind every door.
DOORS = [
    (r"xapian", r"core/(index|query|search)/|core/text/stem"),
    (r"unicode/", r"core/text/"),
    (r"cld2", r"core/text/"),
    (r"httplib", r"searchd/http/"),
    (r"openssl/", r"searchd/(keys/key_hash|http/tls)"),
    (r"zlib\.h", r"searchd/http/|indexer/extract/"),
    (r"curl/", r"indexer/web/"),
    (r"toml\+\+", r"core/config/"),
    (r"nlohmann/", r".*\.cpp$"),
    (r"(libxml/|poppler|archive\.h|archive_entry\.h|gmime/|md4c|uchardet|seccomp|linux/landlock)", r"indexer/extract/"),
    (r"zstd", r"core/index/"),
    (r"libdeflate", r"core/index/"),
    (r"xxhash", r"core/(schema|index)/|indexer/|searchd/(limits|metrics|routes)/"),
    (r"systemd/", r"searchd/systemd"),
]
BEHIND_EVERY_DOOR = ("tests/", "fuzz/", "bench/")

SOURCES = {".h", ".cpp"}
COMMENTED = {".cpp": "//", ".h": "//", ".py": "#", ".cmake": "#", ".sh": "#", ".toml": "#", ".js": "//", ".css": "/*"}
MAX_LINES = 500
FORBIDDEN = {"util", "utils", "helper", "helpers", "common", "manager", "impl", "misc"}
USING = re.compile(r"\s*(?:using [\w:]*::(\w+);|namespace (\w+) = [\w:]+;)")
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')


class Tree:
    """The files of a checkout, and the breaches found in them."""

    def __init__(self, root):
        self.root = Path(root)
        self.breaches = []
        self.files = sorted(self._list())

    def _list(self):
        """What git knows or would add; every file where there is no git."""
        answer = subprocess.run(
            ["git", "-c", "safe.directory=*", "-C", str(self.root), "ls-files", "-z", "--cached", "--others",
             "--exclude-standard"], capture_output=True, check=False)
        if answer.returncode == 0:
            names = [name for name in answer.stdout.decode().split("\0") if name]
        else:
            names = [str(path.relative_to(self.root)) for path in self.root.rglob("*")]
        return [name for name in names if (self.root / name).is_file()]

    def sources(self):
        return [name for name in self.files if Path(name).suffix in SOURCES]

    def lines(self, name):
        return (self.root / name).read_text(encoding="utf-8", errors="replace").splitlines()

    def includes(self, name):
        for number, line in enumerate(self.lines(name), 1):
            match = INCLUDE.match(line)
            if match:
                yield number, match.group(1) == "<", match.group(2)

    def breach(self, name, number, text):
        self.breaches.append(f"{name}:{number}: {text}")


def layer_of(path):
    known = [layer for layer in LAYERS if path == layer or path.startswith(layer + "/")]
    return max(known, key=len, default=None)


def check_layers(tree):
    for name in tree.sources():
        layer = layer_of(name)
        if layer is None:
            tree.breach(name, 1, "is in no known layer; LAYERS in tests/lint/house_rules.py lists them")
            continue
        allowed = LAYERS[layer] + [layer]
        for number, angled, target in tree.includes(name):
            inside = target.split("/")[0] in {known.split("/")[0] for known in LAYERS}
            if angled or not inside:
                # Generated headers and files of the system are not layers.
                if not angled and "/" not in target:
                    tree.breach(name, number, f'"{target}" must be included by its path from the root')
                continue
            if not any(target.startswith(prefix + "/") for prefix in allowed):
                tree.breach(name, number, f"{layer} must not include {target}")


def check_doors(tree):
    for name in tree.sources():
        if name.startswith(BEHIND_EVERY_DOOR):
            continue
        for number, _, target in tree.includes(name):
            for library, door in DOORS:
                if re.match(library, target) and not re.match(door, name):
                    tree.breach(name, number, f"{target} may only be included in {door}")


def check_files(tree):
    for name in tree.files:
        path = Path(name)
        is_script = path.suffix == "" and (name.startswith("scripts/") or name.startswith(".ci/"))
        if path.suffix not in COMMENTED and path.name != "CMakeLists.txt" and not is_script:
            continue
        if name.startswith(("fuzz/corpus/", "seeds/")) or "/data/" in name:
            continue
        lines = tree.lines(name)
        if not any("SPDX-License-Identifier: " in line for line in lines[:2]):
            tree.breach(name, 1, "needs an SPDX-License-Identifier in its first two lines")
        if len(lines) > MAX_LINES:
            tree.breach(name, MAX_LINES, f"has {len(lines)} lines; over {MAX_LINES} a file is split by a noun")
        if path.suffix == ".h" and "#pragma once" not in lines:
            tree.breach(name, 1, "needs #pragma once")


def check_names(tree):
    for name in tree.files:
        for part in Path(name).parts:
            words = set(re.split(r"[^a-z]+", part.lower()))
            if words & FORBIDDEN:
                tree.breach(name, 1, f"`{part}` says nothing; name the file after what it does")
    for name in tree.sources():
        if not re.fullmatch(r"[a-z0-9_/]+\.(h|cpp)", name):
            tree.breach(name, 1, "source files are named in snake_case")


def check_usings(tree):
    """clang-tidy looks at several sources at once, where one may use what another declares."""
    for name in tree.sources():
        lines = tree.lines(name)
        for number, line in enumerate(lines, 1):
            declared = USING.match(line)
            if declared is None:
                continue
            word = re.compile(rf"\b{declared.group(1) or declared.group(2)}\b")
            if not any(word.search(other) for other in lines if other != line):
                tree.breach(name, number, f"`{declared.group(1) or declared.group(2)}` is not used")


def check_tests(tree):
    for name in tree.sources():
        if not name.startswith("tests/"):
            continue
        for number, line in enumerate(tree.lines(name), 1):
            if re.search(r"\bTEST(_F|_P)?\(\w+,\s*DISABLED_", line) or re.match(r"\s*#\s*if\s+0\b", line):
                tree.breach(name, number, "a disabled test helps nobody")
            if re.match(r"\s*(//|/\*)\s*(TEST(_F|_P)?\(|EXPECT_|ASSERT_)", line):
                tree.breach(name, number, "a test that is commented out helps nobody")


def anchors(tree, name):
    found = set()
    fenced = False
    for line in tree.lines(name):
        if line.startswith("```"):
            fenced = not fenced
        match = None if fenced else re.match(r"#{1,6}\s+(.*?)\s*#*$", line)
        if match:
            text = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", match.group(1)).lower()
            anchor = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
            number = 0
            while (anchor if number == 0 else f"{anchor}-{number}") in found:
                number += 1
            found.add(anchor if number == 0 else f"{anchor}-{number}")
        found.update(re.findall(r'<a (?:id|name)="([^"]+)"', line))
    return found


def check_links(tree):
    manual = [name for name in tree.files if name.endswith(".md") and not name.startswith(("fuzz/", "tests/"))]
    for name in manual:
        fenced = False
        for number, line in enumerate(tree.lines(name), 1):
            if line.startswith("```"):
                fenced = not fenced
            if fenced or line.startswith("    "):
                continue
            for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", line)):
                check_link(tree, name, number, target)


def check_link(tree, name, number, target):
    if re.match(r"[a-z]+:", target):
        return
    file, _, anchor = target.partition("#")
    path = (tree.root / name).parent / file if file else tree.root / name
    if not path.exists():
        tree.breach(name, number, f"the link {target} leads nowhere")
    elif anchor and path.suffix == ".md":
        inside = str(path.resolve().relative_to(tree.root.resolve()))
        if anchor not in anchors(tree, inside):
            tree.breach(name, number, f"{inside} has no heading #{anchor}")


RULES = {"layers": check_layers, "doors": check_doors, "files": check_files, "names": check_names, "usings": check_usings,
         "tests": check_tests, "links": check_links}


def main(arguments):
    if not arguments or any(rule not in RULES for rule in arguments[1:]):
        print(__doc__, file=sys.stderr)
        return 2
    tree = Tree(arguments[0])
    for rule in arguments[1:] or RULES:
        RULES[rule](tree)
    for breach in tree.breaches:
        print(breach)
    return 1 if tree.breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
