// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/folder_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "indexer/source/document_id.h"

namespace quipu::source {
namespace {

/// A deeper tree is an accident or an attack, and each level holds a descriptor.
constexpr int kMaxDepth = 200;

std::string Reason(int error) { return std::generic_category().message(error); }

/// Where the kernel says that `fd` is; empty if it cannot say.
std::string PathOf(int fd) {
  std::error_code error;
  return std::filesystem::read_symlink(fmt::format("/proc/self/fd/{}", fd), error).string();
}

bool IsInside(const std::string& path, const std::string& root) {
  return root == "/" || (path.size() > root.size() && path.starts_with(root) && path[root.size()] == '/');
}

const char* SpecialKind(mode_t mode) {
  if (S_ISFIFO(mode)) return "a named pipe, not a file";
  if (S_ISSOCK(mode)) return "a socket, not a file";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device, not a file";
  return "not a regular file";
}

index::FileStamp StampOf(const struct stat& status) {
  index::FileStamp stamp;
  stamp.mtime_ns = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
  stamp.size = static_cast<std::uint64_t>(status.st_size);
  return stamp;
}

struct CloseDir {
  void operator()(DIR* dir) const { ::closedir(dir); }
};
using Dir = std::unique_ptr<DIR, CloseDir>;

struct FolderIdentity {
  dev_t device;
  ino_t inode;
};

/// One walk over a tree.
class Walk {
 public:
  Walk(const PathFilter& filter, std::vector<FolderIdentity> not_into, std::string real_root,
       std::stop_token stop)
      : filter_(filter),
        not_into_(std::move(not_into)),
        real_root_(std::move(real_root)),
        stop_(std::move(stop)) {}

  /// `prefix` is the folder's path with its slash, empty for the root. Returns errno, 0 if all is well.
  int ReadFolder(UniqueFd folder, const std::string& prefix, int depth) {
    struct stat status {};
    if (::fstat(folder.get(), &status) != 0) return errno;
    if (IsPassedOver(status)) return 0;
    const Dir dir(::fdopendir(folder.get()));
    if (!dir) return errno;
    folder.Release();  // closedir closes it
    while (!stop_.stop_requested()) {
      errno = 0;
      const dirent* entry = ::readdir(dir.get());
      if (entry == nullptr) return errno;
      const std::string name = entry->d_name;
      if (name != "." && name != "..") Visit(::dirfd(dir.get()), name, entry->d_type, prefix, depth);
    }
    return 0;
  }

  Listing Take() {
    std::sort(listing_.found.begin(), listing_.found.end(),
              [](const Found& a, const Found& b) { return a.id < b.id; });
    std::sort(listing_.problems.begin(), listing_.problems.end(),
              [](const Problem& a, const Problem& b) { return a.id < b.id; });
    std::sort(listing_.unreadable.begin(), listing_.unreadable.end());
    return std::move(listing_);
  }

 private:
  bool IsPassedOver(const struct stat& status) const {
    return std::any_of(not_into_.begin(), not_into_.end(), [&](const FolderIdentity& one) {
      return one.device == status.st_dev && one.inode == status.st_ino;
    });
  }

  void Visit(int folder, const std::string& name, unsigned char type, const std::string& prefix, int depth) {
    const std::string path = prefix + name;
    if (type == DT_DIR) return VisitFolder(folder, name, path, depth);
    if (type != DT_UNKNOWN && !filter_.WantsFile(path)) return VisitUnwanted(folder, name, type, path);
    struct stat status {};
    if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
      if (errno != ENOENT) Add(path, extract::State::kFailed, Reason(errno));  // gone meanwhile is just gone
      return;
    }
    if (S_ISDIR(status.st_mode)) return VisitFolder(folder, name, path, depth);
    if (!filter_.WantsFile(path)) return;
    if (S_ISLNK(status.st_mode)) return VisitLink(folder, name, path);
    if (!S_ISREG(status.st_mode)) return Add(path, extract::State::kSkipped, SpecialKind(status.st_mode));
    listing_.found.push_back({IdOfPath(path), path, StampOf(status), 0, 0});
  }

  /// A link to a folder is told even where its name is no wanted file's: what is behind it is missed.
  void VisitUnwanted(int folder, const std::string& name, unsigned char type, const std::string& path) {
    if (type != DT_LNK || !filter_.WantsFolder(path)) return;
    struct stat status {};
    if (::fstatat(folder, name.c_str(), &status, 0) == 0 && S_ISDIR(status.st_mode)) AddLinkedFolder(path);
  }

  void VisitFolder(int parent, const std::string& name, const std::string& path, int depth) {
    if (!filter_.WantsFolder(path)) return;
    if (depth >= kMaxDepth) return AddUnreadable(path, "folders are nested too deep");
    UniqueFd folder(::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    const int error = folder.valid() ? ReadFolder(std::move(folder), path + "/", depth + 1) : errno;
    if (error != 0 && error != ENOENT) AddUnreadable(path, Reason(error));
  }

  void VisitLink(int folder, const std::string& name, const std::string& path) {
    const UniqueFd target(::openat(folder, name.c_str(), O_PATH | O_CLOEXEC));
    struct stat status {};
    if (!target.valid() || ::fstat(target.get(), &status) != 0) {
      const char* reason = errno == ENOENT ? "a link to nothing" : nullptr;
      return Add(path, extract::State::kSkipped, reason != nullptr ? reason : "a link: " + Reason(errno));
    }
    if (S_ISDIR(status.st_mode)) return AddLinkedFolder(path);
    if (!IsInside(PathOf(target.get()), real_root_)) {
      return Add(path, extract::State::kSkipped, "a link that leads out of the source folder");
    }
    if (!S_ISREG(status.st_mode)) return Add(path, extract::State::kSkipped, SpecialKind(status.st_mode));
    listing_.found.push_back({IdOfPath(path), path, StampOf(status), 0, 0});
  }

  void AddLinkedFolder(const std::string& path) {
    Add(path, extract::State::kSkipped, "a link to a folder, which is not followed");
  }

  void AddUnreadable(const std::string& path, const std::string& reason) {
    Add(path + "/", extract::State::kFailed, "the folder cannot be read: " + reason);
    listing_.unreadable.push_back(path + "/");
  }

  void Add(const std::string& path, extract::State state, const std::string& reason) {
    listing_.problems.push_back({IdOfPath(path), state, reason});
  }

  const PathFilter& filter_;
  std::vector<FolderIdentity> not_into_;
  std::string real_root_;
  std::stop_token stop_;
  Listing listing_;
};

}  // namespace

Result<FolderTree> FolderTree::Open(const std::filesystem::path& root) {
  UniqueFd fd(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.valid()) {
    return Error{Code::kIo,
                 fmt::format("the source folder `{}` cannot be read: {}", root.string(), Reason(errno))};
  }
  return FolderTree(std::move(fd));
}

Result<Listing> FolderTree::List(const PathFilter& filter, const std::vector<std::filesystem::path>& not_into,
                                 std::stop_token stop) const {
  std::vector<FolderIdentity> passed_over;
  for (const std::filesystem::path& folder : not_into) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) == 0) passed_over.push_back({status.st_dev, status.st_ino});
  }
  const std::string real_root = PathOf(root_.get());
  Walk walk(filter, std::move(passed_over), real_root, std::move(stop));
  UniqueFd root(::openat(root_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const int error = root.valid() ? walk.ReadFolder(std::move(root), "", 0) : errno;
  if (error != 0) {
    return Error{Code::kIo,
                 fmt::format("the source folder `{}` cannot be read: {}", real_root, Reason(error))};
  }
  return walk.Take();
}

Result<UniqueFd> FolderTree::OpenFile(const std::string& path) const {
  // O_PATH touches nothing: no FIFO waits for its writer and no device is woken before it is looked at.
  const UniqueFd place(::openat(root_.get(), path.c_str(), O_PATH | O_CLOEXEC));
  struct stat status {};
  if (!place.valid() || ::fstat(place.get(), &status) != 0) return Error{Code::kIo, Reason(errno)};
  if (!S_ISREG(status.st_mode)) return Error{Code::kIo, SpecialKind(status.st_mode)};
  if (!IsInside(PathOf(place.get()), PathOf(root_.get())))
    return Error{Code::kIo, "it leads out of the source folder"};
  UniqueFd file(
      ::open(fmt::format("/proc/self/fd/{}", place.get()).c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.valid()) return Error{Code::kIo, Reason(errno)};
  return file;
}

}  // namespace quipu::source
