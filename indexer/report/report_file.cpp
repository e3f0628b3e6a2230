// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/report/report_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace quipu::report {
namespace {

using Json = nlohmann::ordered_json;

std::string Reason(int error) { return std::generic_category().message(error); }

/// One line; bytes that are not UTF-8 become U+FFFD.
std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

void SetIfAny(Json& json, const char* key, const std::string& value) {
  if (!value.empty()) json[key] = value;
}

bool IsSpecial(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

}  // namespace

ReportFile::ReportFile(std::FILE* file, std::string path, std::string temporary)
    : file_(file), path_(std::move(path)), temporary_(std::move(temporary)) {}

ReportFile::~ReportFile() {
  if (file_ != nullptr && file_ != stdout) std::fclose(file_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<std::unique_ptr<ReportFile>> ReportFile::Open(const std::string& path) {
  std::string temporary;
  std::FILE* file = stdout;
  if (path != "-") {
    if (!IsSpecial(path)) temporary = fmt::format("{}.{}.partial", path, ::getpid());
    file = std::fopen((temporary.empty() ? path : temporary).c_str(), "we");
  }
  if (file == nullptr)
    return Error{Code::kUsage, fmt::format("the report `{}` cannot be written: {}", path, Reason(errno))};
  return std::unique_ptr<ReportFile>(new ReportFile(file, path, std::move(temporary)));
}

void ReportFile::Add(std::string_view index, const Line& line) {
  Json json;
  json["index"] = index;
  json["id"] = line.id;
  json["state"] = Name(line.outcome);
  SetIfAny(json, "reason", line.reason);
  json["ms"] = line.ms;
  SetIfAny(json, "source", line.source);
  SetIfAny(json, "type", line.type);
  SetIfAny(json, "title", line.title);
  if (line.bytes > 0) json["bytes"] = line.bytes;
  Write(Dump(json));
}

void ReportFile::AddPlanned(std::string_view index, const Line& line, std::string_view plan) {
  Json json;
  json["index"] = index;
  json["id"] = line.id;
  json["plan"] = plan;
  SetIfAny(json, "reason", line.reason);
  SetIfAny(json, "source", line.source);
  if (line.bytes > 0) json["bytes"] = line.bytes;
  Write(Dump(json));
}

void ReportFile::Write(const std::string& text) {
  const std::lock_guard lock(mutex_);
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) failed_ = true;
}

Status ReportFile::Finish() {
  const std::lock_guard lock(mutex_);
  errno = 0;
  if (std::fflush(file_) != 0) failed_ = true;
  if (!failed_ && !temporary_.empty()) {
    if (::rename(temporary_.c_str(), path_.c_str()) == 0) {
      temporary_.clear();
    } else {
      failed_ = true;
    }
  }
  if (failed_)
    return Error{Code::kIo, fmt::format("the report `{}` could not be written: {}", path_, Reason(errno))};
  return Done{};
}

}  // namespace quipu::report
