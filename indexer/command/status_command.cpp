// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/index/index_directory.h"
#include "core/index/index_reader.h"
#include "indexer/command/command.h"
#include "indexer/report/progress_line.h"

namespace quipu::command {
namespace {

using Json = nlohmann::ordered_json;
using job::Ending;

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
  return json;
}

std::string Text(const Json& json, const char* key) { return json.value(key, std::string()); }

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
  return text + "\n";
}

std::string ForPeople(const Json& json) {
  std::string text = fmt::format("{}: ", Text(json, "uid"));
  if (json["state"] == "available") {
    text += fmt::format("{}, generation {}, {}, updated {}\n",
                        report::RenderCount(json["documents"].get<std::uint64_t>()),
                        json["generation"].get<std::uint64_t>(),
                        report::RenderBytes(static_cast<double>(json["sizeBytes"].get<std::uint64_t>())),
                        Text(json, "updatedAt"));
  } else {
    text += Text(json, "message") + "\n";
  }
  return text + LastJobForPeople(json["lastJob"]);
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
  return Ending::kDone;
}

}  // namespace quipu::command
