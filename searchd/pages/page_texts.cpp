// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/page_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace quipu::searchd {
namespace {

constexpr PageTexts kEnglish = {
    .language = "en",
    .search = "Search",
    .placeholder = "Words, or a “phrase”",
    .index_label = "Search in",
    .welcome = "Full text of {} documents.",
    .one_result = "One document for “{1}”",
    .results = "{0} documents for “{1}”",
    .at_least_results = "More than {0} documents for “{1}”",
    .all_documents = "All {0} documents",
    .page_of = "page {0} of {1}",
    .no_results = "Nothing was found for “{}”.",
    .no_results_hint = "Try fewer words, other words, or leave out the quotation marks.",
    .partial = "The search was cut short because it took too long; there may be more.",
    .truncated = "The query was very long; its most common words were left out.",
    .also_searched = "These are also results for “{}”.",
    .search_only = "Search only for",
    .did_you_mean = "Did you mean",
    .fewer_words = "No document has these words as they are; some of them were left out.",
    .previous = "Previous",
    .next = "Next",
    .pages = "Pages of results",
    .in_text = "in the text",
    .original = "Original",
    .cut = "Only the beginning of this very long text is shown here.",
    .unknown_document = "There is no such document here.",
    .also_in = "also in {}",
    .duplicates = "Nearly the same ({}):",
    .pdf_page = "page {}",
    .section = "Section",
    .unknown_index = "There is no such collection here.",
    .not_built = "This collection has not been indexed yet. It will appear here by itself once it is.",
    .too_long = "That is too long for a query: at most 2,048 bytes are allowed.",
    .too_far = "There are no results this far down.",
    .failed = "Something went wrong on our side. Please try again.",
    .back = "Back to the search",
    .needs_key =
        "This search answers only programs that send a key, which a browser cannot do by itself. Whoever "
        "runs it can open this page with a key of its own (searchd.page_key).",
    .key_refused = "This page is closed: its key has expired or was withdrawn.",
    .too_often = "Too many requests came from your address. Please wait a moment and try again.",
    .filters = "Filters",
    .facet_language = "Language",
    .facet_type = "Type",
    .facet_tags = "Tags",
    .chosen = "chosen; choose again to remove",
    .dates_and_order = "Dates and order",
    .from = "From",
    .to = "To",
    .order = "Order",
    .by_rank = "Best first",
    .newest_first = "Newest first",
    .oldest_first = "Oldest first",
    .apply = "Apply",
    .feed = "Feed of new results",
    .skip = "Skip to the results",
    .date = "{0} {1} {2}",
    .months = {"January", "February", "March", "April", "May", "June", "July", "August", "September",
               "October", "November", "December"},
    .thousands = ',',
};

constexpr PageTexts kSpanish = {
    .language = "es",
    .search = "Buscar",
    .placeholder = "Palabras, o una «frase»",
    .index_label = "Buscar en",
    .welcome = "Texto completo de {} documentos.",
    .one_result = "Un documento para «{1}»",
    .results = "{0} documentos para «{1}»",
    .at_least_results = "Más de {0} documentos para «{1}»",
    .all_documents = "Los {0} documentos",
    .page_of = "página {0} de {1}",
    .no_results = "No se encontró nada para «{}».",
    .no_results_hint = "Pruebe con menos palabras, con otras, o sin las comillas.",
    .partial = "La búsqueda se interrumpió porque tardaba demasiado; puede haber más.",
    .truncated = "La consulta era muy larga; se dejaron fuera sus palabras más comunes.",
    .also_searched = "También son resultados para «{}».",
    .search_only = "Buscar solo",
    .did_you_mean = "¿Quiso decir",
    .fewer_words = "Ningún documento tiene estas palabras tal cual; se dejaron fuera algunas.",
    .previous = "Anterior",
    .next = "Siguiente",
    .pages = "Páginas de resultados",
    .in_text = "en el texto",
    .original = "Original",
    .cut = "Aquí solo se muestra el comienzo de este texto tan largo.",
    .unknown_document = "Aquí no existe ese documento.",
    .also_in = "también en {}",
    .duplicates = "Casi iguales ({}):",
    .pdf_page = "página {}",
    .section = "Sección",
    .unknown_index = "Aquí no existe esa colección.",
    .not_built = "Esta colección aún no está indexada. Aparecerá aquí por sí sola cuando lo esté.",
    .too_long = "La consulta es demasiado larga: se permiten 2048 bytes como máximo.",
    .too_far = "No hay resultados tan lejos.",
    .failed = "Algo falló de nuestro lado. Vuelva a intentarlo.",
    .back = "Volver a la búsqueda",
    .needs_key =
        "Este buscador solo responde a programas que envían una clave, y un navegador no puede hacerlo por "
        "sí mismo. Quien lo administra puede abrir esta página con una clave propia (searchd.page_key).",
    .key_refused = "Esta página está cerrada: su clave ha caducado o fue retirada.",
    .too_often =
        "Han llegado demasiadas peticiones desde su dirección. Espere un momento e inténtelo de nuevo.",
    .filters = "Filtros",
    .facet_language = "Idioma",
    .facet_type = "Tipo",
    .facet_tags = "Etiquetas",
    .chosen = "elegido; elija otra vez para quitarlo",
    .dates_and_order = "Fechas y orden",
    .from = "Desde",
    .to = "Hasta",
    .order = "Orden",
    .by_rank = "Lo mejor primero",
    .newest_first = "Lo más nuevo primero",
    .oldest_first = "Lo más antiguo primero",
    .apply = "Aplicar",
    .feed = "Canal de novedades de esta búsqueda",
    .skip = "Ir a los resultados",
    .date = "{0} de {1} de {2}",
    .months = {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
               "octubre", "noviembre", "diciembre"},
    .thousands = '.',
};

struct Preference {
  std::string_view tag;
  double quality = 1;
};

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// One element of Accept-Language: "es-PE;q=0.8".
Preference ReadPreference(std::string_view element) {
  const std::size_t semicolon = std::min(element.find(';'), element.size());
  Preference preference{.tag = Trim(element.substr(0, semicolon))};
  const std::string_view weight = Trim(element.substr(std::min(semicolon + 1, element.size())));
  if (weight.starts_with("q=")) {
    const auto [end, fault] =
        std::from_chars(weight.data() + 2, weight.data() + weight.size(), preference.quality);
    if (fault != std::errc()) preference.quality = 0;
  }
  return preference;
}

bool Matches(std::string_view tag, const PageTexts& texts) {
  return tag.size() >= 2 && (tag.size() == 2 || tag[2] == '-') &&
         std::equal(texts.language.begin(), texts.language.end(), tag.begin(),
                    [](char a, char b) { return a == (b | 0x20); });
}

}  // namespace

const PageTexts& TextsFor(std::string_view accept_language) {
  const PageTexts* best = &kEnglish;
  double quality = 0;
  while (!accept_language.empty()) {
    const std::size_t comma = std::min(accept_language.find(','), accept_language.size());
    const Preference preference = ReadPreference(accept_language.substr(0, comma));
    accept_language.remove_prefix(std::min(comma + 1, accept_language.size()));
    for (const PageTexts* texts : {&kEnglish, &kSpanish}) {
      if (preference.quality > quality && Matches(preference.tag, *texts)) {
        best = texts;
        quality = preference.quality;
      }
    }
  }
  return *best;
}

std::string ShowCount(std::uint64_t count, const PageTexts& texts) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, texts.thousands);
  }
  return digits;
}

std::string ShowDate(std::string_view iso, const PageTexts& texts) {
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = 0;
    if (iso.size() < at + length) return -1;
    const auto [end, fault] = std::from_chars(iso.data() + at, iso.data() + at + length, value);
    return fault == std::errc() && end == iso.data() + at + length ? value : -1;
  };
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) return std::string(iso);
  return fmt::format(fmt::runtime(texts.date), day, texts.months[static_cast<std::size_t>(month - 1)], year);
}

}  // namespace quipu::searchd
