// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/restore.h"

#include <array>
#include <cstddef>
#include <span>

namespace quipu::text {
namespace {

// A word of at least `min_bytes` that ends in `plain` gets `restored` in its place.
struct Ending {
  std::string_view plain;
  std::string_view restored;
  std::size_t min_bytes = 0;
};

// For each language the first ending that fits is replaced; where a plural loses or gains its accent, it
// becomes the singular. docs/decisions/languages.md shows what each of them is worth.
constexpr std::array kSpanish{
    Ending{"cion", "ción"},     Ending{"sion", "sión"},       Ending{"eses", "es", 5},
    Ending{"enes", "en", 5},    Ending{"anes", "an", 6},      Ending{"ades", "ad", 6},
    Ending{"udes", "ud", 6},    Ending{"logia", "logía"},     Ending{"logias", "logías"},
    Ending{"grafia", "grafía"}, Ending{"grafias", "grafías"},
};
constexpr std::array kPortuguese{
    Ending{"cao", "ção"},         Ending{"coes", "ção"},        Ending{"ao", "ão"},
    Ending{"oes", "ão", 5},       Ending{"aes", "ães"},         Ending{"eses", "es", 5},
    Ending{"ns", "m", 4},         Ending{"ais", "al", 5},       Ending{"til", "tel", 4},
    Ending{"cel", "cil", 5},      Ending{"ceis", "cil"},        Ending{"sseis", "ssil"},
    Ending{"geis", "gil"},        Ending{"beis", "bil"},        Ending{"ivis", "ivil"},
    Ending{"rfis", "rfil"},       Ending{"uzis", "uzil"},       Ending{"enis", "enil", 6},
    Ending{"antis", "antel", 6},  Ending{"ostis", "ostel", 5},  Ending{"avel", "ável"},
    Ending{"aveis", "ável"},      Ending{"ivel", "ível"},       Ending{"iveis", "ível"},
    Ending{"eis", "el", 5},       Ending{"ois", "ol", 5},       Ending{"uis", "ul", 5},
    Ending{"encia", "ência"},     Ending{"encias", "ência"},    Ending{"avamos", "ávamos"},
    Ending{"aramos", "áramos"},   Ending{"eramos", "êramos"},   Ending{"iramos", "íramos"},
    Ending{"assemos", "ássemos"}, Ending{"essemos", "êssemos"}, Ending{"issemos", "íssemos"},
    Ending{"iamos", "íamos"},
};
constexpr std::array kFrench{
    Ending{"ee", "ée"},
    Ending{"ees", "ées"},
    Ending{"ere", "ère"},
    Ending{"eres", "ères"},
};
constexpr std::array kCatalan{
    Ending{"io", "ió", 4},
};
// With a cedilla, as Snowball has it, though the letter's right form has a comma.
constexpr std::array kRomanian{
    Ending{"atie", "aţie"},
    Ending{"atia", "aţia"},
    Ending{"atiei", "aţiei"},
};

std::span<const Ending> EndingsOf(std::string_view language) {
  if (language == "ca") return kCatalan;
  if (language == "es") return kSpanish;
  if (language == "fr") return kFrench;
  if (language == "pt") return kPortuguese;
  if (language == "ro") return kRomanian;
  return {};
}

}  // namespace

std::string RestoreAccents(const std::string& folded, std::string_view language) {
  const std::string_view word = folded;
  for (const Ending& ending : EndingsOf(language)) {
    if (word.size() < ending.min_bytes || !word.ends_with(ending.plain)) continue;
    std::string restored(word.substr(0, word.size() - ending.plain.size()));
    return restored += ending.restored;
  }
  return folded;
}

}  // namespace quipu::text
