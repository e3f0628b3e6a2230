// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/web/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace quipu::web {
namespace {

std::system_error Failure(const char* what) { return {errno, std::generic_category(), what}; }

}  // namespace

UniqueFd NamelessFile(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::path usual = std::filesystem::temp_directory_path(error);
  if (error) usual = "/tmp";
  for (const std::filesystem::path& place : {folder, usual}) {
    if (place.empty()) continue;
    UniqueFd fd(::open(place.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (fd.valid()) return fd;
    // Not every file system has files without a name.
    std::string name = place / "quipu-page-XXXXXX";
    fd = UniqueFd(::mkostemp(name.data(), O_CLOEXEC));
    if (!fd.valid()) continue;
    ::unlink(name.c_str());
    return fd;
  }
  throw Failure("no temporary file for pages");
}

std::optional<Spool::Place> Spool::Put(std::string_view text) {
  const std::lock_guard lock(mutex_);
  if (size_ + text.size() > kMaxBytes) return std::nullopt;
  if (!file_.valid()) file_ = NamelessFile(folder_);
  const Place place{size_, text.size()};
  while (!text.empty()) {
    const ssize_t put = ::pwrite(file_.get(), text.data(), text.size(), static_cast<off_t>(size_));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw Failure("the temporary file for pages");
    size_ += static_cast<std::uint64_t>(put);
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  return place;
}

std::string Spool::Get(const Place& place) const {
  const std::lock_guard lock(mutex_);
  std::string text(static_cast<std::size_t>(place.size), '\0');
  for (std::size_t have = 0; have < text.size();) {
    const ssize_t got =
        ::pread(file_.get(), text.data() + have, text.size() - have, static_cast<off_t>(place.offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw Failure("the temporary file for pages");
    have += static_cast<std::size_t>(got);
  }
  return text;
}

}  // namespace quipu::web
