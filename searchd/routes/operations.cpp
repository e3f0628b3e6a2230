// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>

#include "quipu/version.h"
#include "searchd/json/render_error.h"
#include "searchd/routes/endpoint.h"

namespace quipu::searchd {
namespace {

using json = nlohmann::ordered_json;

http::Response Ready(const Catalog& catalog, const Grant& grant) {
  const auto holdings = catalog.Current();
  std::string names;
  std::size_t closed = 0;
  for (const auto& [name, index] : holdings->indexes) {
    if (!index->Unavailable()) continue;
    ++closed;
    if (grant.Opens(name)) names += fmt::format("{}`{}`", names.empty() ? "" : ", ", name);
  }
  if (closed == 0) return Json(R"({"status":"ready"})");
  // Strangers need not know what indexes are called.
  if (names.empty()) names = fmt::format("{} of {} indexes", closed, holdings->indexes.size());
  return RenderError(503, {Code::kIndexUnavailable, fmt::format("Not open: {}.", names)});
}

http::Response Version() {
  return Json(json{{"pkgVersion", kVersion}, {"commitSha", kCommitSha}, {"commitDate", kCommitDate}}.dump());
}

void AppendValue(std::string& out, std::string_view name, std::string_view type, std::string_view help,
                 std::uint64_t value) {
  Metrics::Introduce(out, name, type, help);
  fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
}

void AppendServer(std::string& out, const http::ServerCounts& counts) {
  AppendValue(out, "quipu_connections", "gauge", "Open connections.", counts.connections);
  AppendValue(out, "quipu_connections_accepted_total", "counter", "Connections accepted.", counts.accepted);
  AppendValue(out, "quipu_rejected_total", "counter", "Requests and connections refused for overload.",
              counts.rejected);
  AppendValue(out, "quipu_searches_running", "gauge", "Searches that run now.", counts.running);
  AppendValue(out, "quipu_searches_abandoned_total", "counter",
              "Searches dropped because their client had gone.", counts.abandoned);
  AppendValue(out, "quipu_queue_length", "gauge", "Searches that wait for a thread.", counts.queued);
}

void AppendAnswers(std::string& out, const AnswerCache& answers) {
  const AnswerCache::Counts counts = answers.counts();
  AppendValue(out, "quipu_answers_reused_total", "counter", "Searches answered with an answer given before.",
              counts.hits);
  AppendValue(out, "quipu_answers_made_total", "counter", "Searches that could have been, but were new.",
              counts.misses);
  AppendValue(out, "quipu_answers_bytes", "gauge", "Memory of the answers that are kept, in bytes.",
              counts.bytes);
}

void AppendIndexes(std::string& out, const Holdings& holdings) {
  using Read = std::uint64_t (*)(const index::IndexFacts&);
  struct Gauge {
    std::string_view name, help;
    Read read;
  };
  constexpr std::array<Gauge, 3> kGauges = {{
      {"quipu_index_generation", "Generation served.",
       [](const index::IndexFacts& facts) { return facts.generation; }},
      {"quipu_index_revision", "Commit served.",
       [](const index::IndexFacts& facts) { return facts.revision; }},
      {"quipu_index_documents", "Documents served.",
       [](const index::IndexFacts& facts) { return facts.documents; }},
  }};
  const auto end = std::back_inserter(out);
  Metrics::Introduce(out, "quipu_index_open", "gauge", "1 if the index is open, else 0.");
  for (const auto& [name, index] : holdings.indexes) {
    fmt::format_to(end, "quipu_index_open{{index=\"{}\"}} {}\n", name, index->Unavailable() ? 0 : 1);
  }
  Metrics::Introduce(out, "quipu_index_column_bytes", "gauge",
                     "Memory of the columns for filters and facets.");
  for (const auto& [name, index] : holdings.indexes) {
    fmt::format_to(end, "quipu_index_column_bytes{{index=\"{}\"}} {}\n", name, index->ColumnBytes());
  }
  Metrics::Introduce(out, "quipu_index_words", "gauge", "Words known for corrections.");
  for (const auto& [name, index] : holdings.indexes)
    fmt::format_to(end, "quipu_index_words{{index=\"{}\"}} {}\n", name, index->WordsInMemory().first);
  Metrics::Introduce(out, "quipu_index_words_bytes", "gauge",
                     "Memory of the words and suggestions, in bytes.");
  for (const auto& [name, index] : holdings.indexes)
    fmt::format_to(end, "quipu_index_words_bytes{{index=\"{}\"}} {}\n", name, index->WordsInMemory().second);
  for (const Gauge& gauge : kGauges) {
    Metrics::Introduce(out, gauge.name, "gauge", gauge.help);
    for (const auto& [name, index] : holdings.indexes) {
      const auto facts = index->Facts();
      if (facts) fmt::format_to(end, "{}{{index=\"{}\"}} {}\n", gauge.name, name, gauge.read(*facts));
    }
  }
}

http::Response ShowMetrics(const Services& services) {
  http::Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = services.metrics.Render();
  AppendServer(response.body, services.server_counts());
  AppendAnswers(response.body, *services.catalog.Current()->answers);
  AppendIndexes(response.body, *services.catalog.Current());
  AppendValue(response.body, "quipu_index_reloads_total", "counter", "New states of indexes taken up.",
              services.reloads());
  Metrics::Introduce(response.body, "quipu_build_info", "gauge", "The version that runs.");
  response.body += fmt::format("quipu_build_info{{version=\"{}\",commit=\"{}\"}} 1\n", kVersion, kCommitSha);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace

void AddOperationEndpoints(const Services& services, std::vector<Endpoint>& endpoints) {
  using Handler = std::function<http::Response(const http::Request&)>;
  const auto add = [&](std::string_view pattern, std::string_view summary, Answer answer,
                       Handler handler) -> Endpoint& {
    const auto checked =
        Checked({}, [handler = std::move(handler)](const http::Request& request, const ParameterValues&) {
          return Result<http::Response>(handler(request));
        });
    return endpoints.emplace_back(
        Endpoint{.route = {"GET", std::string(pattern), http::Cost::kCheap, std::string(summary), checked},
                 .parameters = {},
                 .answer = answer,
                 .access = Access::kOpen,
                 .on_admin = true});
  };
  add("/health", "Whether the process serves.", Answer::kHealth,
      [](const auto&) { return Json(R"({"status":"available"})"); });
  add("/ready", "Whether every configured index is open.", Answer::kHealth,
      [&catalog = services.catalog](const auto& request) { return Ready(catalog, GrantOf(request)); });
  add("/version", "The version that runs.", Answer::kVersion, [](const auto&) {
    return Version();
  }).on_admin = false;
  add("/metrics", "Counts and times as Prometheus reads them.", Answer::kText, [services](const auto&) {
    return ShowMetrics(services);
  }).access = Access::kOperator;
}

}  // namespace quipu::searchd
