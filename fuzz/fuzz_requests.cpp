// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as what a client sends to all of quipu-searchd but its sockets: framing, routes, keys,
// parameters, search and answer, over a small index. No request makes it fail (500); every answer has its
// security headers and is the JSON that it says; no document's text is markup in a page; and no request with
// a key sees what the key's filter hides.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/index/index_job.h"
#include "fuzz/http_conversation.h"
#include "searchd/keys/key_file.h"
#include "searchd/keys/key_hash.h"
#include "searchd/routes/instrument.h"
#include "tests/support/file_tree.h"
#include "tests/support/temp_dir.h"

namespace {

using quipu::fuzz::Answer;
using quipu::fuzz::Require;
using quipu::schema::Document;
namespace config = quipu::config;
namespace http = quipu::http;
namespace searchd = quipu::searchd;

// No request of the corpus has these words, so where they stand they come from documents.
constexpr std::string_view kHidden = "zorzalblanco";
constexpr std::string_view kMarkup = "<script>alpacagris";

Document MakeDocument(int number) {
  Document document;
  document.id = "a/" + std::to_string(number) + ".html";
  document.url = number == 3 ? "javascript:alpacagris()" : "https://example.org/" + document.id;
  document.title = number == 2 ? std::string(kMarkup) + "\"'</title>" : "Paper " + std::to_string(number);
  document.body = "The river and the police, the road and the school. La fuerza del viento y del agua, " +
                  std::string(number % 2 == 0 ? "disproportionate force" : "la casa de la niña") +
                  ". 漢字 \u0e44\u0e17\u0e22 " + (number == 2 ? std::string(kMarkup) : std::string());
  document.language = number % 2 == 0 ? "en" : "es";
  document.date = "202" + std::to_string(number % 5) + "-01-17";
  document.type = number % 3 == 0 ? "pdf" : "html";
  document.fields["tags"] =
      std::vector<quipu::schema::Scalar>{"peru", number == 2 ? std::string(kMarkup) : "rights"};
  document.fields["pages"] = static_cast<double>(number);
  document.segments = {
      {.begin = 0, .page = 1, .anchor = "a", .heading = number == 2 ? std::string(kMarkup) : "First"}};
  return document;
}

Document MakeHidden() {
  Document document = MakeDocument(9);
  document.id = "a/" + std::string(kHidden);
  document.title = document.body = "The river of " + std::string(kHidden);
  document.type = "secret";
  return document;
}

/// An index on disk and the files of a configuration; made once.
class Site {
 public:
  Site() {
    quipu::index::JobOptions options;
    options.threads = 1;
    auto job = quipu::index::IndexJob::Begin(folder_ / "papers", options);
    Require(job.ok(), "no job");
    std::vector<Document> documents;
    for (int i = 0; i < 9; ++i) documents.push_back(MakeDocument(i));
    documents.push_back(MakeHidden());
    for (Document& document : documents) {
      quipu::index::ManifestEntry entry;
      entry.id = document.id;
      entry.state = "indexed";
      (*job)->Put(std::move(document), entry);
    }
    (*job)->Publish();
    config::KeyRule key;
    key.id = "visitor";
    key.hash = searchd::HashOfKey("visitor");
    key.indexes = {"*"};
    key.filter = "NOT type = secret";
    quipu::testing::WriteFile(folder_ / "keys.toml", searchd::WriteKey(key));
  }

  config::Config Configuration(bool with_keys) const {
    config::Config config;
    config.data_dir = folder_.path();
    config::Index& papers = config.indexes["papers"];
    papers.name = "papers";
    papers.facets = {"type", "tags", "language", "pages"};
    papers.sortable = {"date", "pages"};
    config.searchd.allow_origins = {"https://example.org"};
    config.searchd.answer_cache_mb = 1;
    if (with_keys) {
      config.searchd.keys_file = folder_ / "keys.toml";
      config.searchd.page_key = "visitor";
    }
    return config;
  }

 private:
  quipu::testing::TempDir folder_;
};

/// All of the program's App that is no socket and no thread.
class Server {
 public:
  explicit Server(config::Config config)
      : catalog_(searchd::OpenHoldings(std::move(config))),
        instrument_(catalog_, metrics_, log_),
        gate_(catalog_),
        setup_(
            Routes(),
            [this](int status, const quipu::Error& error, std::string_view origin) {
              return instrument_.Refuse(status, error, origin);
            },
            Hooks()),
        responder_(setup_) {}

  http::Responder& responder() { return responder_; }

 private:
  std::vector<http::Route> Routes() {
    std::vector<searchd::Endpoint> endpoints =
        searchd::BuildEndpoints({.catalog = catalog_,
                                 .metrics = metrics_,
                                 .query_counts = query_counts_,
                                 .server_counts = [] { return http::ServerCounts(); },
                                 .reloads = [] { return std::uint64_t{0}; }});
    return instrument_.Wrap(endpoints, &gate_);
  }
  http::Hooks Hooks() {
    http::Hooks hooks = instrument_.MakeHooks();
    hooks.on_exception = [](const http::Request&, std::string_view what) { Require(false, what); };
    return hooks;
  }

  quipu::Log log_{-1};
  searchd::Catalog catalog_;
  searchd::Metrics metrics_;
  searchd::QueryCounts query_counts_;
  searchd::Instrument instrument_;
  searchd::Gate gate_;
  http::ResponderSetup setup_;
  http::Responder responder_;
};

bool Has(const Answer& answer, std::string_view text) {
  return answer.head.find(text) != std::string_view::npos;
}

void Check(const Answer& answer, bool with_keys) {
  Require(!Has(answer, "HTTP/1.1 500"), "a request made the server fail");
  Require(Has(answer, "\r\nX-Content-Type-Options: nosniff\r\n"), "an answer without nosniff");
  if (Has(answer, "\r\nContent-Encoding: ") || answer.body.empty()) return;
  if (Has(answer, "\r\nContent-Type: application/json\r\n"))
    Require(nlohmann::json::accept(answer.body), "an answer says JSON and is none");
  if (Has(answer, "\r\nContent-Type: text/html")) {
    Require(Has(answer, "\r\nContent-Security-Policy: "), "a page without a policy");
    Require(answer.body.find(kMarkup) == std::string_view::npos, "a document's text is markup");
    Require(answer.body.find("href=\"javascript:") == std::string_view::npos, "a document's address runs");
  }
  if (with_keys) Require(answer.body.find(kHidden) == std::string_view::npos, "a key shows what it hides");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Site site;
  static Server open(site.Configuration(false)), keyed(site.Configuration(true));
  if (size == 0) return 0;
  const bool with_keys = data[0] % 2 == 1;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const http::HeadLimits limits{
      .max_header_bytes = 4096, .max_headers = 30, .max_uri_bytes = 3000, .max_body_bytes = 8192};
  quipu::fuzz::Talk((with_keys ? keyed : open).responder(), limits, bytes, 1 + data[0],
                    [&](const Answer& answer) { Check(answer, with_keys); });
  return 0;
}
