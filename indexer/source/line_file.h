// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/unique_fd.h"

namespace quipu::source {

/// A file of lines that can be gone through and then read line by line at random, from several threads.
/// `-` is standard input, which is copied to a temporary file without a name first.
class LineFile {
 public:
  static Result<LineFile> Open(const std::filesystem::path& path);

  struct Line {
    std::uint64_t offset = 0;
    std::uint64_t number = 0;  // from 1
    std::uint64_t bytes = 0;   // of the whole line, without its end
    std::string_view text;     // its beginning, at most kMaxLineBytes
  };
  /// No line needs more memory than this; a document has at most that many bytes of JSON.
  static constexpr std::size_t kMaxLineBytes = std::size_t{64} << 20;

  /// Calls `visit` for every line, empty ones included, without its "\n" or "\r\n" (a byte order mark at
  /// the beginning is passed over), until it returns false. False if the file could not be read.
  bool ForEach(const std::function<bool(const Line&)>& visit) const;

  /// `size` bytes at `offset`; shorter if the file ends before.
  std::string ReadAt(std::uint64_t offset, std::uint64_t size) const;

 private:
  static Result<LineFile> OfLines(UniqueFd fd, const std::string& name);

  explicit LineFile(UniqueFd fd) : fd_(std::move(fd)) {}

  UniqueFd fd_;
};

}  // namespace quipu::source
