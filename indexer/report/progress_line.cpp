// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/report/progress_line.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace quipu::report {
namespace {

constexpr int kMinBar = 10;
constexpr int kMaxBar = 30;

double Rate(double amount, double seconds) { return seconds > 0 ? amount / seconds : 0; }

/// Nothing while it would be a guess.
std::optional<double> SecondsLeft(const ProgressState& state) {
  if (state.total == 0 || state.done == 0 || state.done > state.total || state.seconds < 1)
    return std::nullopt;
  return state.seconds * static_cast<double>(state.total - state.done) / static_cast<double>(state.done);
}

std::string Figures(const ProgressState& state) {
  if (state.total == 0) return fmt::format("{} for {}", state.stage, RenderDuration(state.seconds));
  std::string text = fmt::format("{}/{}  {} docs/s  {}/s", state.done, state.total,
                                 RenderRate(Rate(static_cast<double>(state.done), state.seconds)),
                                 RenderBytes(Rate(static_cast<double>(state.bytes), state.seconds)));
  if (const auto left = SecondsLeft(state)) text += fmt::format("  {} left", RenderDuration(*left));
  if (state.problems > 0) text += fmt::format("  {} with problems", state.problems);
  return text;
}

std::string Bar(const ProgressState& state, int width) {
  const double part =
      state.total > 0 ? static_cast<double>(state.done) / static_cast<double>(state.total) : 0;
  const int full = std::clamp(static_cast<int>(std::lround(part * width)), 0, width);
  return "[" + std::string(static_cast<std::size_t>(full), '=') +
         std::string(static_cast<std::size_t>(width - full), ' ') + "]";
}

}  // namespace

std::string RenderDuration(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::llround(std::max(0.0, seconds)));
  const std::int64_t hours = whole / 3600;
  const std::int64_t minutes = whole / 60 % 60;
  if (hours > 0) return fmt::format("{}:{:02}:{:02}", hours, minutes, whole % 60);
  return fmt::format("{}:{:02}", minutes, whole % 60);
}

std::string RenderRate(double a_second) {
  return a_second < 10 ? fmt::format("{:.1f}", a_second) : fmt::format("{:.0f}", a_second);
}

std::string RenderCount(std::uint64_t documents) {
  return fmt::format("{} document{}", documents, documents == 1 ? "" : "s");
}

std::string RenderBytes(double bytes) {
  constexpr std::array kUnits = {"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  while (bytes >= 1000 && unit + 1 < kUnits.size()) {
    bytes /= 1000;
    ++unit;
  }
  return unit == 0 ? fmt::format("{:.0f} B", bytes) : fmt::format("{:.1f} {}", bytes, kUnits[unit]);
}

std::string RenderBar(const ProgressState& state, int width) {
  const std::string figures = Figures(state);
  const int name = Columns(state.index);
  std::string line = state.index;
  const int room = width - name - Columns(figures) - 5;  // two brackets, three blanks
  if (state.total > 0 && room >= kMinBar) line += " " + Bar(state, std::min(room, kMaxBar));
  line += "  " + figures;
  const int left = width - Columns(line) - 2;
  constexpr int kMinCurrent = 8;
  if (!state.current.empty() && left >= kMinCurrent) line += "  " + Fit(state.current, left);
  return Fit(line, width);
}

std::string RenderLine(const ProgressState& state) {
  return fmt::format("{}: {}{}", state.index, state.total > 0 ? state.stage + " " : "", Figures(state));
}

std::string RenderJson(const ProgressState& state) {
  nlohmann::ordered_json json;
  json["event"] = "progress";
  json["index"] = state.index;
  json["stage"] = state.stage;
  json["done"] = state.done;
  json["total"] = state.total > 0 ? nlohmann::ordered_json(state.total) : nlohmann::ordered_json(nullptr);
  json["bytes"] = state.bytes;
  json["problems"] = state.problems;
  json["seconds"] = std::round(state.seconds * 10) / 10;
  json["docsPerSecond"] = std::round(Rate(static_cast<double>(state.done), state.seconds) * 10) / 10;
  json["bytesPerSecond"] = std::llround(Rate(static_cast<double>(state.bytes), state.seconds));
  const auto left = SecondsLeft(state);
  json["secondsLeft"] = left ? nlohmann::ordered_json(std::llround(*left)) : nlohmann::ordered_json(nullptr);
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace quipu::report
