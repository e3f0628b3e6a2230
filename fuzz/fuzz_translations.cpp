// SPDX-License-Identifier: GPL-2.0-or-later
// Ids, addresses and links of any bytes: links are read within bounds, come back from their stored form, and
// lead to the same place when they are resolved again.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/index/link_target.h"
#include "core/index/translation_links.h"

namespace {

void Demand(bool condition) {
  if (!condition) std::abort();
}

std::string_view Line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quipu;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  schema::Document document;
  document.id = Line(rest);
  document.url = Line(rest);
  std::vector<schema::Scalar> alternates;
  while (!rest.empty()) alternates.emplace_back(std::string(Line(rest)));
  document.fields["alternates"] = alternates;
  const auto links = index::LinksOf(document);
  Demand(links.alternates.size() <= 64);
  Demand(index::DecodeLinks(index::EncodeLinks(links)) == links);
  (void)index::DecodeLinks(std::string_view(reinterpret_cast<const char*>(data), size));
  const auto keys = index::GroupTranslations({&links, 1}, true);
  Demand(keys.size() == 1 && keys.front().empty());
  const std::string target = index::LinkTarget(document.url, document.id);
  Demand(target.size() <= document.url.size() + document.id.size() + 2);
  Demand(target.find('#') == std::string::npos);
  return 0;
}
