#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes an SBOM (SPDX 2.3, JSON) of what a build really took. Usage: sbom.py BUILD VERSION OUTPUT ARTEFACT…

BUILD is a folder that ninja built in; the programs below it are looked at. What they load comes from ld.so, what they were
compiled with from ninja's own record of the headers, and names, versions and copyright from dpkg. ARTEFACTs (the packages)
are named with their SHA-256. The same build gives the same bytes: SOURCE_DATE_EPOCH is its time.
"""
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

PROGRAMS = ("indexer/quipu-indexer", "searchd/quipu-searchd")
TOOLS = ("g++", "cmake", "ninja-build", "binutils", "dpkg-dev")


def lines_of(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()


def owners():
    """Debian's package of each file; both names of what the merged /usr has twice."""
    known = {}
    for file in sorted(Path("/var/lib/dpkg/info").glob("*.list")):
        package = file.stem.split(":")[0]
        for name in file.read_text(encoding="utf-8").splitlines():
            known[name] = package
            if name.startswith(("/lib", "/bin", "/sbin")):
                known["/usr" + name] = package
    return known


def libraries(program):
    """Every shared library that `program` loads, and those that it names itself."""
    loaded = set()
    for line in lines_of("ldd", program):
        found = re.search(r"(/\S+) \(0x", line)
        if found:
            loaded.add(os.path.realpath(found.group(1)))
    named = {line.split()[1] for line in lines_of("objdump", "-p", program) if line.strip().startswith("NEEDED")}
    return loaded, {path for path in loaded if any(Path(path).name.startswith(name) for name in named)}


def headers(build):
    found = set()
    for line in lines_of("ninja", "-C", build, "-t", "deps"):
        if line.startswith("    /usr/"):
            found.add(os.path.realpath(line.strip()))
    return found


def packages_of(files, known):
    missing = sorted(file for file in files if file not in known and not file.startswith("/usr/local/"))
    if missing:
        print(f"sbom: no package has {', '.join(missing[:5])}", file=sys.stderr)
    return {known[file] for file in files if file in known}


def licences(package):
    """What Debian's copyright file names, in its words; they are not all SPDX's."""
    try:
        text = Path(f"/usr/share/doc/{package}/copyright").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    if "copyright-format/1.0" not in text[:400]:
        return []
    return sorted(set(re.findall(r"^License: (\S.*)$", text, re.MULTILINE)))


def describe(package):
    fields = "${Version}\\t${Architecture}\\t${source:Package}\\t${source:Version}\\t${Maintainer}\\t${Homepage}"
    version, architecture, source, source_version, maintainer, homepage = lines_of(
        "dpkg-query", "-W", "-f", fields + "\\n", package)[0].split("\t")
    found = {
        "SPDXID": "SPDXRef-Package-" + re.sub(r"[^A-Za-z0-9.-]", "-", package),
        "name": package,
        "versionInfo": version,
        "supplier": f"Organization: Debian ({re.sub(r' *<.*', '', maintainer)})",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": "NOASSERTION",
        "copyrightText": "NOASSERTION",
        "sourceInfo": f"built from Debian's source package {source} {source_version}",
        "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                          "referenceLocator": f"pkg:deb/debian/{package}@{version.replace(':', '%3A').replace('+', '%2B')}?arch={architecture}"}],
    }
    if homepage:
        found["homepage"] = homepage
    if licences(package):
        found["licenseComments"] = "Debian's copyright file names: " + ", ".join(licences(package))
    return found


def artefact(path, version):
    return {
        "SPDXID": "SPDXRef-Artefact-" + re.sub(r"[^A-Za-z0-9.-]", "-", path.name),
        "name": path.name,
        "versionInfo": version,
        "packageFileName": path.name,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "GPL-2.0-or-later",
        "licenseDeclared": "GPL-2.0-or-later AND MIT",
        "copyrightText": "2026 The Quipu authors",
        "checksums": [{"algorithm": "SHA256", "checksumValue": hashlib.sha256(path.read_bytes()).hexdigest()}],
    }


def relation(one, kind, other, comment):
    return {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other, "comment": comment}


def main():
    if len(sys.argv) < 5:
        print(__doc__, file=sys.stderr)
        return 2
    build, version, output = sys.argv[1:4]
    artefacts = [artefact(Path(name), version) for name in sorted(sys.argv[4:])]
    known = owners()
    relations, used = [], set()
    quipu = "SPDXRef-Quipu"
    for name in PROGRAMS:
        program = Path(build) / name
        loaded, named = libraries(str(program))
        direct = packages_of(named, known)
        for package in sorted(packages_of(loaded, known)):
            comment = f"{program.name} {'links to it' if package in direct else 'loads it through another library'}"
            relations.append((quipu, "DYNAMIC_LINK", package, comment))
            used.add(package)
    for package in sorted(packages_of(headers(build), known)):
        relations.append((package, "BUILD_DEPENDENCY_OF", quipu, "headers of it were compiled in"))
        used.add(package)
    for package in sorted(set(TOOLS) & set(known.values())):
        relations.append((package, "BUILD_TOOL_OF", quipu, "a tool of the build"))
        used.add(package)

    described = {package: describe(package) for package in sorted(used)}
    ids = {package: entry["SPDXID"] for package, entry in described.items()} | {quipu: quipu}
    whole = {
        "SPDXID": quipu, "name": "quipu", "versionInfo": version, "downloadLocation": "NOASSERTION", "filesAnalyzed": False,
        "licenseConcluded": "GPL-2.0-or-later", "licenseDeclared": "GPL-2.0-or-later AND MIT",
        "copyrightText": "2026 The Quipu authors",
    }
    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"quipu-{version}",
        "creationInfo": {
            "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", "0")))),
            "creators": ["Tool: quipu-packaging-sbom.py"],
        },
        "packages": [whole] + artefacts + list(described.values()),
        "relationships": [relation("SPDXRef-DOCUMENT", "DESCRIBES", quipu, "the programs of this build")]
        + [relation(entry["SPDXID"], "GENERATED_FROM", quipu, "a package of the programs") for entry in artefacts]
        + [relation(ids[one], kind, ids[other], comment) for one, kind, other, comment in relations],
    }
    text = json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    document["documentNamespace"] = f"https://spdx.org/spdxdocs/quipu-{version}-{digest[:32]}"
    Path(output).write_text(json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
