// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/line_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/base/write_all.h"

namespace quipu::source {
namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string Reason(int error) { return std::generic_category().message(error); }

/// Standard input in a file that has no name and is gone with its descriptor.
Result<UniqueFd> SpoolStandardInput() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  std::string name = (error ? std::filesystem::path("/tmp") : folder) / "quipu-stdin-XXXXXX";
  UniqueFd spool(::mkostemp(name.data(), O_CLOEXEC));
  if (!spool.valid()) return Error{Code::kIo, fmt::format("no temporary file `{}`: {}", name, Reason(errno))};
  ::unlink(name.c_str());
  std::vector<char> buffer(kReadBytes);
  while (true) {
    const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Error{Code::kIo, "standard input cannot be read: " + Reason(errno)};
    if (got == 0) return spool;
    if (!WriteAll(spool.get(), {buffer.data(), static_cast<std::size_t>(got)})) {
      return Error{Code::kIo, "standard input does not fit into the temporary folder: " + Reason(errno)};
    }
  }
}

/// Cuts what is fed to it into lines.
class LineCutter {
 public:
  explicit LineCutter(const std::function<bool(const LineFile::Line&)>& visit) : visit_(visit) {}

  /// False once `visit` wants no more.
  bool Feed(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t end = bytes.find('\n');
      Append(bytes.substr(0, end));
      if (end == std::string_view::npos) return true;
      bytes.remove_prefix(end + 1);
      if (!End(1)) return false;
    }
    return true;
  }

  void FeedEnd() {
    if (bytes_ > 0) End(0);
  }

 private:
  void Append(std::string_view part) {
    bytes_ += part.size();
    text_.append(part.substr(0, LineFile::kMaxLineBytes - std::min(LineFile::kMaxLineBytes, text_.size())));
  }

  bool End(std::uint64_t end_bytes) {
    std::string_view text = text_;
    LineFile::Line line{offset_, ++number_, bytes_, {}};
    if (text.size() == bytes_ && text.ends_with('\r')) {
      text.remove_suffix(1);
      --line.bytes;
    }
    if (number_ == 1 && text.starts_with(kByteOrderMark)) {
      text.remove_prefix(kByteOrderMark.size());
      line.offset += kByteOrderMark.size();
      line.bytes -= kByteOrderMark.size();
    }
    line.text = text;
    const bool more = visit_(line);
    offset_ += bytes_ + end_bytes;
    bytes_ = 0;
    text_.clear();
    return more;
  }

  const std::function<bool(const LineFile::Line&)>& visit_;
  std::string text_;
  std::uint64_t offset_ = 0;
  std::uint64_t number_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace

/// A packed file would give a thousand faults where one says it all.
Result<LineFile> LineFile::OfLines(UniqueFd fd, const std::string& name) {
  std::array<char, 4> begin{};
  const ssize_t got = ::pread(fd.get(), begin.data(), begin.size(), 0);
  const std::string_view bytes(begin.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  for (const auto& [magic, program] : {std::pair{"\x1f\x8b", "gzip"},
                                       {"\x28\xb5\x2f\xfd", "zstd"},
                                       {"\xfd\x37zX", "xz"},
                                       {"PK\x03\x04", "zip"}}) {
    if (bytes.starts_with(magic)) {
      return Error{Code::kIo, fmt::format("{} is packed with {}; unpack it, or pipe it into `path = \"-\"`",
                                          name, program)};
    }
  }
  return LineFile(std::move(fd));
}

Result<LineFile> LineFile::Open(const std::filesystem::path& path) {
  if (path == "-") {
    auto spool = SpoolStandardInput();
    if (!spool) return spool.error();
    return OfLines(std::move(spool).value(), "standard input");
  }
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!fd.valid() || ::fstat(fd.get(), &status) != 0) {
    return Error{Code::kIo, fmt::format("`{}` cannot be read: {}", path.string(), Reason(errno))};
  }
  if (!S_ISREG(status.st_mode))
    return Error{Code::kIo, fmt::format("`{}` is not a regular file", path.string())};
  return OfLines(std::move(fd), fmt::format("`{}`", path.string()));
}

bool LineFile::ForEach(const std::function<bool(const Line&)>& visit) const {
  LineCutter cutter(visit);
  std::vector<char> buffer(kReadBytes);
  off_t at = 0;
  while (true) {
    const ssize_t got = ::pread(fd_.get(), buffer.data(), buffer.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) break;
    at += got;
    if (!cutter.Feed({buffer.data(), static_cast<std::size_t>(got)})) return true;
  }
  cutter.FeedEnd();
  return true;
}

std::string LineFile::ReadAt(std::uint64_t offset, std::uint64_t size) const {
  std::string text(static_cast<std::size_t>(size), '\0');
  std::size_t have = 0;
  while (have < text.size()) {
    const ssize_t got =
        ::pread(fd_.get(), text.data() + have, text.size() - have, static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  text.resize(have);
  return text;
}

}  // namespace quipu::source
