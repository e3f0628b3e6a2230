// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/judgment_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

namespace quipu::search {
namespace {

constexpr std::uintmax_t kMaxFileBytes = 256ULL << 20;
// Beyond it no grade means anything, and sums of them must stay finite.
constexpr double kMaxGrade = 1e6;

/// Calls `take(line, number)` for each line that says something, until it returns an error.
template <typename Take>
Status ForEachLine(std::string_view text, const Take& take) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    if (Status taken = take(line, number); !taken) return taken;
  }
  return Done{};
}

std::vector<std::string> Columns(std::string_view line) {
  const std::string_view separators = line.find('\t') != std::string_view::npos ? "\t" : " ";
  std::vector<std::string> columns;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find_first_of(separators), line.size());
    // Several spaces are one; two tabs hold an empty column.
    if (end > 0 || separators == "\t") columns.emplace_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return columns;
}

std::optional<double> GradeOf(const std::string& text) {
  char* end = nullptr;
  const double grade = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !(std::fabs(grade) <= kMaxGrade)) return std::nullopt;
  return std::trunc(grade);
}

bool NamesColumns(const std::vector<std::string>& columns) {
  static constexpr std::array<std::string_view, 10> kIds = {
      "id", "docid", "doc-id", "doc_id", "doc", "docno", "corpus", "corpus-id", "document", "doc id"};
  // "1 0 doc 1" judges a document that is called so.
  if (columns.size() < 2 || (columns.size() > 2 && GradeOf(columns.back()))) return false;
  return std::find(kIds.begin(), kIds.end(), columns[columns.size() == 4 ? 2 : 1]) != kIds.end();
}

Error Fault(std::size_t line, const std::string& what) {
  return {Code::kUsage, "line " + std::to_string(line) + ": " + what};
}

}  // namespace

Result<NamedQueries> ParseQueries(std::string_view text) {
  NamedQueries queries;
  const Status read = ForEachLine(text, [&](std::string_view line, std::size_t number) -> Status {
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) return Fault(number, "expected a query's name, a tab and its text");
    queries.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    return Done{};
  });
  if (!read) return read.error();
  return queries;
}

Result<Qrels> ParseJudgments(std::string_view text) {
  Qrels qrels;
  bool first = true;
  const Status read = ForEachLine(text, [&](std::string_view line, std::size_t number) -> Status {
    std::vector<std::string> columns = Columns(line);
    const bool heading = std::exchange(first, false) && NamesColumns(columns);
    if (heading) return Done{};
    if (columns.size() == 4) columns.erase(columns.begin() + 1);
    if (columns.size() == 2) columns.emplace_back("1");
    if (columns.size() != 3 || columns[0].empty() || columns[1].empty())
      return Fault(number, "expected a query, a document's id and perhaps a grade, with tabs between");
    const std::optional<double> grade = GradeOf(columns[2]);
    if (!grade) return Fault(number, "`" + columns[2].substr(0, 64) + "` is no grade; expected a number");
    const auto [judged, fresh] = qrels[columns[0]].try_emplace(columns[1], *grade);
    if (!fresh) judged->second = std::max(judged->second, *grade);
    return Done{};
  });
  if (!read) return read.error();
  return qrels;
}

Result<std::string> ReadWholeFile(const std::filesystem::path& file) {
  std::error_code fault;
  const std::uintmax_t size = std::filesystem::file_size(file, fault);
  if (fault) return Error{Code::kUsage, "`" + file.string() + "` cannot be read: " + fault.message()};
  if (size > kMaxFileBytes) return Error{Code::kUsage, "`" + file.string() + "` has over 256 MiB"};
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error{Code::kUsage, "`" + file.string() + "` cannot be read"};
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace quipu::search
