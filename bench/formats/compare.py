#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Which files of a folder give text, and a title that is not the file's name: Quipu beside omindex and recollindex.

    bench/formats/compare.py BUILD FOLDER

BUILD is a build folder; FOLDER holds the files. Needs Debian's xapian-omega, recollcmd and python3-xapian, and the programs that those
two call for each format (catdoc, antiword, unrtf, poppler-utils, unzip, wv, libwpd-tools, untex, …). What is missing is left out and said.
Prints a Markdown table by name ending: files; with text for each program; with a title of their own for each; and the times.
--differences names the files for which one of the others has text or a title and Quipu has none.

A file has text if a letter or digit was extracted: recoll also indexes by name alone what it cannot read, so its text is asked
for document by document (rclextract, without the HTML head); what that gives for a picture may be its tags. A title is the file's own if it is not empty
and not its name or path, with or without ending. For WordPerfect and Works, which omindex reads with wpd2text and wps2text,
Quipu is given the same two programs as filters if they are installed.
"""
import argparse
import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time


def plain(text):
    return re.sub(r"[\W_]+", " ", text).strip().lower()


def own_title(title, path):
    name = pathlib.PurePosixPath(path)
    return bool(plain(title)) and plain(title) not in {plain(name.name), plain(name.stem), plain(str(name))}


def has_words(text):
    return any(letter.isalnum() for letter in text)


def filters():
    return "".join(f'[[filters]]\nendings = ["{ending}"]\ncommand = ["{program}", "{{}}"]\n'
                   for ending, program in (("wpd", "wpd2text"), ("wps", "wps2text")) if shutil.which(program))


def run_quipu(build, folder, work):
    config = work / "quipu.toml"
    config.write_text(f'data_dir = "{work}/var"\n[indexes.files]\n[[indexes.files.sources]]\ntype = "folder"\npath = "{folder}"\n'
                      + filters())
    report = work / "report.jsonl"
    subprocess.run([build / "indexer/quipu-indexer", "run", "--config", config, "--report", report, "--quiet"], check=True,
                   stdout=subprocess.DEVNULL)
    found = {}
    import xapian  # Debian's python3-xapian; both our index and Omega's are Xapian databases
    current = (work / "var/files/CURRENT").read_text().strip()
    database = xapian.Database(str(work / "var/files" / current))
    for posting in database.postlist(b""):
        stored = json.loads(database.get_document(posting.docid).get_data())
        # The members of a container stand for their file too.
        path = stored.get("container") or stored["id"]
        has_own = own_title(stored.get("title", ""), path)
        found[path] = found.get(path, False) or has_own
    return found


def run_omindex(folder, work):
    if not shutil.which("omindex"):
        return None
    subprocess.run(["omindex", "--db", work / "omega", "--url", "/", "--empty-docs=skip", folder], check=False,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    import xapian
    found = {}
    try:
        database = xapian.Database(str(work / "omega"))
    except xapian.DatabaseError:
        return found
    from urllib.parse import unquote
    for posting in database.postlist(b""):
        fields = dict(line.split("=", 1) for line in
                      database.get_document(posting.docid).get_data().decode("utf-8", "replace").splitlines() if "=" in line)
        path = unquote(fields.get("url", "")).lstrip("/")
        if has_words(fields.get("sample", "")):
            found[path] = own_title(fields.get("caption", ""), path)
    return found


def run_recoll(folder, work):
    if not shutil.which("recollindex"):
        return None
    conf = work / "recoll"
    conf.mkdir()
    (conf / "recoll.conf").write_text(f"topdirs = {folder}\nskippedNames =\nskippedPaths =\nidxflushmb = 50\n")
    subprocess.run(["recollindex", "-c", conf, "-z"], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    script = (
        "import sys, json, re\n"
        "from recoll import recoll, rclextract\n"
        "db = recoll.connect(confdir=sys.argv[1])\n"
        "query = db.query()\n"
        "query.execute('mime:*', stemming=0)\n"
        "while True:\n"
        "    try: doc = query.fetchone()\n"
        "    except Exception: break\n"
        "    if doc is None: break\n"
        "    try: text = re.sub('(?is)<head.*?</head>|<[^>]*>', ' ', rclextract.Extractor(doc).textextract(doc.ipath).text or '')\n"
        "    except Exception: text = ''\n"
        "    print(json.dumps({'url': doc.url, 'title': doc.title or '', 'text': any(c.isalnum() for c in text)}))\n")
    out = subprocess.run(["/usr/bin/python3", "-c", script, conf], check=False, capture_output=True, text=True)
    if out.returncode != 0:
        print(f"recoll's answers could not be read: {out.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
    found = {}
    prefix = "file://" + str(folder) + "/"
    for line in out.stdout.splitlines():
        row = json.loads(line)
        path = row["url"].removeprefix(prefix)
        if row["text"]:
            found[path] = found.get(path, False) or own_title(row["title"], path)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--differences", action="store_true")
    args = parser.parse_args()
    folder = args.folder.resolve()
    work = pathlib.Path(tempfile.mkdtemp(prefix="quipu-formats-"))
    programs = [("quipu", lambda: run_quipu(args.build.resolve(), folder, work)), ("omindex", lambda: run_omindex(folder, work)),
                ("recollindex", lambda: run_recoll(folder, work))]
    found, seconds = {}, {}
    for name, program in programs:
        begin = time.monotonic()
        result = program()
        if result is None:
            print(f"{name} is not installed: left out", file=sys.stderr)
            continue
        found[name], seconds[name] = result, time.monotonic() - begin
    rows = collections.defaultdict(lambda: collections.Counter())
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        name = str(path.relative_to(folder))
        row = rows[path.suffix.lower() or "(none)"]
        row["files"] += 1
        for program, paths in found.items():
            row[program] += name in paths
            row[program + " title"] += paths.get(name, False)
    names = list(found)
    if args.differences:
        for name in names[1:]:
            for path, titled in sorted(found[name].items()):
                if path not in found["quipu"] or (titled and not found["quipu"][path]):
                    print(f"{name} has {'a title' if path in found['quipu'] else 'text'}: {path}", file=sys.stderr)
    print("| ending | files | " + " | ".join(f"{name}: text" for name in names) + " | "
          + " | ".join(f"{name}: title" for name in names) + " |")
    print("|---|" + "---|" * (1 + 2 * len(names)))
    total = collections.Counter()
    for ending, row in sorted(rows.items()):
        total.update(row)
        if not any(row[name] for name in names):
            continue
        print(f"| `{ending}` | {row['files']} | " + " | ".join(str(row[name]) for name in names) + " | "
              + " | ".join(str(row[name + ' title']) for name in names) + " |")
    print(f"| all | {total['files']} | " + " | ".join(str(total[name]) for name in names) + " | "
          + " | ".join(str(total[name + ' title']) for name in names) + " |")
    print("\nSeconds: " + ", ".join(f"{name} {seconds[name]:.1f}" for name in names))
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
