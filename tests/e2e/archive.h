// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/index/index_reader.h"
#include "core/index/text_store.h"
#include "tests/support/file_tree.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"

namespace quipu::testing {

/// A folder with a quipu.toml, the files of one source in `files/`, and one index, `archive`.
class Archive {
 public:
  explicit Archive(std::string_view more_of_index = "", std::string_view more_of_source = "") {
    std::filesystem::create_directories(files());
    WriteFile(root() / "quipu.toml",
              "data_dir = \"var\"\n[indexes.archive]\nlanguages = [\"en\"]\n" + std::string(more_of_index) +
                  "\n[[indexes.archive.sources]]\ntype = \"folder\"\npath = \"files\"\n" +
                  std::string(more_of_source) + "\n");
  }

  /// Replaces the source by another, `lines` of quipu.toml.
  void UseSource(std::string_view lines, std::string_view more_of_index = "") const {
    WriteFile(root() / "quipu.toml", "data_dir = \"var\"\n[indexes.archive]\nlanguages = [\"en\"]\n" +
                                         std::string(more_of_index) + "\n[[indexes.archive.sources]]\n" +
                                         std::string(lines) + "\n");
  }

  std::filesystem::path root() const { return dir_.path(); }
  std::filesystem::path files() const { return dir_.path() / "files"; }
  std::filesystem::path data() const { return dir_.path() / "var"; }

  /// Writes a text file of the source. Its time is well in the past, as that of files usually is; `time`
  /// distinguishes versions.
  void Write(const std::string& path, std::string_view text, int time = 1) const {
    WriteFile(files() / path, text);
    SetTime(files() / path, time);
  }
  void WriteMany(int count, int words = 40) const {
    for (int i = 0; i < count; ++i) {
      std::string text = "Document number " + std::to_string(i) + ".\n\n";
      for (int w = 0; w < words; ++w) text += "word" + std::to_string((i * 31 + w * 7) % 5000) + " ";
      Write("many/" + std::to_string(i % 100) + "/" + std::to_string(i) + ".txt", text);
    }
  }

  static std::vector<std::string> Words(const std::vector<std::string>& arguments) {
    std::vector<std::string> words{QUIPU_INDEXER};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
  }
  ProgramResult Indexer(const std::vector<std::string>& arguments, const std::string& input = "") const {
    ProgramOptions options;
    options.folder = root();
    options.input = input;
    return RunProgram(Words(arguments), options);
  }
  /// `run` that is expected to succeed; its report: each id with its state.
  std::map<std::string, std::string> Run(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"run", "--quiet", "--report", "report.jsonl"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const ProgramResult result = Indexer(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    return States();
  }
  std::vector<nlohmann::json> Report(const char* name = "report.jsonl") const {
    std::vector<nlohmann::json> lines;
    const std::string text = ReadFile(root() / name);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      lines.push_back(nlohmann::json::parse(text.substr(at, end - at)));
      at = end + 1;
    }
    return lines;
  }
  std::map<std::string, std::string> States() const {
    std::map<std::string, std::string> states;
    for (const auto& line : Report())
      states[line["id"]] = line.contains("plan") ? line["plan"] : line["state"];
    return states;
  }

  index::IndexReader Reader() const {
    auto reader = index::IndexReader::Open(data() / "archive");
    if (!reader) throw std::runtime_error(reader.error().message);
    return std::move(reader).value();
  }
  std::uint64_t Documents() const { return Reader().Facts().documents; }
  bool Has(const std::string& id) const { return Reader().FindDocument(id) != 0; }
  std::string Body(const std::string& id) const {
    const index::IndexReader reader = Reader();
    return index::ReadText(reader.database(), reader.TextNumber(reader.FindDocument(id)));
  }
  schema::Document Stored(const std::string& id) const {
    const index::IndexReader reader = Reader();
    return reader.StoredDocument(reader.FindDocument(id));
  }

 private:
  TempDir dir_;
};

}  // namespace quipu::testing
