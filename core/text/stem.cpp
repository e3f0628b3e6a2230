// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/stem.h"

#include <algorithm>
#include <array>

#include "core/text/analyzer.h"
#include "core/text/fold.h"
#include "core/text/restore.h"

namespace quipu::text {
namespace {

struct Snowball {
  std::string_view language;
  std::string_view name;  // as Xapian lists it
};

constexpr std::array kSnowball{
    Snowball{"ar", "arabic"},     Snowball{"ca", "catalan"},   Snowball{"da", "danish"},
    Snowball{"de", "german"},     Snowball{"en", "english"},   Snowball{"es", "spanish"},
    Snowball{"eu", "basque"},     Snowball{"fi", "finnish"},   Snowball{"fr", "french"},
    Snowball{"ga", "irish"},      Snowball{"hu", "hungarian"}, Snowball{"hy", "armenian"},
    Snowball{"id", "indonesian"}, Snowball{"it", "italian"},   Snowball{"lt", "lithuanian"},
    Snowball{"ne", "nepali"},     Snowball{"nl", "dutch"},     Snowball{"no", "norwegian"},
    Snowball{"pt", "portuguese"}, Snowball{"ro", "romanian"},  Snowball{"ru", "russian"},
    Snowball{"sv", "swedish"},    Snowball{"ta", "tamil"},     Snowball{"tr", "turkish"},
};

bool IsListed(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    if (names.substr(0, end) == name) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

// The name of the language's stemmer, "none" if there is none.
std::string_view NameOf(std::string_view language) {
  if (language == "nb" || language == "nn") language = "no";
  const auto* found = std::find_if(kSnowball.begin(), kSnowball.end(),
                                   [&](const Snowball& each) { return each.language == language; });
  // Other releases of Xapian have other stemmers.
  if (found == kSnowball.end() || !IsListed(Xapian::Stem::get_available_languages(), found->name))
    return "none";
  return found->name;
}

}  // namespace

bool StemsKeepFirstLetter(std::string_view language) {
  // Irish "bhean" is "bean", Indonesian "menulis" is "tulis".
  return language != "ga" && language != "id";
}

Stemmer::Stemmer(std::string_view language) : language_(language), stem_(std::string(NameOf(language))) {}

std::string Stemmer::StemFolded(const std::string& folded) const {
  return stem_.is_none() ? folded : Settle(stem_(RestoreAccents(folded, language_)));
}

std::string Stemmer::StemExact(const std::string& exact) const {
  return stem_.is_none() ? StripMarks(exact) : Settle(stem_(exact));
}

std::string Stemmer::Settle(const std::string& stem) const {
  std::string settled = StripMarks(stem);
  // Spanish writes the z of "juez" as a c before e ("jueces"), which Snowball leaves.
  if (language_ == "es" && settled.size() > 1 && settled.ends_with('z')) settled.back() = 'c';
  return settled;
}

bool HasStemmer(std::string_view language) { return NameOf(language) != "none"; }

}  // namespace quipu::text
