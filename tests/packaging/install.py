#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""`cmake --install` brings all that docs/packages.md says, and the packages' scripts are sound. Usage: install.py CMAKE BUILD SOURCE"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

BROUGHT = [
    "bin/quipu-indexer", "bin/quipu-searchd", "share/man/man1/quipu-indexer.1", "share/man/man1/quipu-searchd.1",
    "share/man/man5/quipu.toml.5", "share/bash-completion/completions/quipu-indexer", "share/zsh/site-functions/_quipu-searchd",
    "share/fish/vendor_completions.d/quipu-indexer.fish", "share/doc/quipu/operations.md", "share/doc/quipu/decisions/keys.md",
    "share/doc/quipu/examples/quipu.toml", "share/doc/quipu/examples/quipu.conf",
]


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, timeout=100, check=False)


def faults_of_install(cmake, build, source, prefix):
    done = run(cmake, "--install", build, "--prefix", prefix)
    if done.returncode != 0:
        return [done.stdout + done.stderr]
    units = sorted(unit.name for unit in (source / "packaging/systemd").iterdir())
    faults = [f"{name} is not there" for name in BROUGHT + [f"lib/systemd/system/{unit}" for unit in units]
              if not (prefix / name).is_file()]
    if (prefix / "etc").exists():
        faults.append("wrote a configuration, perhaps over the one of somebody")
    version = run(prefix / "bin/quipu-searchd", "--version")
    if not version.stdout.startswith("quipu-searchd "):
        faults.append(f"the installed program does not start: {version.stderr}")
    # Each unit says where a program is: in the folder that was configured, whatever --prefix is now.
    folder = re.search(r"^CMAKE_INSTALL_PREFIX:\w+=(.*)$", (build / "CMakeCache.txt").read_text(encoding="utf-8"), re.MULTILINE).group(1)
    for unit in (prefix / "lib/systemd/system").glob("*.service"):
        if f"\nExecStart={folder}/bin/quipu-" not in unit.read_text(encoding="utf-8"):
            faults.append(f"{unit.name} does not start a program in {folder}/bin")
    return faults


def faults_of_scripts(source):
    """Each is sh, stops at a fault, and names only units that there are."""
    faults = []
    units = {unit.name for unit in (source / "packaging/systemd").iterdir()}
    named = set()
    for script in sorted((source / "packaging/debian").glob("*/p*")):
        text = script.read_text(encoding="utf-8")
        checked = run("sh", "-n", script)
        if checked.returncode != 0 or "\nset -e\n" not in text or not text.startswith("#!/bin/sh\n"):
            faults.append(f"{script}: {checked.stderr or 'must be sh, with set -e'}")
        mentioned = set(re.findall(r"quipu-[a-z-]+\.(?:service|timer|socket)", text))
        faults += [f"{script}: there is no {unit}" for unit in sorted(mentioned - units)]
        named |= mentioned
    return faults + [f"no package looks after {unit}" for unit in sorted(units - named)]


def main():
    cmake, build, source = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        faults = faults_of_install(cmake, build, source, Path(folder) / "prefix")
    faults += faults_of_scripts(source)
    checked = run(build / "indexer/quipu-indexer", "check", "--config", source / "packaging/debian/quipu.toml")
    if checked.returncode != 0:
        faults.append(f"the configuration of the packages: {checked.stdout}{checked.stderr}")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
