// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

namespace quipu::extract {
namespace {

/// struct landlock_ruleset_attr as of ABI 6; an older kernel is given its own, shorter size.
struct Ruleset {
  std::uint64_t files = 0;
  std::uint64_t network = 0;
  std::uint64_t scopes = 0;
};

constexpr std::uint64_t kReadAccess = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

/// Every file right that Landlock `abi` can withhold.
std::uint64_t FileRights(int abi) {
  std::uint64_t rights = (1ULL << 13) - 1;
  if (abi >= 2) rights |= 1ULL << 13;  // moving between directories
  if (abi >= 3) rights |= 1ULL << 14;  // truncating
  if (abi >= 5) rights |= 1ULL << 15;  // ioctl on devices
  return rights;
}

Ruleset RulesFor(int abi) {
  Ruleset rules{.files = FileRights(abi)};
  if (abi >= 4) rules.network = 3;  // bind and connect over TCP
  if (abi >= 6) rules.scopes = 3;   // abstract unix sockets and signals outside
  return rules;
}

std::size_t SizeFor(int abi) { return abi >= 6 ? 24 : abi >= 4 ? 16 : 8; }

void AllowReading(int ruleset, const std::string& path) {
  const int folder = open(path.c_str(), O_PATH | O_CLOEXEC);
  if (folder < 0) return;
  const landlock_path_beneath_attr rule{.allowed_access = kReadAccess, .parent_fd = folder};
  syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  close(folder);
}

SandboxLayer Missing(const char* step) {
  return {.name = "landlock", .active = false, .detail = std::string(step) + ": " + std::strerror(errno)};
}

}  // namespace

SandboxLayer RestrictFiles(const std::vector<std::string>& readable) {
  const auto abi =
      static_cast<int>(syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION));
  if (abi < 1) return Missing("the kernel has no Landlock");
  const Ruleset rules = RulesFor(abi);
  const auto ruleset = static_cast<int>(syscall(SYS_landlock_create_ruleset, &rules, SizeFor(abi), 0));
  if (ruleset < 0) return Missing("the rules were refused");
  for (const std::string& path : readable) AllowReading(ruleset, path);
  const bool restricted = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
  if (!restricted) return Missing("the rules could not be applied");
  close(ruleset);
  return {.name = "landlock",
          .active = true,
          .detail = "version " + std::to_string(abi) + ": reads font and encoding data only"};
}

}  // namespace quipu::extract
