#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""systemd understands the units in packaging/, and they stay hardened. Usage: systemd_units.py ROOT PROGRAM…

Without systemd-analyze it ends with 77, which ctest shows as skipped. Each PROGRAM stands in for its namesake in
/usr/bin.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

MOST_EXPOSED = 2.0


def run(*words, folder):
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def main():
    units = Path(sys.argv[1]) / "packaging/systemd"
    programs = [Path(program) for program in sys.argv[2:]]
    if shutil.which("systemd-analyze") is None:
        print("systemd-analyze is not installed")
        return 77
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        names = sorted(unit.name for unit in units.iterdir())
        for name in names:
            text = (units / name).read_text(encoding="utf-8")
            for program in programs:
                text = text.replace(f"/usr/bin/{program.name}", str(program))
            (Path(folder) / name).write_text(text, encoding="utf-8")
        checked = run("systemd-analyze", "verify", "--man=no", *(f"./{name}" for name in names), folder=folder)
        ours = [line for line in checked.stderr.splitlines() if "quipu" in line]
        faults += ours if checked.returncode != 0 or ours else []
        for name in (name for name in names if name.endswith(".service")):
            shown = run("systemd-analyze", "security", "--offline=true", f"./{name}", folder=folder)
            level = re.search(r"exposure level for \S+: ([0-9.]+)", shown.stdout)
            if level is None:
                print(f"{name}: this systemd-analyze cannot look at a file: not checked")
            elif float(level.group(1)) > MOST_EXPOSED:
                faults.append(f"{name}: exposure {level.group(1)}, at most {MOST_EXPOSED}")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
