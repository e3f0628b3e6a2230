// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/index_lock.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <fstream>
#include <string>

namespace quipu::searchd {

bool IsLocked(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return false;
  // "7: FLOCK  ADVISORY  WRITE 4711 08:02:1234567 0 EOF"; a waiter has "->" after its number.
  const std::string inode = fmt::format(":{} ", status.st_ino);
  const std::string device = fmt::format(" {:02x}:{:02x}", major(status.st_dev), minor(status.st_dev));
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    if (line.find(" FLOCK ") == std::string::npos || line.find("->") != std::string::npos) continue;
    if (line.find(device + inode) != std::string::npos) return true;
  }
  return false;
}

}  // namespace quipu::searchd
