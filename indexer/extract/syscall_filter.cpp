// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/syscall_filter.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string>

namespace quipu::extract {
namespace {

constexpr int kSocket = 3;

class Filter {
 public:
  Filter() : context_(seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release) {}

  bool ok() const { return context_ != nullptr && ok_; }

  void Allow(int call) { Add(seccomp_rule_add_array(context_.get(), SCMP_ACT_ALLOW, call, 0, nullptr)); }

  void AllowIf(int call, scmp_arg_cmp condition) {
    Add(seccomp_rule_add_array(context_.get(), SCMP_ACT_ALLOW, call, 1, &condition));
  }

  /// `answer` instead of EPERM: what a library takes as "not there".
  void Refuse(int call, int answer) {
    Add(seccomp_rule_add_array(context_.get(), SCMP_ACT_ERRNO(static_cast<unsigned>(answer)), call, 0,
                               nullptr));
  }

  bool Load() { return ok() && seccomp_load(context_.get()) == 0; }

 private:
  void Add(int result) {
    // A call that this architecture does not have needs no rule.
    if (result != 0 && result != -EDOM && result != -EINVAL) ok_ = false;
  }

  std::unique_ptr<void, decltype(&seccomp_release)> context_;
  bool ok_ = true;
};

scmp_arg_cmp Equals(unsigned arg, std::uint64_t value) { return {arg, SCMP_CMP_EQ, value, 0}; }
scmp_arg_cmp NoneOf(unsigned arg, std::uint64_t bits) { return {arg, SCMP_CMP_MASKED_EQ, bits, 0}; }

void AllowComputing(Filter& filter) {
  for (const int call : {SCMP_SYS(brk),
                         SCMP_SYS(munmap),
                         SCMP_SYS(mremap),
                         SCMP_SYS(madvise),
                         SCMP_SYS(futex),
                         SCMP_SYS(rt_sigaction),
                         SCMP_SYS(rt_sigprocmask),
                         SCMP_SYS(rt_sigreturn),
                         SCMP_SYS(sigaltstack),
                         SCMP_SYS(getpid),
                         SCMP_SYS(gettid),
                         SCMP_SYS(getppid),
                         SCMP_SYS(getuid),
                         SCMP_SYS(geteuid),
                         SCMP_SYS(getgid),
                         SCMP_SYS(getegid),
                         SCMP_SYS(exit),
                         SCMP_SYS(exit_group),
                         SCMP_SYS(clock_gettime),
                         SCMP_SYS(clock_getres),
                         SCMP_SYS(gettimeofday),
                         SCMP_SYS(time),
                         SCMP_SYS(nanosleep),
                         SCMP_SYS(clock_nanosleep),
                         SCMP_SYS(getrandom),
                         SCMP_SYS(sched_yield),
                         SCMP_SYS(sched_getaffinity),
                         SCMP_SYS(getrusage),
                         SCMP_SYS(restart_syscall),
                         SCMP_SYS(rseq),
                         SCMP_SYS(set_robust_list),
                         SCMP_SYS(uname),
                         SCMP_SYS(sysinfo),
                         SCMP_SYS(getcpu)}) {
    filter.Allow(call);
  }
  // Memory is never writable and executable at once on behalf of a file's content.
  filter.AllowIf(SCMP_SYS(mmap), NoneOf(2, PROT_EXEC));
  filter.AllowIf(SCMP_SYS(mmap), NoneOf(2, PROT_WRITE));
  filter.AllowIf(SCMP_SYS(mprotect), NoneOf(2, PROT_EXEC));
  // Signals to itself only: abort() and assertions.
  filter.AllowIf(SCMP_SYS(tgkill), Equals(0, static_cast<std::uint64_t>(getpid())));
  // Reading limits, not setting them.
  filter.AllowIf(SCMP_SYS(prlimit64), Equals(2, 0));
  filter.Allow(SCMP_SYS(getrlimit));
}

void AllowReading(Filter& filter, bool may_open) {
  for (const int call :
       {SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(readv), SCMP_SYS(preadv), SCMP_SYS(lseek),
        SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(stat), SCMP_SYS(lstat),
        SCMP_SYS(close), SCMP_SYS(fadvise64), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
        SCMP_SYS(getdents64), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd)}) {
    filter.Allow(call);
  }
  filter.AllowIf(SCMP_SYS(fcntl), Equals(1, F_GETFD));
  filter.AllowIf(SCMP_SYS(fcntl), Equals(1, F_GETFL));
  filter.Refuse(SCMP_SYS(ioctl), ENOTTY);
  if (!may_open) {
    filter.Refuse(SCMP_SYS(openat), ENOENT);
    filter.Refuse(SCMP_SYS(open), ENOENT);
    return;
  }
  constexpr std::uint64_t kWriting = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_TMPFILE;
  filter.AllowIf(SCMP_SYS(openat), NoneOf(2, kWriting & ~static_cast<std::uint64_t>(O_DIRECTORY)));
  filter.AllowIf(SCMP_SYS(open), NoneOf(1, kWriting & ~static_cast<std::uint64_t>(O_DIRECTORY)));
}

void AllowAnswering(Filter& filter) {
  filter.AllowIf(SCMP_SYS(recvmsg), Equals(0, kSocket));
  filter.AllowIf(SCMP_SYS(sendmsg), Equals(0, kSocket));
  filter.AllowIf(SCMP_SYS(sendto), Equals(0, kSocket));
  for (const std::uint64_t fd : {1U, 2U, 3U}) {
    filter.AllowIf(SCMP_SYS(write), Equals(0, fd));
    filter.AllowIf(SCMP_SYS(writev), Equals(0, fd));
  }
}

}  // namespace

SandboxLayer FilterSyscalls(const SyscallFilterOptions& options) {
  Filter filter;
  AllowComputing(filter);
  AllowReading(filter, options.may_open);
  AllowAnswering(filter);
  if (options.sanitized) {
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect), SCMP_SYS(prctl)}) filter.Allow(call);
  }
  errno = 0;
  const bool loaded = filter.Load();
  return {.name = "seccomp",
          .active = loaded,
          .detail = loaded ? "an allowlist of system calls; no sockets, processes or writing"
                           : std::string("the filter could not be loaded: ") + std::strerror(errno)};
}

}  // namespace quipu::extract
