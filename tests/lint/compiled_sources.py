#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Prints those of the named sources that BUILD/compile_commands.json compiles. Usage: compiled_sources.py BUILD FILE…"""
import json
import os
import sys
from pathlib import Path

commands = json.loads((Path(sys.argv[1]) / "compile_commands.json").read_text(encoding="utf-8"))
built = {os.path.realpath(command["file"]) for command in commands}
for file in sys.argv[2:]:
    if os.path.realpath(file) in built:
        print(file)
