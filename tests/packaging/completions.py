#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The completions really complete. Usage: completions.py SHELL FOLDER, with the folder of quipu-reference.

Keys are typed into a SHELL on a terminal, where the programs only show their arguments. Ends with 77, which ctest shows
as skipped, if there is no such shell.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from typed import Terminal

CONFIG = """data_dir = "var"
[indexes.papers]
[[indexes.papers.sources]]
type = "folder"
path = "files"
[ indexes . odd ]
[indexes.old-news]
title = "News"
"""

# What is typed, where ~ is the tab key, and the arguments that come of it.
TYPED = [
    ("quipu-indexer wat~", "watch"),
    ("quipu-indexer run --reb~", "run --rebuild"),
    ("quipu-indexer run --progr~ba~", "run --progress bar"),
    ("quipu-indexer run old~", "run old-news"),
    ("quipu-indexer run papers old~", "run papers old-news"),
    ("quipu-indexer add pap~jud~", "add papers judgments.tsv"),
    ("quipu-indexer evaluate papers jud~", "evaluate papers judgments.tsv"),
    ("quipu-indexer --config other.toml run oth~", "--config other.toml run otherwise"),
    ("quipu-indexer --conf~oth~run oth~", "--config other.toml run otherwise"),
    ("quipu-searchd rev~", "rev"),
    ("quipu-searchd key rev~", "key revoke"),
    ("quipu-searchd key new --ori~", "key new --origin"),
    ("quipu-searchd key new --index old~", "key new --index old-news"),
    ("quipu-searchd --log-f~te~", "--log-format text"),
    ("quipu-searchd query --match~fr~", "query --matching frequency"),
    ("quipu-searchd query papers wor~", "query papers wor"),
    ("quipu-searchd help que~", "help query"),
    ("quipu-searchd serve --reb~", "serve --reb"),
]
# fish takes words that only contain what was typed, too; what is no command it leaves.
WITH_EQUALS = [("quipu-indexer run --progress=ba~", "--progress=bar"), ("quipu-indexer --config=other.toml run oth~", "otherwise")]

START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
SHOW = """{name}() {{ printf '<%s>' "$@"; echo '<end''>'; }}"""


def set_up(shell, reference):
    if shell == "bash":
        lines = ["bind 'set bell-style none'", "bind 'set enable-bracketed-paste off'"]
        lines += [f". {file}" for file in sorted((reference / "bash").iterdir())]
    else:
        lines = ["unsetopt beep", f"fpath=({reference}/zsh $fpath)", "autoload -Uz compinit", "compinit -u -D"]
    lines += [SHOW.format(name=name) for name in ("quipu-indexer", "quipu-searchd")]
    return lines


def typed_faults(shell, reference, folder, environment):
    """Bash and zsh, as people use them: a terminal, and keys."""
    terminal = Terminal(START[shell], folder, environment)
    faults = []
    try:
        for line in set_up(shell, reference):
            terminal.type(line + "\r")
        terminal.type("echo re''ady\r")
        terminal.wait_for("ready\r\n")
        for keys, arguments in TYPED + WITH_EQUALS:
            for part in re.split("(~)", keys):
                terminal.type("\t" if part == "~" else part)
            terminal.type("\r")
            shown = terminal.wait_for("<end>")
            got = " ".join(re.findall(r"<([^<>]*)>", shown[shown.rfind("\n<") :])[:-1])
            # zsh writes `--option=` for options that take a value.
            got, arguments = got.replace("=", " "), arguments.replace("=", " ")
            if not (got == arguments or got.endswith(" " + arguments)):
                faults.append(f"{keys}: {got!r}, not {arguments!r}")
    finally:
        terminal.close()
    return faults


def fish_faults(reference, folder, environment):
    """fish tells a program what it would offer."""
    sources = "; ".join(f"source {file}" for file in sorted((reference / "fish").iterdir()))
    faults = []
    for keys, arguments in TYPED + WITH_EQUALS:
        line = keys.split(" ", 1)[0]
        wanted = arguments.split(" ")
        for part in keys.split(" ", 1)[1].split("~")[:-1]:
            line += ("" if line.endswith(" ") else " ") + part
            asked = subprocess.run(["fish", "--no-config", "-c", f'{sources}; complete -C "{line}"'], cwd=folder, env=environment,
                                   capture_output=True, text=True, timeout=60, check=False)
            offered = [row.split("\t")[0] for row in asked.stdout.splitlines()]
            last = line.split(" ")[-1]
            fitting = [word for word in offered if word.startswith(last)]
            if asked.stderr:
                faults.append(f"{line}: {asked.stderr}")
            line = line[: len(line) - len(last)] + (fitting[0] if len(fitting) == 1 else last) + " "
        got = line.strip().split(" ")[1:]
        if got[-len(wanted):] != wanted:
            faults.append(f"{keys}: {got}, not {wanted}")
    return faults


def main():
    shell, reference = sys.argv[1], Path(sys.argv[2]).resolve()
    if shutil.which(shell) is None:
        print(f"{shell} is not installed")
        return 77
    faults = []
    for file in sorted((reference / shell).iterdir()):
        checked = subprocess.run([shell, "-n", file], capture_output=True, text=True, timeout=60, check=False)
        if checked.returncode != 0 or checked.stderr:
            faults.append(f"{file}: {checked.stderr}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "quipu.toml").write_text(CONFIG, encoding="utf-8")
        (folder / "other.toml").write_text("[indexes.otherwise]\n", encoding="utf-8")
        (folder / "judgments.tsv").write_text("", encoding="utf-8")
        environment = {"PATH": os.environ["PATH"], "HOME": name, "TERM": "xterm", "LC_ALL": "C.UTF-8", "PS1": "$ "}
        if shell == "fish":
            faults += fish_faults(reference, folder, environment)
        else:
            faults += typed_faults(shell, reference, folder, environment)
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
