// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>

namespace quipu {

enum class LogLevel { kDebug, kInfo, kWarn, kError };
enum class LogFormat { kJson, kText };

/// One key and value of a log line; numbers stay numbers in JSON.
struct LogField {
  LogField(std::string_view k, std::string_view v) : key(k), text(v) {}
  LogField(std::string_view k, const char* v) : key(k), text(v) {}
  LogField(std::string_view k, const std::string& v) : key(k), text(v) {}
  LogField(std::string_view k, std::int64_t v) : key(k), number(v), is_number(true) {}
  LogField(std::string_view k, std::uint64_t v) : LogField(k, static_cast<std::int64_t>(v)) {}
  LogField(std::string_view k, int v) : LogField(k, static_cast<std::int64_t>(v)) {}
  LogField(std::string_view k, unsigned v) : LogField(k, static_cast<std::int64_t>(v)) {}

  std::string_view key;
  std::string text;
  std::int64_t number = 0;
  bool is_number = false;
};

/// Writes one line per event to a file descriptor: a JSON object (`{"time","level","message",…}`) or
/// text for people. Bytes that are not UTF-8 or are control characters are escaped, so that one event
/// is always one line. Thread-safe; a full or closed descriptor drops the line, never the process.
class Log {
 public:
  explicit Log(int fd = 2, LogFormat format = LogFormat::kJson, LogLevel threshold = LogLevel::kInfo)
      : fd_(fd), format_(format), threshold_(threshold) {}

  void Write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields = {});
  void Info(std::string_view message, std::initializer_list<LogField> fields = {}) {
    Write(LogLevel::kInfo, message, fields);
  }
  void Warn(std::string_view message, std::initializer_list<LogField> fields = {}) {
    Write(LogLevel::kWarn, message, fields);
  }
  void Fail(std::string_view message, std::initializer_list<LogField> fields = {}) {
    Write(LogLevel::kError, message, fields);
  }

 private:
  int fd_;
  LogFormat format_;
  LogLevel threshold_;
  std::mutex mutex_;
};

}  // namespace quipu
