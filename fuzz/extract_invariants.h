// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdlib>
#include <string_view>

#include "indexer/extract/body_writer.h"
#include "indexer/extract/reading.h"
#include "indexer/extract/utf8.h"

namespace quipu::fuzz {

inline void Require(bool holds) {
  if (!holds) std::abort();
}

inline bool IsTidy(std::string_view body) {
  for (std::size_t at = 0; at < body.size();) {
    const extract::CodePoint c = extract::DecodeUtf8(body, at);
    if (!c.valid || extract::IsJunk(c.value)) return false;
    at += c.size;
  }
  if (body.find("\n\n\n") != std::string_view::npos) return false;
  return body.empty() || (!extract::IsBlank(static_cast<unsigned char>(body.front())) && body.back() != '\n');
}

inline bool Begins(std::string_view body, std::size_t at) {
  return at < body.size() && (static_cast<unsigned char>(body[at]) & 0xC0) != 0x80;
}

/// What holds for every document, whatever the file was.
inline void RequireSound(const extract::Reading& reading) {
  Require(reading.body.size() <= extract::BodyWriter::kMaxBytes);
  Require(IsTidy(reading.body));
  std::size_t last = 0;
  for (const schema::Segment& segment : reading.segments) {
    Require(segment.begin >= last && Begins(reading.body, segment.begin));
    Require(extract::IsValidUtf8(segment.heading) && extract::IsValidUtf8(segment.anchor));
    last = segment.begin;
  }
  for (const auto& [name, value] : reading.fields) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      Require(extract::IsValidUtf8(*text) && text->size() <= extract::kMaxFieldBytes);
    }
  }
}

}  // namespace quipu::fuzz
