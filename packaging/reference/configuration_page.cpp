// SPDX-License-Identifier: GPL-2.0-or-later
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "core/config/key_table.h"
#include "packaging/reference/manual_page.h"
#include "packaging/reference/roff.h"

namespace quipu::reference {
namespace {

using config::Key;

constexpr std::string_view kBegin =
    ".SH NAME\nquipu.toml \\- configuration of quipu\\-indexer and quipu\\-searchd\n"
    ".SH DESCRIPTION\n"
    "One file, in TOML, configures both programs. They look for it in this order:\n"
    "\\fB\\-\\-config\\fR \\fIFILE\\fR, the environment variable \\fBQUIPU_CONFIG\\fR,\n"
    "\\fB./quipu.toml\\fR, \\fB/etc/quipu/quipu.toml\\fR.\n"
    "For each key an option of the command line wins over the environment, the environment over the file,\n"
    "and the file over the default. A relative path stands against the folder of the file.\n"
    ".PP\n"
    "\\fBquipu\\-indexer check\\fR and \\fBquipu\\-searchd check\\fR tell every fault of the file with its "
    "line and column.\n"
    ".SH EXAMPLE\n"
    ".EX\n"
    "data_dir = \\(dq/var/lib/quipu\\(dq\n"
    "\n"
    "[searchd]\n"
    "listen = \\(dq127.0.0.1:7700\\(dq\n"
    "\n"
    "[indexes.statements]\n"
    "title = \\(dqStatements\\(dq\n"
    "languages = [\\(dqen\\(dq, \\(dqes\\(dq]\n"
    "\n"
    "[[indexes.statements.sources]]\n"
    "type = \\(dqfolder\\(dq\n"
    "path = \\(dq/srv/statements\\(dq\n"
    "url = \\(dqhttps://example.org/statements/\\(dq\n"
    ".EE\n"
    ".SH KEYS\n"
    "\\fINAME\\fR is the name of an index: 1 to 64 of the letters a\\-z and A\\-Z, digits, \\fB_\\fR and "
    "\\fB\\-\\fR.\n"
    "\\fIFIELD\\fR is any field of your documents. There may be several tables in double brackets.\n";

constexpr std::string_view kEnd =
    ".SH ENVIRONMENT\n"
    "A key that shows a variable can be set by it. The index \\fBold\\-news\\fR has \\fBOLD_NEWS\\fR in the "
    "place of\n"
    "\\fINAME\\fR, and the file must name it. Lists are separated by commas.\n"
    ".SH SEE ALSO\n"
    ".BR quipu\\-indexer (1),\n"
    ".BR quipu\\-searchd (1)\n";

/// "indexes.*.sources[]" → "[[indexes.NAME.sources]]", as the file has it.
std::string TableHeading(std::string_view table) {
  if (table.empty()) return "Above all tables";
  std::string shown(table);
  const bool array = shown.ends_with("[]");
  if (array) shown.resize(shown.size() - 2);
  for (const auto& [star, name] : {std::pair{"indexes.*", "indexes.NAME"}, {"fields.*", "fields.FIELD"}}) {
    if (const std::size_t at = shown.find(star); at != std::string::npos)
      shown.replace(at, std::string_view(star).size(), name);
  }
  return array ? "[[" + shown + "]]" : "[" + shown + "]";
}

std::string_view Reader(config::ReadBy read_by) {
  switch (read_by) {
    case config::ReadBy::kIndexer: return "quipu-indexer";
    case config::ReadBy::kSearchd: return "quipu-searchd";
    case config::ReadBy::kBoth: break;
  }
  return "both programs";
}

std::string Paragraph(const Key& key, std::string_view name) {
  std::string text = fmt::format(".TP\n{} = {}\n{}\n", RoffBold(name), RoffItalic(config::ShowDefault(key)),
                                 RoffSentence(key.meaning));
  text += fmt::format("{} Read by {}.\n", RoffSentence(config::Expectation(key)), Roff(Reader(key.read_by)));
  if (const std::string variable = config::EnvironmentName(key); !variable.empty())
    text += "In the environment " + RoffBold(variable) + ".\n";
  return text;
}

}  // namespace

std::string ConfigurationPage(const Edition& edition) {
  std::string text = RoffTitle("quipu.toml", 5, edition.date, edition.version);
  text += kBegin;
  std::string_view last = "none yet";
  for (const Key& key : config::Keys()) {
    const std::size_t dot = key.path.rfind('.');
    const std::string_view table = dot == std::string_view::npos ? "" : key.path.substr(0, dot);
    if (table != last) text += ".SS " + Roff(TableHeading(table)) + "\n";
    last = table;
    text += Paragraph(key, key.path.substr(dot == std::string_view::npos ? 0 : dot + 1));
  }
  text += kEnd;
  return text;
}

}  // namespace quipu::reference
