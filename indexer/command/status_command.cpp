// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/index/index_directory.h"
#include "core/index/index_lock.h"
#include "core/index/index_reader.h"
#include "indexer/command/command.h"
#include "indexer/report/progress_line.h"

namespace quipu::command {
namespace {

using Json = nlohmann::ordered_json;
using job::Ending;

constexpr int kIdColumns = 70;
constexpr int kReasonColumns = 200;

std::uint64_t SizeOf(const std::filesystem::path& folder) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator file(folder, error), end; !error && file != end;
       file.increment(error)) {
    std::error_code no_size;
    const std::uintmax_t size = file->is_regular_file(no_size) ? file->file_size(no_size) : 0;
    if (!no_size) bytes += size;
  }
  return bytes;
}

Json LastJob(const index::IndexDirectory& directory) {
  const Json json = Json::parse(directory.ReadLastJob(), nullptr, false);
  return json.is_object() ? json : Json(nullptr);
}

/// The job that holds the index now, or null.
Json RunningJob(const std::filesystem::path& root) {
  const auto holder = index::IndexLock::Holder(root);
  if (!holder) return nullptr;
  const Json json = Json::parse(*holder, nullptr, false);
  return json.is_object() ? json : Json::object();
}

Json StatusOf(const config::Config& config, const config::Index& index) {
  const std::filesystem::path root = config.data_dir / index.name;
  const index::IndexDirectory directory(root);
  Json json;
  json["uid"] = index.name;
  json["title"] = index.title;
  if (const auto reader = index::IndexReader::Open(root)) {
    const index::IndexFacts facts = reader->Facts();
    json["state"] = "available";
    json["documents"] = facts.documents;
    json["generation"] = facts.generation;
    json["languages"] = facts.languages;
    json["createdAt"] = facts.created_at;
    json["updatedAt"] = facts.updated_at;
    json["sizeBytes"] = SizeOf(directory.GenerationPath(facts.generation));
  } else {
    json["state"] = CodeName(reader.error().code);
    json["message"] = reader.error().message;
    json["documents"] = 0;
    json["generation"] = 0;
  }
  json["lastJob"] = LastJob(directory);
  json["runningJob"] = RunningJob(root);
  return json;
}

// Files that a hand or a disk has damaged are shown as far as they make sense.
std::string Text(const Json& json, const char* key) {
  return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : std::string();
}
std::uint64_t Number(const Json& json, const char* key) {
  return json.contains(key) && json[key].is_number_unsigned() ? json[key].get<std::uint64_t>() : 0;
}

std::string LastJobForPeople(const Json& job) {
  if (!job.is_object()) return "  no job has run yet\n";
  std::string text = fmt::format("  last job: {}, {}", Text(job, "state"), Text(job, "startedAt"));
  if (const std::string message = Text(job, "message"); !message.empty()) text += ": " + message;
  text += "\n   ";
  if (job.contains("counts") && job["counts"].is_object()) {
    for (const auto& [state, count] : job["counts"].items()) {
      if (count.is_number_unsigned() && count > 0)
        text += fmt::format(" {} {}", state, count.get<std::uint64_t>());
    }
  }
  text += "\n";
  if (!job.contains("problems") || !job["problems"].is_array()) return text;
  for (const Json& problem : job["problems"]) {
    if (!problem.is_object()) continue;
    text += fmt::format("    {:<9}  {}: {}\n", Text(problem, "state"),
                        report::Fit(Text(problem, "id"), kIdColumns),
                        report::Fit(Text(problem, "reason"), kReasonColumns));
  }
  return text;
}

std::string RunningJobForPeople(const Json& job) {
  if (!job.is_object()) return "";
  std::string text = "  a job is running";
  if (const std::string stage = Text(job, "stage"); !stage.empty()) text += ": " + stage;
  if (const auto total = Number(job, "total"); total > 0)
    text += fmt::format(" {} of {}", Number(job, "done"), total);
  if (const std::string since = Text(job, "startedAt"); !since.empty())
    text += fmt::format(", since {}, process {}", since, Number(job, "pid"));
  return text + "\n";
}

std::string Languages(const Json& json) {
  std::string text;
  for (const Json& language : json["languages"]) {
    if (!text.empty()) text += ' ';
    text += language.get<std::string>();
  }
  return text.empty() ? "no language known" : text;
}

std::string ForPeople(const Json& json) {
  std::string text = fmt::format("{}: ", Text(json, "uid"));
  if (json["state"] == "available") {
    text += fmt::format("{}, generation {}, {}, {}, updated {}\n",
                        report::RenderCount(json["documents"].get<std::uint64_t>()),
                        json["generation"].get<std::uint64_t>(),
                        report::RenderBytes(static_cast<double>(json["sizeBytes"].get<std::uint64_t>())),
                        Languages(json), Text(json, "updatedAt"));
  } else {
    text += Text(json, "message") + "\n";
  }
  return text + RunningJobForPeople(json["runningJob"]) + LastJobForPeople(json["lastJob"]);
}

/// Built, and yet not to be opened.
bool IsDamaged(const config::Config& config, const Json& json) {
  std::error_code error;
  return json["state"] != "available" &&
         std::filesystem::exists(config.data_dir / Text(json, "uid") / "CURRENT", error);
}

}  // namespace

Ending ShowStatus(const Context& context) {
  const auto indexes = FindIndexes(context.config, context.line.arguments);
  if (!indexes) {
    Complain(indexes.error().message);
    return Ending::kMisused;
  }
  Json all = Json::array();
  for (const config::Index* index : *indexes) all.push_back(StatusOf(context.config, *index));
  if (context.line.Has("json")) {
    Print(Json{{"indexes", all}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  } else {
    for (const Json& json : all) Print(ForPeople(json));
  }
  const bool damaged =
      std::any_of(all.begin(), all.end(), [&](const Json& json) { return IsDamaged(context.config, json); });
  return damaged ? Ending::kFailed : Ending::kDone;
}

}  // namespace quipu::command
