// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace quipu::config {

enum class FieldType { kString, kNumber, kBoolean, kDate };
enum class SourceType { kFolder, kJsonl, kSitemap, kCrawl };
enum class TranslationRule { kNames, kFolders };

/// One `[[indexes.NAME.sources]]`. Every path is absolute: what is relative in the file stands against
/// the file's folder.
struct Source {
  SourceType type = SourceType::kFolder;
  std::filesystem::path
      path;         // folder: a directory; jsonl: a file or "-"; sitemap: a file, or empty with `url`
  std::string url;  // what a file's relative path is appended to; crawl, sitemap: where to start
  std::vector<std::string> include = {"**"};
  std::vector<std::string> exclude;
  std::string language;  // overrides detection; empty: detect
  bool ocr = false;
  std::uint64_t max_file_bytes = 256ULL << 20;
  // Of sitemap and crawl:
  std::int64_t max_pages = 50'000;
  std::int64_t max_depth = 20;           // links from the start; crawl
  std::int64_t delay_ms = 500;           // between two requests to a host
  std::vector<std::string> allow_hosts;  // besides the one of `url`
  std::string user_agent;                // empty: quipu-indexer/VERSION
  std::int64_t timeout_ms = 30'000;      // of one answer
  std::filesystem::path ca_file;         // certificates to trust; empty: the system's
  std::vector<std::string> ignore_parameters = {"utm_*", "fbclid", "gclid"};
  bool use_sitemaps = false;       // crawl: what robots.txt names is a start as well
  std::int64_t interval_s = 3600;  // watch: how often to look at what cannot be watched
};

struct Index {
  std::string name;  // [a-zA-Z0-9_-]{1,64}
  std::string title;
  std::vector<std::string> languages;  // ISO 639-1; empty: those found in the documents
  std::vector<std::string> facets;
  std::vector<std::string> sortable;
  std::filesystem::path synonyms_file;
  std::filesystem::path pins_file;
  std::filesystem::path stopwords_file;
  double recency_half_life = 0;             // days after which a document counts half as new; 0: no matter
  std::map<std::string, FieldType> fields;  // declared types; others are inferred
  std::vector<Source> sources;
  double max_vanish_percent = 20;
  std::filesystem::path relevance_file;  // queries with what must be among the first; empty: none
  TranslationRule translations = TranslationRule::kNames;
};

struct Searchd {
  std::string listen = "127.0.0.1:7700";  // host:port, [v6]:port or unix:/path
  std::string admin_listen;               // empty: off
  std::int64_t query_deadline_ms = 1000;
  std::filesystem::path keys_file;
  std::string page_key;    // the id of the key under which pages answer who sends none; empty: nobody
  std::string rate_limit;  // requests of one client address, "20/s"; empty: no limit
  int rate_burst = 0;      // of these at once; 0: see BurstOf()
  std::vector<std::string> trusted_proxies;  // whose X-Forwarded-For is believed: networks, or "unix"
  bool open_access = false;
  std::filesystem::path tls_certificate;  // the chain, PEM; with `tls_key`: HTTPS on `listen`
  std::filesystem::path tls_key;
  std::vector<std::string> allow_origins;  // sites whose pages may ask, "https://example.org"; "*": any
  bool log_queries = false;
  bool count_queries = false;          // see searchd/metrics/query_counts.h
  std::int64_t slow_query_ms = 1000;   // a request that takes longer is a warning in the log; 0: none is
  std::uint64_t answer_cache_mb = 32;  // memory for answers that may be asked for again; 0: none are kept
  int threads = 0;                     // searching threads; 0: one a core
  int max_connections = 10000;
  std::int64_t header_timeout_ms = 5000;
  std::int64_t idle_timeout_ms = 30000;
  std::int64_t write_timeout_ms = 10000;
  std::int64_t shutdown_grace_ms = 10000;
  // How the results page looks; empty: as it comes.
  std::string page_title;                                    // in place of the index's
  std::string page_home;                                     // where the title leads: the site's own address
  std::string page_accent, page_accent_dark;                 // "#8a3220"
  std::string page_language;                                 // "es": if the browser asks for none of ours
  std::filesystem::path page_logo;                           // .svg, .png, .jpg or .webp
  std::filesystem::path page_header_file, page_footer_file;  // HTML
};

struct Indexer {
  int jobs = 0;                          // extraction processes; 0: one a core
  std::int64_t file_timeout_ms = 60000;  // one document's extraction, wall clock
  std::uint64_t worker_memory_mb = 512;  // address space limit of one extraction process
};

enum class FilterOutput { kText, kHtml };

/// One `[[filters]]`: a program that turns a file into text or HTML.
struct Filter {
  std::string mime;                  // of files as the report names their type: "application/x-foo", "pdf"
  std::vector<std::string> endings;  // of names, without the dot, in lower case: whatever the content is
  std::vector<std::string> command;  // "{}" becomes the path of a copy; without it the file is on stdin
  FilterOutput output = FilterOutput::kText;
};

/// A place in the file, both counted from 1.
struct Position {
  int line = 0;
  int column = 0;
};

struct Config {
  std::filesystem::path file;  // where it was read from
  std::filesystem::path data_dir = "var";
  Searchd searchd;
  Indexer indexer;
  std::vector<Filter> filters;
  std::map<std::string, Index> indexes;
  /// Where each key that the file sets stands: "searchd.listen", "indexes.a.sources[0].path".
  std::map<std::string, Position, std::less<>> positions;
};

/// One fault in the file: `line` and `column` count from 1 and are 0 where the fault has no place
/// (a missing file). The message says what was expected and names the nearest known key.
struct Fault {
  int line = 0;
  int column = 0;
  std::string message;
};

/// A configuration together with every fault found in it; it may be used only if `faults` is empty.
struct Loaded {
  Config config;
  std::vector<Fault> faults;
};

/// Looks up an environment variable; tests pass their own.
using Environment = std::optional<std::string> (*)(const char* name);
std::optional<std::string> ProcessEnvironment(const char* name);

/// Where the configuration is: `flag` if given, else `QUIPU_CONFIG`, `./quipu.toml`, `/etc/quipu/quipu.toml`.
/// Empty if there is none.
std::filesystem::path FindConfigFile(const std::string& flag, Environment environment = ProcessEnvironment);

/// Reads `file` and then the environment (`QUIPU_DATA_DIR`, `QUIPU_SEARCHD_LISTEN`: `QUIPU_` and the key's
/// path in capitals). Never throws for what the file contains.
Loaded Load(const std::filesystem::path& file, Environment environment = ProcessEnvironment);

/// Sets one key as the environment would ("searchd.listen", "127.0.0.1:0"), for a flag of the command
/// line. Relative paths stand against the working directory. An error tells what was expected.
Status Override(Config& config, std::string_view key, std::string_view text);

/// What the configuration names and the disk does not have, or does not let this process read: source
/// folders and files, synonyms, pins, keys. Part of `check`, not of Load: a disk changes.
std::vector<Fault> CheckPaths(const Config& config);

/// The same from text; `file` is only named in messages and gives relative paths their base.
Loaded Parse(std::string_view toml, const std::filesystem::path& file,
             Environment environment = ProcessEnvironment);

/// "quipu.toml:12:1: unknown key `facet`; did you mean `facets`?"
/// Faults without a place are told as "quipu.toml: …".
std::string Describe(const Fault& fault, const std::filesystem::path& file);

}  // namespace quipu::config
