// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/filter/filtered_extraction.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "indexer/extract/file_type.h"
#include "indexer/filter/child_program.h"
#include "indexer/filter/ocr.h"
#include "indexer/filter/private_folder.h"

namespace quipu::filter {
namespace {

using extract::Extracted;
using extract::FileTask;
using extract::State;

Extracted Failed(std::string reason, const std::string& type) {
  Extracted extracted;
  extracted.reason = std::move(reason);
  extracted.document.type = type;
  return extracted;
}

/// The ending of a copy's name, for programs that look at it: nothing but letters and digits.
std::string CopyName(const std::string& name) {
  const std::string ending = extract::NameEnding(name);
  const bool plain = !ending.empty() && ending.size() <= 10 &&
                     std::all_of(ending.begin(), ending.end(),
                                 [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
  return plain ? "input." + ending : "input";
}

/// Replaces each "{}"; whether there was one.
bool FillIn(std::vector<std::string>& command, const std::string& path) {
  bool filled = false;
  for (std::string& word : command) {
    for (std::size_t at = word.find("{}"); at != std::string::npos; at = word.find("{}", at + path.size())) {
      word.replace(at, 2, path);
      filled = true;
    }
  }
  return filled;
}

bool WantsPath(const config::Filter& filter) {
  return std::any_of(filter.command.begin(), filter.command.end(),
                     [](const std::string& word) { return word.find("{}") != std::string::npos; });
}

}  // namespace

const config::Filter* FilteredExtraction::FilterFor(const std::string& name, const std::string& type) const {
  const std::string ending = extract::NameEnding(name);
  for (const config::Filter& filter : setup_.filters) {
    const auto& endings = filter.endings;
    if (!ending.empty() && std::find(endings.begin(), endings.end(), ending) != endings.end()) return &filter;
    if (!filter.mime.empty() && !type.empty() &&
        (filter.mime == type || filter.mime == "application/" + type))
      return &filter;
  }
  return nullptr;
}

Extracted FilteredExtraction::RunFilter(const config::Filter& filter, const FileTask& task,
                                        const std::string& type) const {
  const PrivateFolder folder;
  ChildTask child;
  child.command = filter.command;
  child.folder = folder.path();
  child.timeout = setup_.timeout;
  child.stop = setup_.stop;
  if (WantsPath(filter)) {
    FillIn(child.command, folder.Copy(task.fd, task.max_bytes, CopyName(task.name)).string());
  } else {
    ::lseek(task.fd, 0, SEEK_SET);
    child.input = task.fd;
  }
  const ChildResult result = RunChild(child);
  if (!result.ok) return Failed("the filter failed: " + result.reason, type);
  FileTask read;
  read.fd = FileInMemory(result.output).Release();
  read.name = task.name + (filter.output == config::FilterOutput::kHtml ? ".html" : ".txt");
  read.language = task.language;
  read.max_bytes = task.max_bytes;
  Extracted extracted = setup_.extract(std::move(read));
  extracted.document.type = type;
  if (extracted.state == State::kEmpty) extracted.reason = "the filter gave no text";
  if (result.cut && extracted.state == State::kIndexed) {
    extracted.state = State::kTruncated;
    extracted.reason = "the filter gave more than 64 MiB; the rest was left out";
  }
  return extracted;
}

Extracted FilteredExtraction::Extract(FileTask task) const {
  if (setup_.filters.empty() && !task.ocr) return setup_.extract(std::move(task));
  const auto began = std::chrono::steady_clock::now();
  const UniqueFd file(task.fd);
  Extracted extracted = ExtractOpen(task);
  extracted.elapsed =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
  return extracted;
}

Extracted FilteredExtraction::ExtractOpen(const FileTask& task) const {
  if (const config::Filter* filter = FilterFor(task.name, ""))
    return RunFilter(*filter, task, extract::NameEnding(task.name));
  FileTask first = task;
  first.fd = ::fcntl(task.fd, F_DUPFD_CLOEXEC, 3);
  if (first.fd < 0) throw std::system_error(errno, std::generic_category(), "dup");
  Extracted extracted = setup_.extract(std::move(first));
  const std::string type = extracted.document.type;
  if (const config::Filter* filter = FilterFor("", type)) return RunFilter(*filter, task, type);
  if (!task.ocr || !NeedsOcr(extracted)) return extracted;
  Extracted recognised =
      ReadWithOcr({.extract = setup_.extract, .timeout = setup_.timeout, .stop = setup_.stop}, task, type);
  // A page of numbers stays one if no letters are found, or nothing is there to find them.
  const bool worse = extracted.state == State::kIndexed && recognised.document.body.empty();
  return worse ? extracted : recognised;
}

}  // namespace quipu::filter
