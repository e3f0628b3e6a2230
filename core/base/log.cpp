// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/base/log.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <ctime>

namespace quipu {
namespace {

constexpr std::array<std::string_view, 4> kLevelNames = {"debug", "info", "warn", "error"};

std::string UtcNow() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  std::tm parts{};
  gmtime_r(&now.tv_sec, &parts);
  std::array<char, 32> seconds{};
  std::strftime(seconds.data(), seconds.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%s.%03ldZ", seconds.data(), now.tv_nsec / 1000000);
  return text.data();
}

/// The length of the well-formed UTF-8 sequence that starts at `at`, or 0.
std::size_t Utf8Length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  }
  const bool overlong_or_surrogate =
      (lead == 0xE0 && byte(at + 1) < 0xA0) || (lead == 0xED && byte(at + 1) > 0x9F) ||
      (lead == 0xF0 && byte(at + 1) < 0x90) || (lead == 0xF4 && byte(at + 1) > 0x8F);
  return overlong_or_surrogate ? 0 : length;
}

void AppendQuoted(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '"' || byte == '\\') {
      out += '\\';
      out += text[i++];
    } else if (byte < 0x20 || byte == 0x7F) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", byte);
      out += escape.data();
      ++i;
    } else if (const std::size_t length = Utf8Length(text, i); length > 0) {
      out.append(text, i, length);
      i += length;
    } else {
      out += "\xEF\xBF\xBD";
      ++i;
    }
  }
  out += '"';
}

}  // namespace

void Log::Write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  if (level < threshold_) return;
  const std::string_view name = kLevelNames[static_cast<std::size_t>(level)];
  std::string line;
  if (format_ == LogFormat::kJson) {
    line = "{\"time\":\"" + UtcNow() + "\",\"level\":\"" + std::string(name) + "\",\"message\":";
    AppendQuoted(line, message);
  } else {
    line = UtcNow() + " " + std::string(name) + " ";
    AppendQuoted(line, message);
  }
  for (const LogField& field : fields) {
    if (format_ == LogFormat::kJson) {
      line += ',';
      AppendQuoted(line, field.key);
      line += ':';
    } else {
      line += ' ';
      line += field.key;
      line += '=';
    }
    if (field.is_number) {
      line += std::to_string(field.number);
    } else {
      AppendQuoted(line, field.text);
    }
  }
  line += format_ == LogFormat::kJson ? "}\n" : "\n";
  const std::lock_guard lock(mutex_);
  // A log that cannot be written must not stop the service that it describes.
  [[maybe_unused]] const auto written = ::write(fd_, line.data(), line.size());
}

}  // namespace quipu
