// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/body_writer.h"

#include <utility>

#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

constexpr std::size_t kMaxRun = 4096;  // so that a word of any length fills the body up to its bound

/// A run of plain ASCII from `at`: what most text is, copied without decoding.
std::size_t PlainRun(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < kMaxRun && text[end] > ' ' && text[end] < 0x7F) ++end;
  return end - at;
}

}  // namespace

bool BodyWriter::Prepare(std::size_t size) {
  if (full_) return false;
  if (body_.size() + indent_.size() + 2 + size > max_bytes_) {
    full_ = true;
    return false;
  }
  if (!body_.empty()) {
    if (gap_ == Gap::kSpace && indent_.empty()) body_ += ' ';
    if (gap_ == Gap::kLine) body_ += '\n';
    if (gap_ == Gap::kParagraph) body_ += "\n\n";
    body_ += indent_;
  }
  indent_.clear();
  gap_ = Gap::kNone;
  if (pending_ && segments_.size() < kMaxSegments) {
    pending_->begin = static_cast<std::uint32_t>(body_.size());
    segments_.push_back(*std::move(pending_));
  }
  pending_.reset();
  return true;
}

void BodyWriter::Put(std::string_view bytes) {
  if (Prepare(bytes.size())) body_ += bytes;
}

void BodyWriter::Text(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size() && !full_;) {
    if (const std::size_t run = PlainRun(utf8, at); run > 0) {
      Put(utf8.substr(at, run));
      at += run;
      continue;
    }
    const CodePoint c = DecodeUtf8(utf8, at);
    if (IsBlank(c.value)) {
      Widen(Gap::kSpace);
    } else if (!IsJunk(c.value)) {
      Put(c.valid ? utf8.substr(at, c.size) : kReplacement);
    }
    at += c.size;
  }
}

void BodyWriter::Verbatim(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size() && !full_;) {
    if (const std::size_t run = PlainRun(utf8, at); run > 0) {
      Put(utf8.substr(at, run));
      at += run;
      continue;
    }
    const CodePoint c = DecodeUtf8(utf8, at);
    if (c.value == ' ' || c.value == '\t' || c.value == 0xA0) {
      // A line of a million spaces says no more than one of a hundred.
      if (indent_.size() < 256) indent_ += c.value == '\t' ? '\t' : ' ';
    } else if (c.value == '\n' || c.value == '\r' || c.value == '\f' || c.value == 0x85) {
      const bool pair = c.value == '\r' && at + 1 < utf8.size() && utf8[at + 1] == '\n';
      if (!pair) Widen(gap_ >= Gap::kLine || c.value == '\f' ? Gap::kParagraph : Gap::kLine);
      indent_.clear();
    } else if (!IsJunk(c.value)) {
      Put(c.valid ? utf8.substr(at, c.size) : kReplacement);
    }
    at += c.size;
  }
}

}  // namespace quipu::extract
