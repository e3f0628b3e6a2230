// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/keys/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/unique_fd.h"
#include "core/base/write_all.h"
#include "searchd/keys/key_hash.h"

namespace quipu::searchd {
namespace {

using config::KeyRule;

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      quoted += fmt::format("\\u{:04x}", byte);
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

std::string QuotedList(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + Quoted(text);
  return "[" + list + "]";
}

std::string ShowRate(const config::Rate& rate) {
  return fmt::format("{}/{}", rate.count, rate.seconds == 1 ? "s" : rate.seconds == 60 ? "m" : "h");
}

Error Fault(std::string message) { return {Code::kConfig, std::move(message)}; }

/// The keys of `text`, or the first fault.
Result<std::vector<KeyRule>> Read(std::string_view text) {
  config::RuleFile<KeyRule> file = config::ParseKeys(text);
  if (file.faults.empty()) return std::move(file.rules);
  const config::Fault& fault = file.faults.front();
  return Fault(fmt::format("line {}, column {}: {}", fault.line, fault.column, fault.message));
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

bool SaysNothing(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos || line[first] == '#';
}

Error Cannot(const std::filesystem::path& file, std::string_view what) {
  return {Code::kIo,
          fmt::format("{}: cannot be {}: {}", file.string(), what, std::generic_category().message(errno))};
}

/// A new file keeps the rights of the one that it replaces, but none for all others.
void TakeRights(const std::filesystem::path& file, int fd) {
  struct stat before {};
  if (::stat(file.c_str(), &before) != 0) return;
  // Only root can give a file away; who else edits it owns it.
  if (::fchown(fd, before.st_uid, before.st_gid) != 0 && ::geteuid() == 0) return;
  ::fchmod(fd, before.st_mode & 0770U);
}

Status Replace(const std::filesystem::path& file, int folder, std::string_view text) {
  std::string fresh = file.string() + ".XXXXXX";
  const UniqueFd written(::mkstemp(fresh.data()));
  if (!written.valid()) return Cannot(file, "written");
  TakeRights(file, written.get());
  const bool safe = WriteAll(written.get(), text) && ::fsync(written.get()) == 0 &&
                    ::rename(fresh.c_str(), file.c_str()) == 0;
  if (!safe) {
    const Error error = Cannot(file, "written");
    ::unlink(fresh.c_str());
    return error;
  }
  ::fsync(folder);
  return Done{};
}

}  // namespace

std::string ShowDay(std::int64_t seconds) {
  const std::chrono::year_month_day day{
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(seconds)))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

std::string WriteKey(const KeyRule& rule) {
  std::string text = fmt::format("[[key]]\nid = {}\n", Quoted(rule.id));
  if (!rule.name.empty()) text += fmt::format("name = {}\n", Quoted(rule.name));
  text += fmt::format("hash = {}\nindexes = {}\n", Quoted(ShowHash(rule.hash)), QuotedList(rule.indexes));
  if (!rule.origins.empty()) text += fmt::format("origins = {}\n", QuotedList(rule.origins));
  if (rule.expires) text += fmt::format("expires = {}\n", ShowDay(*rule.expires));
  if (rule.rate.limits()) text += fmt::format("rate = {}\n", Quoted(ShowRate(rule.rate)));
  if (rule.burst > 0) text += fmt::format("burst = {}\n", rule.burst);
  if (!rule.address_limit) text += "address_limit = false\n";
  if (!rule.filter.empty()) text += fmt::format("filter = {}\n", Quoted(rule.filter));
  return text;
}

Result<std::string> WithKey(std::string_view text, const KeyRule& rule) {
  auto wanted = Read(text);
  if (!wanted) return wanted.error();
  const std::string added = WriteKey(rule);
  const auto alone = config::ParseKeys(added);
  if (!alone.faults.empty()) return Fault(alone.faults.front().message);
  wanted->push_back(rule);
  std::string edited(text);
  if (!edited.empty()) edited += edited.ends_with('\n') ? "\n" : "\n\n";
  edited += added;
  const auto read = Read(edited);
  if (read && *read == *wanted) return edited;
  return Fault("the key cannot be added to what is there; write it by hand:\n" + added);
}

Result<std::string> WithoutKey(std::string_view text, std::string_view id) {
  auto wanted = Read(text);
  if (!wanted) return wanted.error();
  const auto found =
      std::find_if(wanted->begin(), wanted->end(), [&](const KeyRule& rule) { return rule.id == id; });
  if (found == wanted->end()) return Fault(fmt::format("there is no key `{}`", id));
  const std::vector<std::string_view> lines = Lines(text);
  const auto first = static_cast<std::size_t>(found->line) - 1;
  std::size_t end = lines.size();
  for (const KeyRule& other : *wanted) {
    if (other.line > found->line) end = std::min(end, static_cast<std::size_t>(other.line) - 1);
  }
  // Comments before the next key are about that one.
  while (end > first && SaysNothing(lines[end - 1])) --end;
  std::string edited;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i < first || i >= end) edited += lines[i];
  }
  wanted->erase(found);
  const auto read = Read(edited);
  if (read && *read == *wanted) return edited;
  return Fault(fmt::format("key `{}` cannot be taken out of what is there; do it by hand", id));
}

Status EditKeysFile(const std::filesystem::path& file,
                    const std::function<Result<std::string>(const std::string& text)>& edit) {
  // A link stays a link: what it leads to is replaced.
  std::error_code error;
  std::filesystem::path real = std::filesystem::weakly_canonical(file, error);
  if (error) real = file;
  const UniqueFd folder(::open(real.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // The folder is locked, since the file itself is replaced.
  if (!folder.valid() || ::flock(folder.get(), LOCK_EX) != 0) return Cannot(real.parent_path(), "locked");
  std::string text;
  if (std::filesystem::exists(real, error)) {
    std::ifstream in(real, std::ios::binary);
    text.assign(std::istreambuf_iterator<char>(in), {});
    if (!in) return Cannot(real, "read");
  }
  const Result<std::string> edited = edit(text);
  if (!edited) return edited.error();
  return Replace(real, folder.get(), *edited);
}

}  // namespace quipu::searchd
