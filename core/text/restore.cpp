// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/restore.h"

#include <array>
#include <span>

namespace quipu::text {
namespace {

struct Ending {
  std::string_view plain;
  std::string_view accented;
};

// For each language the first ending that fits is replaced. Portuguese plurals become singulars: the stemmer
// knows "informações" but leaves "nações" and "nação" apart.
constexpr std::array kSpanish{
    Ending{"cion", "ción"},
    Ending{"sion", "sión"},
};
constexpr std::array kPortuguese{
    Ending{"cao", "ção"}, Ending{"coes", "ção"}, Ending{"ao", "ão"},
    Ending{"oes", "ão"},  Ending{"aes", "ães"},
};

std::span<const Ending> EndingsOf(std::string_view language) {
  if (language == "es") return kSpanish;
  if (language == "pt") return kPortuguese;
  return {};
}

}  // namespace

std::string RestoreAccents(const std::string& folded, std::string_view language) {
  const std::string_view word = folded;
  for (const Ending& ending : EndingsOf(language)) {
    if (!word.ends_with(ending.plain)) continue;
    std::string restored(word.substr(0, word.size() - ending.plain.size()));
    return restored += ending.accented;
  }
  return folded;
}

}  // namespace quipu::text
