// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/filter/private_folder.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <vector>

#include "core/base/write_all.h"

namespace quipu::filter {
namespace {

[[noreturn]] void Fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

void Write(int fd, std::string_view bytes) {
  if (!WriteAll(fd, bytes)) Fail("write");
}

}  // namespace

PrivateFolder::PrivateFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "quipu-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) Fail("mkdtemp");
  path_ = pattern;
}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path PrivateFolder::Copy(int fd, std::uint64_t max_bytes, const std::string& name) const {
  std::filesystem::path file = path_ / name;
  const UniqueFd out(::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600));
  if (!out.valid()) Fail("open");
  std::vector<char> buffer(1U << 20);
  for (std::uint64_t at = 0; at < max_bytes;) {
    const std::size_t wanted = std::min<std::uint64_t>(buffer.size(), max_bytes - at);
    const ssize_t got = ::pread(fd, buffer.data(), wanted, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) Fail("read");
    if (got == 0) break;
    Write(out.get(), {buffer.data(), static_cast<std::size_t>(got)});
    at += static_cast<std::uint64_t>(got);
  }
  return file;
}

UniqueFd FileInMemory(std::string_view bytes) {
  UniqueFd fd(::memfd_create("quipu-filter", MFD_CLOEXEC));
  if (!fd.valid()) Fail("memfd_create");
  Write(fd.get(), bytes);
  ::lseek(fd.get(), 0, SEEK_SET);
  return fd;
}

}  // namespace quipu::filter
