#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Each rule of house_rules.py finds its breach in a small tree made for it, and finds none in a clean one."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import house_rules  # noqa: E402

SPDX = "// SPDX-License-Identifier: GPL-2.0-or-later\n"


def breaches(rule, files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        tree = house_rules.Tree(folder)
        house_rules.RULES[rule](tree)
        return tree.breaches


class HouseRules(unittest.TestCase):
    def found(self, rule, name, text, **more):
        answer = breaches(rule, {name: text, **more})
        self.assertEqual(len(answer), 1, answer)
        return answer[0]

    def clean(self, rule, name, text, **more):
        self.assertEqual(breaches(rule, {name: text, **more}), [])

    def test_layers_point_one_way(self):
        self.clean("layers", "core/search/a.cpp", '#include "core/index/b.h"\n#include <vector>\n')
        self.assertIn("core/text must not include core/index/b.h",
                      self.found("layers", "core/text/a.cpp", '#include "core/index/b.h"\n'))
        self.assertIn("searchd must not include indexer/b.h",
                      self.found("layers", "searchd/routes/a.cpp", '#include "indexer/b.h"\n'))
        self.assertIn("core/base must not include searchd/b.h",
                      self.found("layers", "core/base/a.h", '  #  include "searchd/b.h"\n'))

    def test_includes_start_at_the_root(self):
        self.assertIn("path from the root", self.found("layers", "core/text/a.cpp", '#include "fold.h"\n'))

    def test_every_source_has_a_layer(self):
        self.assertIn("no known layer", self.found("layers", "extras/a.cpp", "\n"))

    def test_a_library_has_one_door(self):
        self.clean("doors", "core/index/a.cpp", "#include <xapian.h>\n")
        self.clean("doors", "tests/core/a.cpp", "#include <xapian.h>\n")
        self.found("doors", "searchd/a.cpp", "#include <xapian.h>\n")
        self.found("doors", "core/text/fold.cpp", "#include <xapian.h>\n")
        self.clean("doors", "core/text/stemmer.cpp", "#include <xapian.h>\n")
        self.found("doors", "core/index/a.h", "#include <nlohmann/json.hpp>\n")
        self.found("doors", "core/search/a.cpp", "#include <unicode/brkiter.h>\n")
        self.found("doors", "searchd/app.cpp", "#include <httplib.h>\n")

    def test_files_carry_their_licence_and_stay_short(self):
        self.clean("files", "core/a.h", SPDX + "#pragma once\n")
        self.found("files", "core/a.cpp", "int a;\n")
        self.found("files", "core/a.h", SPDX)
        self.found("files", "core/a.cpp", SPDX + "\n" * 500)
        self.found("files", "scripts/run", "#!/bin/sh\n")

    def test_names_say_something(self):
        self.clean("names", "core/text/fold.cpp", "")
        self.found("names", "core/text/string_utils.cpp", "")
        self.found("names", "core/common/fold.cpp", "")
        self.found("names", "core/text/FoldText.cpp", "")

    def test_what_is_declared_is_used(self):
        self.clean("usings", "core/a.cpp", "using ::testing::Not;\nnamespace fs = std::filesystem;\nfs::path a = Not(b);\n")
        self.assertIn("`Not` is not used", self.found("usings", "core/a.cpp", "using ::testing::Not;\nint Nothing;\n"))
        self.assertIn("`fs` is not used", self.found("usings", "core/a.cpp", "namespace fs = std::filesystem;\nint offs;\n"))

    def test_no_test_is_switched_off(self):
        self.clean("tests", "tests/a_test.cpp", "TEST(Fold, Folds) { EXPECT_EQ(1, 1); }  // EXPECT\n")
        self.found("tests", "tests/a_test.cpp", "TEST(Fold, DISABLED_Folds) {}\n")
        self.found("tests", "tests/a_test.cpp", "// TEST(Fold, Folds) {}\n")
        self.found("tests", "tests/a_test.cpp", "  // EXPECT_EQ(1, 2);\n")
        self.found("tests", "tests/a_test.cpp", "#if 0\n")

    def test_links_lead_somewhere(self):
        other = {"docs/b.md": "# Title\n## The `one` way: here\n"}
        self.clean("links", "docs/a.md", "[x](b.md#the-one-way-here) [y](https://example.org/)\n", **other)
        self.clean("links", "docs/a.md", "# Top\n[x](#top)\n")
        self.assertIn("leads nowhere", self.found("links", "docs/a.md", "[x](c.md)\n"))
        self.assertIn("no heading", self.found("links", "docs/a.md", "[x](b.md#elsewhere)\n", **other))

    def test_code_in_a_manual_is_no_link(self):
        self.clean("links", "docs/a.md", "```\n[x](c.md)\n```\n    [x](c.md)\n`[x](c.md)`\n")


if __name__ == "__main__":
    unittest.main()
