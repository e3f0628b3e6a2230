// SPDX-License-Identifier: GPL-2.0-or-later
#include "bench/relevance/collection.h"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/text/language.h"

namespace quipu::bench {

Queries ReadQueries(const std::filesystem::path& file) {
  Queries queries;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    if (tab != std::string::npos) queries.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  }
  return queries;
}

Qrels ReadQrels(const std::filesystem::path& file) {
  Qrels qrels;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    std::vector<std::string> parts;
    for (std::string part; fields >> part;) parts.push_back(part);
    if (parts.size() == 4) parts.erase(parts.begin() + 1);
    if (parts.size() != 3) continue;
    char* end = nullptr;
    const double gain = std::strtod(parts[2].c_str(), &end);
    if (end == parts[2].c_str()) continue;  // a header line
    qrels[parts[0]][parts[1]] = gain;
  }
  return qrels;
}

void ReadCorpus(const std::filesystem::path& file, const std::function<void(schema::Document)>& take) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto json = nlohmann::json::parse(line);
    schema::Document document;
    document.id = json.at("id").get<std::string>();
    document.title = json.value("title", "");
    document.body = json.value("text", "");
    document.type = "text";
    document.language = text::DetectLanguage(document.title + "\n" + document.body);
    take(std::move(document));
  }
}

}  // namespace quipu::bench
