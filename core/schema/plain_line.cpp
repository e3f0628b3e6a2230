// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/schema/plain_line.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/schema/document_json.h"

namespace quipu::schema {
namespace {

/// Plain strings where they stand; dates, languages and boosts have rules of their own.
constexpr std::array<std::string_view, 6> kTexts = {"url", "title", "body", "text", "html", "type"};
constexpr std::array<std::string_view, 3> kRuled = {"language", "date", "boost"};

template <typename Names>
bool IsOneOf(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Goes through one line. Whatever is not plain ends it: `Fail` says so to the end.
class Scan {
 public:
  explicit Scan(std::string_view line) : at_(line.data()), end_(line.data() + line.size()) {}

  std::optional<std::string_view> Id() {
    Expect('{');
    do {
      Member();
    } while (ok_ && Accept(','));
    Expect('}');
    SkipBlanks();
    return ok_ && at_ == end_ && !id_.empty() ? std::optional(id_) : std::nullopt;
  }

 private:
  void Fail() { ok_ = false; }

  void SkipBlanks() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\r')) ++at_;
  }

  bool Accept(char wanted) {
    SkipBlanks();
    if (at_ == end_ || *at_ != wanted) return false;
    ++at_;
    return true;
  }

  void Expect(char wanted) {
    if (!Accept(wanted)) Fail();
  }

  void Member() {
    const std::string_view name = Name();
    Expect(':');
    SkipBlanks();
    if (!ok_ || at_ == end_) return Fail();
    if (name == "id") {
      if (!id_.empty()) return Fail();  // of two the last would count
      id_ = Name();
      if (id_.size() > kMaxIdBytes) Fail();
    } else if (*at_ == '"') {
      IsOneOf(kRuled, name) ? Fail() : Text();
    } else if (IsOneOf(kTexts, name) || IsOneOf(kRuled, name)) {
      Fail();
    } else {
      Literal();
    }
  }

  /// A short text without escapes and of ASCII alone: a member's name, or the id.
  std::string_view Name() {
    constexpr std::ptrdiff_t kLongest = 200;
    SkipBlanks();
    const char* begin = at_;
    Text();
    if (!ok_) return {};
    const std::string_view name(begin + 1, static_cast<std::size_t>(at_ - begin - 2));
    const auto is_plain = [](char c) { return c != '\\' && (c & 0x80) == 0; };
    if (name.empty() || at_ - begin > kLongest || !std::all_of(name.begin(), name.end(), is_plain)) Fail();
    return name;
  }

  /// Bytes that are no UTF-8 are replaced by FromJsonLine, wherever they stand.
  void Text() {
    Expect('"');
    while (ok_) {
      while (at_ != end_ && static_cast<unsigned char>(*at_) >= ' ' && *at_ != '"' && *at_ != '\\') ++at_;
      if (at_ == end_ || static_cast<unsigned char>(*at_) < ' ') return Fail();
      if (*at_++ == '"') return;
      Escape();
    }
  }

  void Escape() {
    if (at_ == end_) return Fail();
    const char kind = *at_++;
    if (kind != 'u') {
      if (std::string_view("\"\\/bfnrt").find(kind) == std::string_view::npos) Fail();
      return;
    }
    // Halves of a pair have to be followed by the other half.
    const bool whole = end_ - at_ >= 4 &&
                       std::all_of(at_, at_ + 4, [](unsigned char c) { return std::isxdigit(c); }) &&
                       *at_ != 'd' && *at_ != 'D';
    if (!whole) return Fail();
    at_ += 4;
  }

  /// A short number, or a word of JSON.
  void Literal() {
    constexpr std::ptrdiff_t kLongest = 15;
    const char* begin = at_;
    while (at_ != end_ && (std::isalnum(static_cast<unsigned char>(*at_)) || *at_ == '-')) ++at_;
    const std::string_view literal(begin, static_cast<std::size_t>(at_ - begin));
    if (literal == "true" || literal == "false" || literal == "null") return;
    const auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
    const std::string_view digits = literal.substr(literal.starts_with('-') ? 1 : 0);
    if (digits.empty() || at_ - begin > kLongest || !std::all_of(digits.begin(), digits.end(), is_digit) ||
        (digits.size() > 1 && digits[0] == '0')) {
      Fail();
    }
  }

  const char* at_;
  const char* end_;
  std::string_view id_;
  bool ok_ = true;
};

}  // namespace

std::optional<std::string_view> IdOfPlainLine(std::string_view line) { return Scan(line).Id(); }

}  // namespace quipu::schema
