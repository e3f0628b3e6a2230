// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/sandbox.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <iconv.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

#include "indexer/extract/charset.h"
#include "indexer/extract/landlock.h"
#include "indexer/extract/syscall_filter.h"

namespace quipu::extract {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define QUIPU_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define QUIPU_SANITIZED 1
#endif
#endif
#ifdef QUIPU_SANITIZED
constexpr bool kSanitized = true;  // shadow memory takes terabytes of address space
#else
constexpr bool kSanitized = false;
#endif

bool Limit(__rlimit_resource resource, rlim_t value) {
  const rlimit limit{value, value};
  return setrlimit(resource, &limit) == 0;
}

SandboxLayer SetLimits(std::uint64_t memory_bytes) {
  bool all =
      Limit(RLIMIT_CORE, 0) && Limit(RLIMIT_FSIZE, 0) && Limit(RLIMIT_NPROC, 0) && Limit(RLIMIT_NOFILE, 64);
  std::string detail = "no new files or processes, no core dumps";
  if (!kSanitized) {
    all = Limit(RLIMIT_AS, memory_bytes) && all;
    detail += ", " + std::to_string(memory_bytes >> 20) + " MiB of memory";
  }
  return {.name = "rlimits", .active = all, .detail = all ? detail : std::strerror(errno)};
}

SandboxLayer GiveUpPrivileges() {
  const bool all = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
                   prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0;
  return {
      .name = "no_new_privs",
      .active = all,
      .detail = all ? "no privileges to gain, not traceable, ends with its parent" : std::strerror(errno)};
}

/// The folder of the C library's charset converters stands beside the C library.
std::string ConverterFolder() {
  Dl_info where{};
  if (dladdr(reinterpret_cast<void*>(&iconv_open), &where) == 0 || where.dli_fname == nullptr)
    return "/usr/lib/gconv";
  const std::string library = where.dli_fname;
  return library.substr(0, library.find_last_of('/') + 1) + "gconv";
}

}  // namespace

std::vector<SandboxLayer> EnterSandbox(const SandboxOptions& options) {
  std::vector<SandboxLayer> layers;
  layers.push_back(GiveUpPrivileges());
  SandboxLayer files{.name = "landlock", .active = false, .detail = "switched off"};
  if (options.landlock) {
    files = RestrictFiles({"/usr/share/poppler", "/usr/share/fonts", "/etc/fonts", "/usr/share/fontconfig",
                           ConverterFolder(), "/usr/lib/locale"});
  }
  // Without Landlock nothing may be opened at all, so what would be is loaded now.
  if (!files.active) PreloadCharsets();
  layers.push_back(SetLimits(options.memory_bytes));
  layers.push_back(files);
  layers.push_back(FilterSyscalls({.may_open = files.active, .sanitized = kSanitized}));
  return layers;
}

}  // namespace quipu::extract
