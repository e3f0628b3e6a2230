// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/key_table.h"

#include <algorithm>
#include <array>
#include <type_traits>

namespace quipu::config {
namespace {

template <typename Struct>
Struct& Of(const Place& place) {
  if constexpr (std::is_same_v<Struct, Config>) return *place.config;
  if constexpr (std::is_same_v<Struct, Searchd>) return place.config->searchd;
  if constexpr (std::is_same_v<Struct, Indexer>) return place.config->indexer;
  if constexpr (std::is_same_v<Struct, Index>) return *place.index;
  if constexpr (std::is_same_v<Struct, Source>) return *place.source;
  if constexpr (std::is_same_v<Struct, Filter>) return *place.filter;
}

template <typename Struct, typename Member>
Struct StructOf(Member Struct::*);

template <typename Member>
Value ToValue(const Member& member) {
  if constexpr ((std::is_integral_v<Member> && !std::is_same_v<Member, bool>) || std::is_enum_v<Member>) {
    return static_cast<std::int64_t>(member);
  } else if constexpr (std::is_same_v<Member, std::filesystem::path>) {
    return member.string();
  } else {
    return member;
  }
}

template <typename Member>
void FromValue(Member& member, const Value& value) {
  if constexpr (std::is_same_v<Member, bool>) {
    member = std::get<bool>(value);
  } else if constexpr (std::is_integral_v<Member> || std::is_enum_v<Member>) {
    member = static_cast<Member>(std::get<std::int64_t>(value));
  } else if constexpr (std::is_same_v<Member, std::filesystem::path>) {
    member = std::get<std::string>(value);
  } else {
    member = std::get<Member>(value);
  }
}

/// `row`, stored in and read from the struct member `kMember`.
template <auto kMember>
constexpr Key In(Key row) {
  using Struct = decltype(StructOf(kMember));
  row.get = [](const Place& place) { return ToValue(Of<Struct>(place).*kMember); };
  row.set = [](const Place& place, const Value& value) { FromValue(Of<Struct>(place).*kMember, value); };
  return row;
}

constexpr Key FieldTypeKey(Key row) {
  row.get = [](const Place& place) {
    const auto found = place.index->fields.find(place.field);
    return Value(found == place.index->fields.end() ? std::int64_t{0}
                                                    : static_cast<std::int64_t>(found->second));
  };
  row.set = [](const Place& place, const Value& value) {
    place.index->fields[place.field] = static_cast<FieldType>(std::get<std::int64_t>(value));
  };
  return row;
}

using enum ValueKind;
constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kTebibyte = std::int64_t{1} << 40;

constexpr std::array kKeys = {
    In<&Config::data_dir>(
        {.path = "data_dir", .kind = kPath, .meaning = "the folder of the indexes, one folder each"}),

    In<&Searchd::listen>({.path = "searchd.listen",
                          .kind = kListen,
                          .read_by = ReadBy::kSearchd,
                          .meaning = "where requests are answered; port 0 takes a free one"}),
    In<&Searchd::admin_listen>(
        {.path = "searchd.admin_listen",
         .kind = kListen,
         .read_by = ReadBy::kSearchd,
         .meaning = "a second address for health, metrics and status without a key; empty: none"}),
    In<&Searchd::query_deadline_ms>({.path = "searchd.query_deadline_ms",
                                     .kind = kInteger,
                                     .min = 1,
                                     .max = 600'000,
                                     .read_by = ReadBy::kSearchd,
                                     .meaning = "a query that runs longer answers with what it has found"}),
    In<&Searchd::keys_file>({.path = "searchd.keys_file",
                             .kind = kPath,
                             .read_by = ReadBy::kSearchd,
                             .meaning = "the API keys, hashed; without it only loopback is served"}),
    In<&Searchd::page_key>(
        {.path = "searchd.page_key",
         .kind = kText,
         .read_by = ReadBy::kSearchd,
         .meaning = "the id of the key under which the results page and feeds answer who sends no "
                    "key; empty: with keys they answer nobody else"}),
    In<&Searchd::rate_limit>({.path = "searchd.rate_limit",
                              .kind = kRate,
                              .read_by = ReadBy::kSearchd,
                              .meaning = "how often one client address may ask; empty: without limit"}),
    In<&Searchd::rate_burst>(
        {.path = "searchd.rate_burst",
         .kind = kInteger,
         .min = 0,
         .max = 1'000'000,
         .read_by = ReadBy::kSearchd,
         .meaning = "how many of these may come at once; 0: what the rate gives in two seconds, "
                    "10 at least"}),
    In<&Searchd::trusted_proxies>(
        {.path = "searchd.trusted_proxies",
         .kind = kNetworks,
         .read_by = ReadBy::kSearchd,
         .meaning =
             "proxies whose X-Forwarded-For is believed; `unix` is whoever comes through a Unix socket"}),
    In<&Searchd::open_access>({.path = "searchd.open_access",
                               .kind = kBoolean,
                               .read_by = ReadBy::kSearchd,
                               .meaning = "serve other addresses than loopback without keys"}),
    In<&Searchd::tls_certificate>(
        {.path = "searchd.tls_certificate",
         .kind = kPath,
         .read_by = ReadBy::kSearchd,
         .meaning = "certificate with its chain (PEM): `listen` speaks HTTPS; reread at SIGHUP"}),
    In<&Searchd::tls_key>({.path = "searchd.tls_key",
                           .kind = kPath,
                           .read_by = ReadBy::kSearchd,
                           .meaning = "the certificate's private key (PEM)"}),
    In<&Searchd::allow_origins>({.path = "searchd.allow_origins",
                                 .kind = kTexts,
                                 .read_by = ReadBy::kSearchd,
                                 .meaning =
                                     "sites whose pages may search here and frame the results page, such as "
                                     "`https://example.org`; `*`: every site"}),
    In<&Searchd::log_queries>({.path = "searchd.log_queries",
                               .kind = kBoolean,
                               .read_by = ReadBy::kSearchd,
                               .meaning = "write what people search for into the log"}),
    In<&Searchd::count_queries>(
        {.path = "searchd.count_queries",
         .kind = kBoolean,
         .read_by = ReadBy::kSearchd,
         .meaning = "count in memory what at least five people search for in a day, for the status page"}),
    In<&Searchd::slow_query_ms>(
        {.path = "searchd.slow_query_ms",
         .kind = kInteger,
         .min = 0,
         .max = kDayMs,
         .read_by = ReadBy::kSearchd,
         .meaning = "a request that takes longer is a warning in the log; 0: none is"}),
    In<&Searchd::answer_cache_mb>(
        {.path = "searchd.answer_cache_mb",
         .kind = kInteger,
         .min = 0,
         .max = 65'536,
         .read_by = ReadBy::kSearchd,
         .meaning = "memory for answers that may be asked for again; 0: none is kept"}),
    In<&Searchd::threads>({.path = "searchd.threads",
                           .kind = kInteger,
                           .min = 0,
                           .max = 1024,
                           .read_by = ReadBy::kSearchd,
                           .meaning = "searching threads; 0: one a core"}),
    In<&Searchd::max_connections>({.path = "searchd.max_connections",
                                   .kind = kInteger,
                                   .min = 1,
                                   .max = 1'000'000,
                                   .read_by = ReadBy::kSearchd,
                                   .meaning = "connections open at once; more are told to come back"}),
    In<&Searchd::header_timeout_ms>({.path = "searchd.header_timeout_ms",
                                     .kind = kInteger,
                                     .min = 1,
                                     .max = kDayMs,
                                     .read_by = ReadBy::kSearchd,
                                     .meaning = "time to send a whole request"}),
    In<&Searchd::idle_timeout_ms>({.path = "searchd.idle_timeout_ms",
                                   .kind = kInteger,
                                   .min = 1,
                                   .max = kDayMs,
                                   .read_by = ReadBy::kSearchd,
                                   .meaning = "time that a connection may wait between requests"}),
    In<&Searchd::write_timeout_ms>({.path = "searchd.write_timeout_ms",
                                    .kind = kInteger,
                                    .min = 1,
                                    .max = kDayMs,
                                    .read_by = ReadBy::kSearchd,
                                    .meaning = "time that a reader may take none of an answer"}),
    In<&Searchd::shutdown_grace_ms>(
        {.path = "searchd.shutdown_grace_ms",
         .kind = kInteger,
         .min = 0,
         .max = kDayMs,
         .read_by = ReadBy::kSearchd,
         .meaning = "time that running requests have when the program is told to stop"}),

    In<&Searchd::page_title>({.path = "searchd.page_title",
                              .kind = kText,
                              .read_by = ReadBy::kSearchd,
                              .meaning = "what the results page is called; empty: as the index"}),
    In<&Searchd::page_home>(
        {.path = "searchd.page_home",
         .kind = kUrl,
         .read_by = ReadBy::kSearchd,
         .meaning = "where the title of the results page leads; empty: to the empty box"}),
    In<&Searchd::page_accent>({.path = "searchd.page_accent",
                               .kind = kText,
                               .read_by = ReadBy::kSearchd,
                               .meaning = "the colour of buttons and of the title, `#` and six hex digits"}),
    In<&Searchd::page_accent_dark>({.path = "searchd.page_accent_dark",
                                    .kind = kText,
                                    .read_by = ReadBy::kSearchd,
                                    .meaning = "the same on dark ground"}),
    In<&Searchd::page_language>(
        {.path = "searchd.page_language",
         .kind = kText,
         .read_by = ReadBy::kSearchd,
         .meaning =
             "what the pages speak where the browser asks for no language that they have; empty: English"}),
    In<&Searchd::page_logo>({.path = "searchd.page_logo",
                             .kind = kPath,
                             .read_by = ReadBy::kSearchd,
                             .meaning = "a picture beside the title: .svg, .png, .jpg or .webp"}),
    In<&Searchd::page_header_file>({.path = "searchd.page_header_file",
                                    .kind = kPath,
                                    .read_by = ReadBy::kSearchd,
                                    .meaning = "HTML above every page; scripts in it do not run"}),
    In<&Searchd::page_footer_file>({.path = "searchd.page_footer_file",
                                    .kind = kPath,
                                    .read_by = ReadBy::kSearchd,
                                    .meaning = "HTML below every page, likewise"}),

    In<&Indexer::jobs>({.path = "indexer.jobs",
                        .kind = kInteger,
                        .min = 0,
                        .max = 1024,
                        .read_by = ReadBy::kIndexer,
                        .meaning = "extraction processes; 0: one a core"}),
    In<&Indexer::file_timeout_ms>({.path = "indexer.file_timeout_ms",
                                   .kind = kInteger,
                                   .min = 1,
                                   .max = kDayMs,
                                   .read_by = ReadBy::kIndexer,
                                   .meaning = "time that the extraction of one file may take"}),
    In<&Indexer::worker_memory_mb>({.path = "indexer.worker_memory_mb",
                                    .kind = kInteger,
                                    .min = 64,
                                    .max = 1 << 20,
                                    .read_by = ReadBy::kIndexer,
                                    .meaning = "memory that one extraction process may take, in MiB"}),

    In<&Filter::mime>({.path = "filters[].mime",
                       .kind = kText,
                       .read_by = ReadBy::kIndexer,
                       .meaning = "the type of the files that the program reads, as the report names it"}),
    In<&Filter::endings>({.path = "filters[].endings",
                          .kind = kTexts,
                          .read_by = ReadBy::kIndexer,
                          .meaning = "or the endings of their names, whatever is in them"}),
    In<&Filter::command>({.path = "filters[].command",
                          .kind = kTexts,
                          .read_by = ReadBy::kIndexer,
                          .meaning =
                              "the program and its arguments; `{}` is the path of a copy of the file, else "
                              "the file is its standard input"}),
    In<&Filter::output>({.path = "filters[].output",
                         .kind = kChoice,
                         .choices = "text|html",
                         .read_by = ReadBy::kIndexer,
                         .meaning = "what the program writes to its standard output"}),

    In<&Index::title>({.path = "indexes.*.title", .kind = kText, .meaning = "the name that people read"}),
    In<&Index::languages>(
        {.path = "indexes.*.languages",
         .kind = kLanguages,
         .meaning = "the languages of the documents, for word forms; empty: those detected"}),
    In<&Index::facets>(
        {.path = "indexes.*.facets", .kind = kTexts, .meaning = "the fields whose values are counted"}),
    In<&Index::sortable>(
        {.path = "indexes.*.sortable", .kind = kTexts, .meaning = "the fields one may sort by"}),
    In<&Index::synonyms_file>({.path = "indexes.*.synonyms_file",
                               .kind = kPath,
                               .read_by = ReadBy::kSearchd,
                               .meaning = "synonyms, read at query time"}),
    In<&Index::pins_file>({.path = "indexes.*.pins_file",
                           .kind = kPath,
                           .read_by = ReadBy::kSearchd,
                           .meaning = "queries with fixed first results, read at query time"}),
    In<&Index::stopwords_file>({.path = "indexes.*.stopwords_file",
                                .kind = kPath,
                                .read_by = ReadBy::kSearchd,
                                .meaning = "words that are not searched beside others, read at query time"}),
    In<&Index::recency_half_life>({.path = "indexes.*.recency_half_life",
                                   .kind = kNumber,
                                   .min = 0,
                                   .max = 36'500,
                                   .meaning =
                                       "newer documents rank higher: what being new is worth halves in "
                                       "so many days; 0: nothing"}),
    In<&Index::max_vanish_percent>({.path = "indexes.*.max_vanish_percent",
                                    .kind = kNumber,
                                    .min = 0,
                                    .max = 100,
                                    .read_by = ReadBy::kIndexer,
                                    .meaning = "a job that would remove more of the documents is refused"}),
    In<&Index::relevance_file>(
        {.path = "indexes.*.relevance_file",
         .kind = kPath,
         .read_by = ReadBy::kIndexer,
         .meaning = "queries and what they must find; a job after which they do not is refused"}),
    In<&Index::translations>({.path = "indexes.*.translations",
                              .kind = kChoice,
                              .choices = "names|folders",
                              .read_by = ReadBy::kIndexer,
                              .meaning = "what besides hreflang tells translations: names (notes.es.html), "
                                         "or also folders (es/notes.html)"}),
    FieldTypeKey({.path = "indexes.*.fields.*.type",
                  .kind = kChoice,
                  .choices = "string|number|boolean|date",
                  .meaning = "the type of a field, or of each value of a list; undeclared: inferred"}),

    In<&Source::type>({.path = "indexes.*.sources[].type",
                       .kind = kChoice,
                       .choices = "folder|jsonl|sitemap|crawl",
                       .read_by = ReadBy::kIndexer,
                       .meaning = "where the documents come from"}),
    In<&Source::path>(
        {.path = "indexes.*.sources[].path",
         .kind = kPath,
         .read_by = ReadBy::kIndexer,
         .meaning = "folder: the folder; jsonl: the file, or `-` for standard input; sitemap: the file"}),
    In<&Source::url>(
        {.path = "indexes.*.sources[].url",
         .kind = kUrl,
         .read_by = ReadBy::kIndexer,
         .meaning = "folder: what a file's relative path is appended to; sitemap, crawl: where to start"}),
    In<&Source::include>({.path = "indexes.*.sources[].include",
                          .kind = kGlobs,
                          .read_by = ReadBy::kIndexer,
                          .meaning = "only files that match one of these patterns"}),
    In<&Source::exclude>({.path = "indexes.*.sources[].exclude",
                          .kind = kGlobs,
                          .read_by = ReadBy::kIndexer,
                          .meaning = "but none that match one of these"}),
    In<&Source::language>({.path = "indexes.*.sources[].language",
                           .kind = kLanguage,
                           .read_by = ReadBy::kIndexer,
                           .meaning = "the language of every document; empty: detected"}),
    In<&Source::ocr>({.path = "indexes.*.sources[].ocr",
                      .kind = kBoolean,
                      .read_by = ReadBy::kIndexer,
                      .meaning = "read scanned pages with tesseract, if it is installed"}),
    In<&Source::max_file_bytes>({.path = "indexes.*.sources[].max_file_bytes",
                                 .kind = kInteger,
                                 .min = 1,
                                 .max = kTebibyte,
                                 .read_by = ReadBy::kIndexer,
                                 .meaning = "longer files are skipped"}),
    In<&Source::max_pages>({.path = "indexes.*.sources[].max_pages",
                            .kind = kInteger,
                            .min = 1,
                            .max = 10'000'000,
                            .read_by = ReadBy::kIndexer,
                            .meaning = "sitemap, crawl: pages that are read at most"}),
    In<&Source::max_depth>({.path = "indexes.*.sources[].max_depth",
                            .kind = kInteger,
                            .min = 0,
                            .max = 1000,
                            .read_by = ReadBy::kIndexer,
                            .meaning = "crawl: links that are followed in a row from the start"}),
    In<&Source::delay_ms>({.path = "indexes.*.sources[].delay_ms",
                           .kind = kInteger,
                           .min = 0,
                           .max = 600'000,
                           .read_by = ReadBy::kIndexer,
                           .meaning =
                               "sitemap, crawl: pause between two requests to a host; robots.txt may ask "
                               "for a longer one; 0: none"}),
    In<&Source::allow_hosts>({.path = "indexes.*.sources[].allow_hosts",
                              .kind = kHosts,
                              .read_by = ReadBy::kIndexer,
                              .meaning = "sitemap, crawl: hosts that may be asked besides the one of `url`"}),
    In<&Source::user_agent>({.path = "indexes.*.sources[].user_agent",
                             .kind = kText,
                             .read_by = ReadBy::kIndexer,
                             .meaning =
                                 "sitemap, crawl: how servers and their robots.txt know who asks; empty: "
                                 "quipu-indexer/VERSION"}),
    In<&Source::timeout_ms>({.path = "indexes.*.sources[].timeout_ms",
                             .kind = kInteger,
                             .min = 1,
                             .max = kDayMs,
                             .read_by = ReadBy::kIndexer,
                             .meaning = "sitemap, crawl: time that one answer may take"}),
    In<&Source::ca_file>(
        {.path = "indexes.*.sources[].ca_file",
         .kind = kPath,
         .read_by = ReadBy::kIndexer,
         .meaning = "sitemap, crawl: certificates (PEM) that are trusted; empty: the system's"}),
    In<&Source::ignore_parameters>({.path = "indexes.*.sources[].ignore_parameters",
                                    .kind = kGlobs,
                                    .read_by = ReadBy::kIndexer,
                                    .meaning =
                                        "sitemap, crawl: parameters of addresses that say nothing about the "
                                        "page and are left out"}),
    In<&Source::use_sitemaps>({.path = "indexes.*.sources[].use_sitemaps",
                               .kind = kBoolean,
                               .read_by = ReadBy::kIndexer,
                               .meaning = "crawl: also read what the sitemaps that robots.txt names list"}),
    In<&Source::interval_s>(
        {.path = "indexes.*.sources[].interval_s",
         .kind = kInteger,
         .min = 1,
         .max = 31'536'000,
         .read_by = ReadBy::kIndexer,
         .meaning = "seconds after which `watch` looks again at what tells of no changes"}),
};

}  // namespace

std::span<const Key> Keys() { return kKeys; }

const Key* FindKey(std::string_view path) {
  const auto* found =
      std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& key) { return key.path == path; });
  return found == kKeys.end() ? nullptr : found;
}

}  // namespace quipu::config
