// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdint>
#include <string_view>

#include "fuzz/extract_invariants.h"
#include "indexer/extract/url_list.h"
#include "indexer/extract/utf8.h"
#include "indexer/extract/wire.h"

// A sitemap, feed or list of addresses. What is read of it is bounded, sound text and survives the journey
// out of the sandbox.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quipu::extract;
  using quipu::fuzz::Require;
  const Extracted read = ReadUrlList({reinterpret_cast<const char*>(data), size});
  Require(read.state != State::kFailed || (!read.reason.empty() && read.links.links.empty()));
  Require(read.links.links.size() <= kMaxListLinks);
  for (const Link& link : read.links.links) {
    Require(!link.url.empty() && link.url.size() <= kMaxLinkBytes && IsValidUtf8(link.url));
    Require(IsValidUtf8(link.date));
  }
  const auto answer = DecodeAnswer(EncodeAnswer({.extracted = read}));
  Require(answer.ok() && answer->extracted.links.links.size() == read.links.links.size());
  return 0;
}
