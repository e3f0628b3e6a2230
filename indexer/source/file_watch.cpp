// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/file_watch.h"

#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace quipu::source {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kFolderEvents = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_CLOSE_WRITE |
                                        IN_MODIFY | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR |
                                        IN_DONT_FOLLOW | IN_EXCL_UNLINK | IN_MASK_ADD;

/// File systems where other machines change files, of which this kernel hears nothing.
constexpr std::array<unsigned long, 6> kRemote = {0x6969 /* nfs */,      0xFF534D42 /* cifs */,
                                                  0xFE534D42 /* smb2 */, 0x517B /* smb */,
                                                  0x01021997 /* 9p */,   0x65735546 /* fuse */};

bool IsRemote(const fs::path& folder) {
  struct statfs facts {};
  if (::statfs(folder.c_str(), &facts) != 0) return false;
  const auto type = static_cast<unsigned long>(facts.f_type) & 0xFFFFFFFFUL;
  return std::find(kRemote.begin(), kRemote.end(), type) != kRemote.end();
}

std::string WhyNot(int error) {
  switch (error) {
    case ENOSPC:
      return "the system's limit of watched folders is reached (sysctl fs.inotify.max_user_watches)";
    case EMFILE: return "the system's limit of watchers is reached (sysctl fs.inotify.max_user_instances)";
    default: return std::generic_category().message(error);
  }
}

Error Cannot(const fs::path& path, const std::string& why) {
  return {Code::kIo, fmt::format("{} cannot be watched: {}", path.string(), why)};
}

}  // namespace

FileWatch::FileWatch(std::vector<fs::path> not_into, std::size_t max_watches)
    : fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
      not_into_(std::move(not_into)),
      max_watches_(max_watches) {
  if (!fd_.valid()) open_error_ = errno;
}

bool FileWatch::IsLeftOut(const fs::path& folder) const {
  return std::any_of(not_into_.begin(), not_into_.end(), [&](const fs::path& other) {
    std::error_code missing;
    return fs::equivalent(folder, other, missing) && !missing;
  });
}

int FileWatch::Watch(const fs::path& folder, Watched** watched) {
  if (!fd_.valid()) return open_error_;
  if (watched_.size() >= max_watches_) return ENOSPC;
  const int watch = ::inotify_add_watch(fd_.get(), folder.c_str(), kFolderEvents);
  if (watch < 0) return errno;
  Watched& place = watched_[watch];
  place.path = folder;
  *watched = &place;
  return 0;
}

Status FileWatch::AddFolder(const fs::path& folder, int tag) {
  if (IsRemote(folder)) return Cannot(folder, "it is on a network file system");
  // The configuration may name a link; the tree below has none that count.
  std::error_code failure;
  const fs::path real = fs::canonical(folder, failure);
  if (failure) return Cannot(folder, failure.message());
  Watched* root = nullptr;
  if (const int error = Watch(real, &root); error != 0) return Cannot(folder, WhyNot(error));
  root->root = true;
  return AddTree(real, {tag});
}

/// A folder that vanishes or may not be read while this looks at it is none that a job could read either.
Status FileWatch::AddTree(const fs::path& top, const std::set<int>& tags) {
  std::vector<fs::path> folders{top};
  while (!folders.empty()) {
    const fs::path folder = std::move(folders.back());
    folders.pop_back();
    Watched* watched = nullptr;
    const int error = Watch(folder, &watched);
    if (error == EACCES || error == ENOENT || error == ENOTDIR) continue;
    if (error != 0) return Cannot(folder, WhyNot(error));
    watched->tags.insert(tags.begin(), tags.end());
    std::error_code failure;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end;
         entry.increment(failure)) {
      std::error_code unknown;
      const bool is_folder = entry->symlink_status(unknown).type() == fs::file_type::directory;
      if (is_folder && !IsLeftOut(entry->path())) folders.push_back(entry->path());
    }
  }
  return Done{};
}

Status FileWatch::AddFile(const fs::path& file, int tag) {
  std::error_code failure;
  const fs::path folder = fs::canonical(file.parent_path(), failure);
  if (failure) return Cannot(file, failure.message());
  if (IsRemote(folder)) return Cannot(file, "it is on a network file system");
  Watched* watched = nullptr;
  if (const int error = Watch(folder, &watched); error != 0) return Cannot(file, WhyNot(error));
  watched->file_tags[file.filename().string()].insert(tag);
  return Done{};
}

FileWatch::Changes FileWatch::Take() {
  Changes changes;
  alignas(inotify_event) std::array<char, 64 * 1024> buffer;
  while (fd_.valid()) {
    const ssize_t got = ::read(fd_.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    for (const char* at = buffer.data(); at < buffer.data() + got;) {
      inotify_event event{};
      std::memcpy(&event, at, sizeof event);
      // The name is padded with zeros.
      const std::string name = event.len > 0 ? std::string(at + sizeof event) : std::string();
      Handle(event.wd, event.mask, name, changes);
      at += sizeof event + event.len;
    }
  }
  return changes;
}

void FileWatch::Handle(int watch, std::uint32_t mask, const std::string& name, Changes& changes) {
  if ((mask & IN_Q_OVERFLOW) != 0) changes.lost = true;
  const auto place = watched_.find(watch);
  if (place == watched_.end()) return;
  const Watched& watched = place->second;
  if ((mask & IN_IGNORED) != 0) {
    watched_.erase(place);
    return;
  }
  const bool self = (mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)) != 0;
  if (self && (watched.root || !watched.file_tags.empty())) changes.lost = true;
  const fs::path path = watched.path / name;
  // In the indexes' own folder jobs write all the time.
  if (!name.empty() && IsLeftOut(path)) return;
  changes.tags.insert(watched.tags.begin(), watched.tags.end());
  if (const auto file = watched.file_tags.find(name); file != watched.file_tags.end())
    changes.tags.insert(file->second.begin(), file->second.end());
  const bool is_new_folder = (mask & IN_ISDIR) != 0 && (mask & (IN_CREATE | IN_MOVED_TO | IN_ATTRIB)) != 0;
  if (!is_new_folder || name.empty() || watched.tags.empty()) return;
  // Copied: adding watches may move what `watched` refers to.
  const std::set<int> tags = watched.tags;
  if (const Status added = AddTree(path, tags); !added) changes.lost = true;
}

}  // namespace quipu::source
