// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/building_folder.h"

#include <xapian.h>

#include <charconv>
#include <fstream>

#include "core/index/index_directory.h"

namespace quipu::index {
namespace {

namespace fs = std::filesystem;

/// The rest of the line in `file` that begins with `key` and a space; lines stand in the order of writing.
std::string ReadLine(std::istream& file, std::string_view key) {
  std::string line;
  if (!std::getline(file, line) || !line.starts_with(key) || line.size() <= key.size()) return {};
  return line.substr(key.size() + 1);
}

template <typename Number>
bool ReadNumber(std::istream& file, std::string_view key, Number& number) {
  const std::string text = ReadLine(file, key);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

/// A fingerprint on one line, whatever is in it.
std::string OneLine(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

}  // namespace

std::optional<BuildingState> BuildingFolder::ReadState() const {
  std::ifstream file(path_ / "state");
  BuildingState state;
  if (!ReadNumber(file, "format", state.format_version)) return std::nullopt;
  state.fingerprint = ReadLine(file, "fingerprint");
  if (!ReadNumber(file, "shards", state.shards) || !ReadNumber(file, "generation", state.base_generation) ||
      !ReadNumber(file, "revision", state.base_revision)) {
    return std::nullopt;
  }
  state.boot = ReadLine(file, "boot");
  return state;
}

void BuildingFolder::WriteState(const BuildingState& state) const {
  ReplaceFile(path_ / "state", "format " + std::to_string(state.format_version) +             //
                                   "\nfingerprint " + OneLine(state.fingerprint) +            //
                                   "\nshards " + std::to_string(state.shards) +               //
                                   "\ngeneration " + std::to_string(state.base_generation) +  //
                                   "\nrevision " + std::to_string(state.base_revision) +      //
                                   "\nboot " + state.boot + "\n");
}

void BuildingFolder::Prepare(const fs::path& published) const {
  Discard();
  fs::create_directories(path_);
  if (published.empty()) return;
  fs::create_directory(BasePath());
  for (const auto& entry : fs::directory_iterator(published)) {
    // Xapian's lock file belongs to the original.
    if (!entry.is_regular_file() || entry.path().filename() == "flintlock") continue;
    fs::copy_file(entry.path(), BasePath() / entry.path().filename());
  }
}

void BuildingFolder::Discard() const { fs::remove_all(path_); }

bool BuildingFolder::Check() const {
  try {
    for (const auto& entry : fs::directory_iterator(path_)) {
      if (entry.is_directory() && Xapian::Database::check(entry.path().string(), 0, nullptr) != 0)
        return false;
    }
    return true;
  } catch (const Xapian::Error&) {
    return false;
  }
}

std::string BootId() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  std::getline(file, id);
  return id;
}

}  // namespace quipu::index
