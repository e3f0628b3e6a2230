// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/report/summary.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "indexer/report/progress_line.h"

namespace quipu::report {
namespace {

constexpr int kIdColumns = 70;
constexpr int kReasonColumns = 200;

std::string Counts(const Tally& tally) {
  std::string text;
  for (const Outcome outcome : kOutcomes) {
    const std::uint64_t count = tally.Count(outcome);
    // The first three are always said: "deleted 0" is news too.
    if (count == 0 && outcome != Outcome::kIndexed && outcome != Outcome::kUnchanged &&
        outcome != Outcome::kDeleted) {
      continue;
    }
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", Name(outcome), count);
  }
  return text;
}

std::string Problems(const Tally& tally) {
  const auto problems = tally.Problems();
  if (problems.empty()) return "";
  std::string text = fmt::format("  {} with problems:\n", tally.ProblemCount());
  for (const Line& line : problems) {
    text += fmt::format("    {:<9}  {}: {}\n", Name(line.outcome), Fit(line.id, kIdColumns),
                        Fit(line.reason, kReasonColumns));
  }
  if (tally.ProblemCount() > problems.size()) {
    text += fmt::format("    … and {} more; --report FILE lists them all\n",
                        tally.ProblemCount() - problems.size());
  }
  return text;
}

std::string Speed(const JobFacts& facts, const Tally& tally) {
  if (tally.documents_read() == 0) return fmt::format("{:.1f} s", facts.seconds);
  const double seconds = std::max(facts.seconds, 1e-3);
  return fmt::format("{:.1f} s, {} docs/s, {}/s", facts.seconds,
                     RenderRate(static_cast<double>(tally.documents_read()) / seconds),
                     RenderBytes(static_cast<double>(tally.bytes()) / seconds));
}

}  // namespace

std::string RenderSummary(const JobFacts& facts, const Tally& tally) {
  std::string text = fmt::format("{}: {}", facts.index, facts.ending);
  if (!facts.message.empty()) text += ": " + facts.message;
  text += "\n" + Problems(tally);
  text += fmt::format("  {}\n", Counts(tally));
  if (facts.ending == "done") {
    text += fmt::format("  {} in generation {}{}; {}\n", RenderCount(facts.documents), facts.generation,
                        facts.published ? "" : " (nothing to publish)", Speed(facts, tally));
  }
  return text;
}

std::string RenderLastJob(const JobFacts& facts, const Tally& tally) {
  using Json = nlohmann::ordered_json;
  Json json;
  json["state"] = facts.ending;
  if (!facts.message.empty()) json["message"] = facts.message;
  json["startedAt"] = facts.started_at;
  json["seconds"] = std::round(facts.seconds * 1000) / 1000;
  json["documents"] = facts.documents;
  json["generation"] = facts.generation;
  json["published"] = facts.published;
  json["bytes"] = tally.bytes();
  for (const Outcome outcome : kOutcomes) json["counts"][Name(outcome)] = tally.Count(outcome);
  json["problems"] = Json::array();
  for (const Line& line : tally.Problems()) {
    json["problems"].push_back({{"id", line.id}, {"state", Name(line.outcome)}, {"reason", line.reason}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string RenderRunningJob(const ProgressState& state, std::string_view started_at) {
  nlohmann::ordered_json json;
  json["pid"] = ::getpid();
  json["startedAt"] = started_at;
  json["stage"] = state.stage;
  json["done"] = state.done;
  json["total"] = state.total;
  json["bytes"] = state.bytes;
  json["problems"] = state.problems;
  return json.dump() + "\n";
}

}  // namespace quipu::report
