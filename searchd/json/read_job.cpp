// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/read_job.h"

#include <nlohmann/json.hpp>

namespace quipu::searchd {
namespace {

using json = nlohmann::ordered_json;

std::optional<json> ReadObject(std::string_view text) {
  json object = json::parse(text, nullptr, false);
  if (!object.is_object()) return std::nullopt;
  return object;
}

std::string Text(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::uint64_t Number(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

}  // namespace

std::optional<FinishedJob> ReadFinishedJob(std::string_view text) {
  const auto object = ReadObject(text);
  if (!object) return std::nullopt;
  FinishedJob job{.state = Text(*object, "state"),
                  .message = Text(*object, "message"),
                  .started_at = Text(*object, "startedAt"),
                  .counts = {},
                  .problems = {}};
  if (const auto seconds = object->find("seconds"); seconds != object->end() && seconds->is_number())
    job.seconds = seconds->get<double>();
  if (const auto counts = object->find("counts"); counts != object->end() && counts->is_object()) {
    for (const auto& [state, count] : counts->items())
      job.counts.emplace_back(state, Number(*counts, state.c_str()));
  }
  if (const auto problems = object->find("problems"); problems != object->end() && problems->is_array()) {
    for (const json& problem : *problems) {
      if (problem.is_object())
        job.problems.push_back({Text(problem, "id"), Text(problem, "state"), Text(problem, "reason")});
    }
  }
  return job;
}

std::optional<RunningJob> ReadRunningJob(std::string_view text) {
  const auto object = ReadObject(text);
  if (!object) return std::nullopt;
  return RunningJob{.stage = Text(*object, "stage"),
                    .started_at = Text(*object, "startedAt"),
                    .done = Number(*object, "done"),
                    .total = Number(*object, "total"),
                    .problems = Number(*object, "problems")};
}

}  // namespace quipu::searchd
