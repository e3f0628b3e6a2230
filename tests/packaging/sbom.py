#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The SBOM of this build is what SPDX 2.3 wants, and names what the programs stand on. Usage: sbom.py SOURCE BUILD

Ends with 77, which ctest shows as skipped, where dpkg or ninja did not make this build.
"""
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# What must be found, by how it is used; names of libraries have a number behind them that differs among releases.
LINKED = ["libxapian30", "libicu[0-9]+", "libpoppler-cpp", "libseccomp2", "libc6"]
COMPILED = ["nlohmann-json3-dev", "libxapian-dev", "libcpp-httplib-dev"]


def faults_of(document, artefact):
    packages = {package["SPDXID"]: package for package in document["packages"]}
    faults = []
    if len(packages) != len(document["packages"]):
        faults.append("an SPDXID stands twice")
    for field in ("spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo", "relationships"):
        if not document.get(field):
            faults.append(f"there is no {field}")
    for identifier, package in packages.items():
        if not re.fullmatch(r"SPDXRef-[A-Za-z0-9.-]+", identifier):
            faults.append(f"{identifier} is no SPDXID")
        faults += [f"{identifier} has no {field}" for field in ("name", "versionInfo", "downloadLocation") if not package.get(field)]
    ends = set(packages) | {"SPDXRef-DOCUMENT"}
    for relation in document["relationships"]:
        if not {relation["spdxElementId"], relation["relatedSpdxElement"]} <= ends:
            faults.append(f"a relationship leads nowhere: {relation}")

    def names(kind):
        return {packages[end]["name"] for relation in document["relationships"] if relation["relationshipType"] == kind
                for end in (relation["spdxElementId"], relation["relatedSpdxElement"]) if end in packages}

    for kind, wanted in (("DYNAMIC_LINK", LINKED), ("BUILD_DEPENDENCY_OF", COMPILED)):
        found = names(kind)
        faults += [f"{kind} has no {name}" for name in wanted if not any(re.match(name, other) for other in found)]
    xapian = next((package for package in packages.values() if package["name"] == "libxapian30"), None)
    if xapian is not None:
        version = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "libxapian30"], capture_output=True, text=True, check=True)
        if xapian["versionInfo"] != version.stdout:
            faults.append(f"libxapian30 is {version.stdout}, not {xapian['versionInfo']}")
    if artefact not in names("GENERATED_FROM"):
        faults.append("the artefact is not named")
    return faults


def main():
    source, build = Path(sys.argv[1]), Path(sys.argv[2])
    if shutil.which("dpkg-query") is None or not (build / "build.ninja").exists():
        print("dpkg or ninja did not make this build")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        output = [Path(folder) / name for name in ("one.json", "two.json")]
        artefact = source / "LICENSE"
        for path in output:
            subprocess.run([sys.executable, "-B", source / "packaging/sbom.py", build, "1.2.3", path, artefact], check=True, timeout=100)
        texts = [path.read_text(encoding="utf-8") for path in output]
    faults = faults_of(json.loads(texts[0]), artefact.name)
    if texts[0] != texts[1]:
        faults.append("the same build gave two SBOMs")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
