// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/boilerplate.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "core/text/fold.h"
#include "indexer/extract/date.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

using Words = std::vector<std::string_view>;
using WordList = std::span<const std::string_view>;

constexpr std::size_t kMaxJudgedBytes = 400;

// All lists are folded: lower case, no diacritics. English and Spanish.
constexpr std::string_view kActionVerbs[] = {
    "download",    "click",      "read",       "see",      "view",     "visit",    "go",        "jump",
    "back",        "skip",       "open",       "print",    "listen",   "watch",    "share",     "subscribe",
    "sign",        "join",       "donate",     "follow",   "log",      "please",   "get",       "find",
    "learn",       "descargar",  "descargue",  "descarga", "descarge", "bajar",    "haga",      "haz",
    "pulse",       "pulsa",      "clic",       "leer",     "lea",      "ver",      "vea",       "visite",
    "ir",          "volver",     "saltar",     "abrir",    "imprimir", "escuchar", "compartir", "comparte",
    "suscribirse", "suscribase", "suscribete", "siganos",  "siguenos", "dona",     "acceder",   "acceda",
    "iniciar",     "consultar",  "consulte"};
constexpr std::string_view kActionCues[] = {
    "here",       "pdf",        "click",    "more",      "content", "contents", "main",       "navigation",
    "menu",       "online",     "below",    "page",      "top",     "home",     "newsletter", "updates",
    "facebook",   "twitter",    "whatsapp", "instagram", "youtube", "in",       "up",         "enable",
    "javascript", "friend",     "version",  "link",      "aqui",    "clic",     "mas",        "contenido",
    "principal",  "navegacion", "linea",    "pagina",    "arriba",  "inicio",   "boletin",    "sesion",
    "enlace",     "siguiente",  "word",     "mp3",       "us"};
constexpr std::string_view kNavigation[] = {"menu",
                                            "home",
                                            "inicio",
                                            "search",
                                            "buscar",
                                            "contents",
                                            "table of contents",
                                            "indice",
                                            "contenido",
                                            "contenidos",
                                            "tabla de contenido",
                                            "tabla de contenidos",
                                            "indice general",
                                            "sumario",
                                            "index",
                                            "share",
                                            "compartir",
                                            "print",
                                            "imprimir",
                                            "advertisement",
                                            "publicidad",
                                            "loading",
                                            "cargando",
                                            "next",
                                            "previous",
                                            "siguiente",
                                            "anterior",
                                            "back",
                                            "volver",
                                            "atras",
                                            "close",
                                            "cerrar",
                                            "login",
                                            "log in",
                                            "sign in",
                                            "sign up",
                                            "register",
                                            "iniciar sesion",
                                            "contact",
                                            "contact us",
                                            "contacto",
                                            "contactenos",
                                            "about us",
                                            "quienes somos",
                                            "toggle navigation",
                                            "back to top",
                                            "navigation",
                                            "navegacion",
                                            "read more",
                                            "leer mas",
                                            "see also",
                                            "vease tambien",
                                            "for immediate release",
                                            "para difusion inmediata",
                                            "press release",
                                            "news release",
                                            "comunicado de prensa",
                                            "nota de prensa",
                                            "draft",
                                            "borrador",
                                            "confidential",
                                            "confidencial",
                                            "annex",
                                            "anexo",
                                            "appendix",
                                            "copyright",
                                            "abstract",
                                            "resumen",
                                            "summary",
                                            "introduction",
                                            "introduccion",
                                            "memorandum",
                                            "unclassified",
                                            "sin clasificar",
                                            "skip to content"};
constexpr std::string_view kSmallWords[] = {
    "of",        "the",         "de",       "del",    "a",     "al",     "el",        "on",
    "and",       "y",           "st",       "nd",     "rd",    "th",     "to",        "page",
    "pag",       "pagina",      "p",        "pg",     "pp",    "monday", "tuesday",   "wednesday",
    "thursday",  "friday",      "saturday", "sunday", "lunes", "martes", "miercoles", "jueves",
    "viernes",   "sabado",      "domingo",  "mon",    "tue",   "wed",    "thu",       "fri",
    "sat",       "sun",         "am",       "pm",     "gmt",   "utc",    "updated",   "published",
    "publicado", "actualizado", "fecha",    "date"};
constexpr std::string_view kLetterheads[] = {
    "ministry",   "ministerio",   "department",   "departamento",  "embassy",     "embajada",    "office",
    "oficina",    "court",        "corte",        "tribunal",      "university",  "universidad", "republic",
    "republica",  "government",   "gobierno",     "municipalidad", "congress",    "congreso",    "senate",
    "senado",     "organization", "organizacion", "asociacion",    "association", "foundation",  "fundacion",
    "nations",    "unidas",       "commission",   "comision",      "secretaria",  "institute",   "instituto",
    "defensoria", "fiscalia",     "poder",        "ltd",           "inc",         "watch",       "amnesty",
    "amnistia"};
constexpr std::string_view kEmptyTitles[] = {"untitled",
                                             "sin titulo",
                                             "sans titre",
                                             "ohne titel",
                                             "no title",
                                             "title",
                                             "titulo",
                                             "document",
                                             "documento",
                                             "doc",
                                             "presentation",
                                             "diapositive",
                                             "diapositiva",
                                             "folie",
                                             "presentacion",
                                             "powerpoint presentation",
                                             "presentacion de powerpoint",
                                             "slide",
                                             "diapositiva",
                                             "book",
                                             "libro",
                                             "sheet",
                                             "hoja",
                                             "null",
                                             "undefined",
                                             "none",
                                             "unknown",
                                             "desconocido",
                                             "anonymous",
                                             "pdf document",
                                             "pdf",
                                             "layout",
                                             "template",
                                             "plantilla",
                                             "scan",
                                             "scanned document",
                                             "index",
                                             "home",
                                             "new page",
                                             "page title",
                                             "untitled document",
                                             "documento sin titulo",
                                             "blank",
                                             "default",
                                             "test",
                                             "print",
                                             "normal",
                                             "normal template",
                                             "word document",
                                             "documento de word",
                                             "html",
                                             "webpage",
                                             "home page",
                                             "homepage",
                                             "inicio",
                                             "your title here"};
constexpr std::string_view kFileEndings[] = {
    ".doc",  ".docx", ".docm", ".dot",  ".dotx", ".pdf",  ".indd", ".qxd", ".qxp", ".p65", ".pm6",
    ".pmd",  ".xls",  ".xlsx", ".dvi",  ".tex",  ".ps",   ".eps",  ".odt", ".rtf", ".txt", ".wpd",
    ".htm",  ".html", ".ppt",  ".pptx", ".pub",  ".ai",   ".cdr",  ".odg", ".odp", ".ods", ".tif",
    ".tiff", ".jpg",  ".jpeg", ".png",  ".fm",   ".book", ".sdw",  ".sxw", ".wps", ".md",  ".xml"};

bool Has(WordList list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

Words WordsOf(std::string_view folded) {
  Words words;
  for (std::size_t at = 0; at < folded.size();) {
    if (!IsWordByte(folded[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < folded.size() && IsWordByte(folded[at])) ++at;
    words.push_back(folded.substr(begin, at - begin));
  }
  return words;
}

bool IsNumber(std::string_view word) {
  return word.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "1st", "2nd", "17th".
bool IsOrdinal(std::string_view word) {
  const std::size_t digits = word.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos || digits > 2) return false;
  return word.substr(digits) == "st" || word.substr(digits) == "nd" || word.substr(digits) == "rd" ||
         word.substr(digits) == "th";
}

bool IsRoman(std::string_view word) {
  return word.size() <= 6 && word.find_first_not_of("ivxl") == std::string_view::npos;
}

/// Numbers, dates, "Page 3 of 12", "Lima, 17 de enero de 2023": nothing but numbers, months, weekdays and
/// little words, after at most two words of a place before a comma.
bool IsDateOrPage(std::string_view folded, const Words& words) {
  const std::size_t comma = folded.find(',');
  const Words place = comma < 30 ? WordsOf(folded.substr(0, comma)) : Words{};
  const auto little = [](std::string_view word) {
    return IsNumber(word) || IsOrdinal(word) || Has(kSmallWords, word) || MonthNumber(word) != 0 ||
           IsRoman(word);
  };
  const auto number = [](std::string_view word) {
    return IsNumber(word) || IsOrdinal(word) || IsRoman(word);
  };
  if (!std::any_of(words.begin(), words.end(), number)) return false;
  if (std::all_of(words.begin(), words.end(), little)) return true;
  if (place.empty() || place.size() > 3) return false;
  const Words rest(words.begin() + static_cast<std::ptrdiff_t>(place.size()), words.end());
  const bool month =
      std::any_of(rest.begin(), rest.end(), [](std::string_view w) { return MonthNumber(w) != 0; });
  return month && std::all_of(rest.begin(), rest.end(), little);
}

/// "Download Joint Statement in PDF here.", "Click here to …", "Haga clic aquí", "Skip to main content".
bool IsCallToAction(const Words& words) {
  if (words.size() > 12 || words.size() < 2 || !Has(kActionVerbs, words.front())) return false;
  const std::string_view last = words.back();
  if (words.size() <= 5) {
    return std::any_of(words.begin() + 1, words.end(),
                       [](std::string_view w) { return Has(kActionCues, w); });
  }
  return last == "here" || last == "aqui" || last == "pdf" || last == "more" || last == "mas" ||
         words[1] == "here" || words[1] == "clic" || words[1] == "aqui";
}

bool IsAddress(std::string_view folded) {
  const bool spaces = folded.find(' ') != std::string_view::npos;
  const std::size_t scheme = folded.find("://");
  if (scheme < 12) {
    return std::count(folded.begin(), folded.end(), ' ') <= 2;
  }
  if (spaces) {
    constexpr std::array<std::string_view, 11> kLabels = {
        "email:", "e-mail:", "correo:", "tel:",      "tel.:", "phone:",
        "fax:",   "url:",    "web:",    "telefono:", "www."};
    return std::any_of(kLabels.begin(), kLabels.end(),
                       [folded](std::string_view label) { return folded.substr(0, label.size()) == label; });
  }
  if (folded.substr(0, 4) == "www.") return true;
  return folded.find('@') != std::string_view::npos && folded.find('.') != std::string_view::npos;
}

bool IsLegal(std::string_view folded) {
  constexpr std::string_view kMarks[] = {"©", "(c) ", "copyright", "all rights reserved",
                                         "todos los derechos reservados"};
  return std::any_of(std::begin(kMarks), std::end(kMarks),
                     [folded](std::string_view mark) { return folded.substr(0, mark.size()) == mark; });
}

/// "MINISTERIO DEL INTERIOR": whose paper it is, not what is on it.
bool IsLetterhead(std::string_view line, const Words& words) {
  if (!IsAllCaps(line) || words.size() > 7) return false;
  return std::any_of(words.begin(),
                     words.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(words.size(), 3)),
                     [](std::string_view w) { return Has(kLetterheads, w); });
}

std::size_t CountLetters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
  }));
}

/// A line of TeX, AsciiDoc, reStructuredText, a wiki or a program: "[[anchor]]", "\\begin{…}", "{{ toc }}",
/// ":toc:", "<?xml", "#!/bin/sh".
bool IsMarkup(std::string_view folded) {
  constexpr std::string_view kStarts[] = {"\\",  "{", "[[", "<", "//", "/*", ".. ",
                                          "```", "%", "#!", "@", "![", "[!", "#include"};
  if (std::any_of(std::begin(kStarts), std::end(kStarts),
                  [folded](std::string_view start) { return folded.substr(0, start.size()) == start; })) {
    return true;
  }
  return folded.size() > 2 && folded.front() == ':' && folded.find(':', 1) != std::string_view::npos &&
         folded.find(' ') > folded.find(':', 1);
}

std::string_view TrimPunctuation(std::string_view text) {
  constexpr std::string_view kMarks = " .:;,!¡?¿-*#=_|>\"'()[]{}";
  const std::size_t begin = text.find_first_not_of(kMarks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kMarks) + 1 - begin);
}

bool EndsLikeFile(std::string_view folded) {
  const bool ending =
      std::any_of(std::begin(kFileEndings), std::end(kFileEndings), [folded](std::string_view end) {
        return folded.size() > end.size() && folded.substr(folded.size() - end.size()) == end;
      });
  return ending && std::count(folded.begin(), folded.end(), ' ') < 8;
}

}  // namespace

bool IsBoilerplate(std::string_view line) {
  const std::string tidy = TidyLine(line, kMaxJudgedBytes);
  const std::string folded = text::Fold(tidy);
  if (CountLetters(folded) < 2 || IsMarkup(folded)) return true;
  if (tidy.size() >= kMaxJudgedBytes - 4) return false;
  if (Has(kNavigation, TrimPunctuation(folded))) return true;
  const Words words = WordsOf(folded);
  return IsAddress(folded) || IsLegal(folded) || IsDateOrPage(folded, words) || IsCallToAction(words) ||
         IsLetterhead(tidy, words);
}

bool IsAllCaps(std::string_view line) {
  std::size_t upper = 0;
  for (std::size_t at = 0; at < line.size();) {
    const CodePoint c = DecodeUtf8(line, at);
    at += c.size;
    const bool latin_lower = c.value >= 0xDF && c.value <= 0xFF && c.value != 0xF7;
    if ((c.value >= 'a' && c.value <= 'z') || latin_lower) return false;
    if ((c.value >= 'A' && c.value <= 'Z') || (c.value >= 0xC0 && c.value <= 0xDE)) ++upper;
  }
  return upper >= 3;
}

bool SaysNothing(std::string_view title) {
  const std::string tidy = TidyLine(title, kMaxJudgedBytes);
  const std::string folded = text::Fold(tidy);
  const std::string_view bare = TrimPunctuation(folded);
  if (CountLetters(bare) < 1 || bare.size() < 2 || EndsLikeFile(bare)) return true;
  std::string_view stem = bare;
  while (!stem.empty() &&
         (IsNumber(stem.substr(stem.size() - 1)) || stem.back() == ' ' || stem.back() == '-')) {
    stem.remove_suffix(1);
  }
  if (Has(kEmptyTitles, TrimPunctuation(stem))) return true;
  constexpr std::string_view kGenerators[] = {"microsoft word -",
                                              "microsoft powerpoint -",
                                              "microsoft excel -",
                                              "untitled-",
                                              "file:/",
                                              "c:\\",
                                              "d:\\",
                                              "/home/",
                                              "/users/",
                                              "<",
                                              "http:/",
                                              "https:/",
                                              "adobe photoshop",
                                              "slide 1",
                                              "print job",
                                              "crystal reports"};
  if (std::any_of(std::begin(kGenerators), std::end(kGenerators),
                  [bare](std::string_view mark) { return bare.substr(0, mark.size()) == mark; })) {
    return true;
  }
  if (bare.find("\xEF\xBF\xBD") != std::string_view::npos) return true;
  // One "word" joined by underscores or holding digits is a file's name, not a title.
  const bool one_word = bare.find(' ') == std::string_view::npos;
  return one_word && bare.find_first_of("_0123456789\\") != std::string_view::npos && bare.size() > 3;
}

}  // namespace quipu::extract
