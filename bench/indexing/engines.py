# SPDX-License-Identifier: GPL-2.0-or-later
"""How each engine is given the documents: one class an engine, each with what it lacks, its version, and a command to measure."""
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
LUCENE_JARS = sorted(map(str, [*pathlib.Path("/usr/share/java").glob("lucene-core-*.jar"),
                               *pathlib.Path("/usr/share/java").glob("lucene-analyzers-common-*.jar")]))


def first_line(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return ((done.stdout or done.stderr).strip().splitlines() or [""])[0]


def package_version(package):
    done = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True, check=False)
    return done.stdout.strip()


class Engine:
    """`reads` is "html" (the folder of pages) or "text" (what was extracted before)."""
    name, reads, package = "", "text", ""

    def __init__(self, corpus, tools):
        self.corpus, self.tools = corpus, tools

    def missing(self):
        """What is not installed; empty if the engine can run."""
        return ""

    def version(self):
        return package_version(self.package)

    def prepare(self, work):
        """What is not measured: configuration, compiling."""

    def commands(self, work):
        """What is measured, one after another: (command, file for standard input or None)."""
        raise NotImplementedError


class Quipu(Engine):
    name, reads = "Quipu, HTML", "html"
    source = 'type = "folder"\npath = "{pages}"'

    def program(self):
        return self.tools / "indexer/quipu-indexer"

    def missing(self):
        return "" if self.program().exists() else f"no {self.program()}"

    def version(self):
        return first_line(self.program(), "--version").split()[1]

    def prepare(self, work):
        source = self.source.format(pages=self.corpus.pages, jsonl=self.corpus.jsonl)
        (work / "quipu.toml").write_text(f'data_dir = "{work}/index"\n[indexes.pages]\n[[indexes.pages.sources]]\n{source}\n')

    def commands(self, work):
        return [([self.program(), "run", "--config", work / "quipu.toml", "--quiet"], None)]


class QuipuText(Quipu):
    name, reads = "Quipu, text", "text"
    source = 'type = "jsonl"\npath = "{jsonl}"'


class Omindex(Engine):
    name, reads, package = "omindex", "html", "xapian-omega"

    def missing(self):
        return "" if shutil.which("omindex") else "xapian-omega"

    def commands(self, work):
        return [(["omindex", "--db", work / "index", "--url", "/", "--stemmer", "english", self.corpus.pages], None)]


class Scriptindex(Engine):
    name, package = "scriptindex", "xapian-omega"

    def missing(self):
        return "" if shutil.which("scriptindex") else "xapian-omega"

    def prepare(self, work):
        (work / "script").write_text("id : boolean=Q unique=Q field\ntitle : weight=3 index field\ntext : index field\n")

    def commands(self, work):
        return [(["scriptindex", "--stemmer", "english", work / "index", work / "script", self.corpus.records], None)]


class Lucene(Engine):
    name, package = "Lucene", "liblucene8-java"

    def missing(self):
        if not LUCENE_JARS:
            return "liblucene8-java"
        return "" if shutil.which("javac") else "default-jdk-headless"

    def prepare(self, work):
        subprocess.run(["javac", "-cp", ":".join(LUCENE_JARS), "-d", work, HERE / "LuceneIndexing.java"], check=True)

    def commands(self, work):
        return [(["java", "-Xmx2g", "-cp", ":".join([*LUCENE_JARS, str(work)]), "LuceneIndexing", self.corpus.tsv, work / "index"], None)]


class Sphinx(Engine):
    name, package = "Sphinx", "sphinxsearch"

    def program(self):
        return shutil.which("indexer") or "/usr/bin/indexer"

    def missing(self):
        return "" if pathlib.Path(self.program()).exists() else "sphinxsearch"

    def prepare(self, work):
        (work / "index").mkdir()
        (work / "sphinx.conf").write_text(
            f"source pages\n{{\n type = tsvpipe\n tsvpipe_command = cat {self.corpus.numbered}\n"
            " tsvpipe_field = title\n tsvpipe_field = body\n}\n"
            f"index pages\n{{\n source = pages\n path = {work}/index/pages\n morphology = stem_en\n min_word_len = 1\n}}\n"
            "indexer\n{\n mem_limit = 512M\n max_xmlpipe2_field = 16M\n}\n")

    def commands(self, work):
        return [([self.program(), "--config", work / "sphinx.conf", "--all", "--quiet"], None)]


class Groonga(Engine):
    name, package = "Groonga", "groonga-bin"

    def missing(self):
        return "" if shutil.which("groonga") else "groonga-bin"

    def prepare(self, work):
        (work / "index").mkdir()
        (work / "schema.grn").write_text(
            "table_create Pages TABLE_HASH_KEY ShortText\ncolumn_create Pages title COLUMN_SCALAR ShortText\n"
            "column_create Pages body COLUMN_SCALAR LongText\n")
        # An index made after loading is built in one go, which is the fastest way.
        (work / "columns.grn").write_text(
            "table_create Words TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto\n"
            "column_create Words pages COLUMN_INDEX|WITH_POSITION|WITH_SECTION Pages title,body\n")

    def commands(self, work):
        database = work / "index/db"
        return [(["groonga", "-n", database], work / "schema.grn"), (["groonga", database], self.corpus.load),
                (["groonga", database], work / "columns.grn")]


class Fts5(Engine):
    name = "SQLite FTS5"

    def version(self):
        return first_line(sys.executable, "-c", "import sqlite3; print(sqlite3.sqlite_version)")

    def prepare(self, work):
        (work / "index").mkdir()

    def commands(self, work):
        return [([sys.executable, HERE / "fts5.py", self.corpus.tsv, work / "index/pages.db"], None)]


ENGINES = [Quipu, Omindex, QuipuText, Lucene, Scriptindex, Groonga, Sphinx, Fts5]


def without_epoch(version):
    return re.sub(r"^\d+:", "", version)
