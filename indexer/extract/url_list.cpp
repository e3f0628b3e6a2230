// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/url_list.h"

#include <zlib.h>

#include <algorithm>
#include <new>
#include <string>
#include <utility>

#include "indexer/extract/utf8.h"
#include "indexer/extract/xml_parser.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxDateBytes = 64;

Extracted Failed(std::string reason) {
  Extracted failed;
  failed.state = State::kFailed;
  failed.reason = std::move(reason);
  return failed;
}

/// What of a gzip file can be unpacked into kMaxUrlListBytes.
std::string Unpack(std::string_view packed) {
  constexpr int kGzip = 16 + MAX_WBITS;
  z_stream stream{};
  if (inflateInit2(&stream, kGzip) != Z_OK) throw std::bad_alloc();
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string out;
  std::string chunk(256U << 10, '\0');
  int state = Z_OK;
  while (state == Z_OK && out.size() < kMaxUrlListBytes) {
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    state = inflate(&stream, Z_NO_FLUSH);
    out.append(chunk, 0, chunk.size() - stream.avail_out);
    // Files put together of several are one.
    if (state == Z_STREAM_END && stream.avail_in > 0) state = inflateReset(&stream);
    if (state == Z_OK && stream.avail_in == 0 && stream.avail_out > 0) break;
  }
  inflateEnd(&stream);
  out.resize(std::min(out.size(), kMaxUrlListBytes));
  return out;
}

/// Collects addresses from what an XML document says.
class ListHandler final : public XmlHandler {
 public:
  explicit ListHandler(Extracted& out) : out_(out) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    ++depth_;
    if (depth_ == 1) Begin(name);
    if (item_depth_ == 0 && IsItem(name)) {
      item_depth_ = depth_;
      item_ = {.url = "", .date = "", .is_sitemap = name == "sitemap"};
    }
    text_ = nullptr;
    if (item_depth_ == 0 || depth_ != item_depth_ + 1) return;
    if (name == "loc" || name == "link") text_ = &item_.url;
    if (IsDate(name)) text_ = &date_;
    date_.clear();
    if (kind_ != Kind::kAtom || name != "link") return;
    text_ = nullptr;
    const std::string_view rel = attributes.Get("rel");
    if (item_.url.empty() && (rel.empty() || rel == "alternate")) item_.url = attributes.Get("href");
  }

  void End(std::string_view name) override {
    if (item_depth_ > 0 && depth_ == item_depth_ + 1 && IsDate(name)) {
      // What changed last counts: `updated` goes before `published`, whichever comes first.
      if (item_.date.empty() || name == "updated") item_.date = date_;
    }
    text_ = nullptr;
    if (item_depth_ == depth_) {
      item_depth_ = 0;
      Add();
    }
    --depth_;
  }

  void Text(std::string_view text) override {
    if (text_ != nullptr && text_->size() <= kMaxLinkBytes) *text_ += text;
  }

  bool known() const { return kind_ != Kind::kUnknown; }

 private:
  enum class Kind { kUnknown, kSitemap, kRss, kAtom };

  void Begin(std::string_view root) {
    if (root == "urlset" || root == "sitemapindex") kind_ = Kind::kSitemap;
    if (root == "rss" || root == "RDF") kind_ = Kind::kRss;
    if (root == "feed") kind_ = Kind::kAtom;
    out_.links.is_feed = kind_ == Kind::kRss || kind_ == Kind::kAtom;
  }

  bool IsItem(std::string_view name) const {
    switch (kind_) {
      case Kind::kUnknown: return false;
      case Kind::kSitemap: return depth_ == 2 && (name == "url" || name == "sitemap");
      case Kind::kRss: return name == "item";
      case Kind::kAtom: return depth_ == 2 && name == "entry";
    }
    return false;
  }

  static bool IsDate(std::string_view name) {
    return name == "lastmod" || name == "pubDate" || name == "updated" || name == "published" ||
           name == "date";
  }

  void Add() {
    std::string url = TidyLine(item_.url, kMaxLinkBytes + 1);
    if (url.empty() || url.size() > kMaxLinkBytes) return;
    auto& links = out_.links.links;
    if (links.size() >= kMaxListLinks) {
      out_.state = State::kTruncated;
      out_.reason = "more than 100,000 addresses; the rest was left out";
      return;
    }
    links.push_back({std::move(url), TidyLine(item_.date, kMaxDateBytes), item_.is_sitemap});
  }

  Extracted& out_;
  Kind kind_ = Kind::kUnknown;
  int depth_ = 0;
  int item_depth_ = 0;  // 0: outside
  Link item_;
  std::string date_;
  std::string* text_ = nullptr;  // where text goes
};

/// One address a line; other lines are passed over. A text that has none is no list.
void ReadLines(std::string_view text, Extracted& out) {
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    const std::string line = TidyLine(text.substr(0, std::min(end, kMaxLinkBytes + 1)), kMaxLinkBytes);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.starts_with("http://") && !line.starts_with("https://")) continue;
    if (out.links.links.size() >= kMaxListLinks) {
      out.state = State::kTruncated;
      out.reason = "more than 100,000 addresses; the rest was left out";
      return;
    }
    out.links.links.push_back({.url = line});
  }
}

}  // namespace

Extracted ReadUrlList(std::string_view bytes) {
  std::string unpacked;
  if (bytes.starts_with("\x1f\x8b")) {
    unpacked = Unpack(bytes);
    bytes = unpacked;
  }
  Extracted out;
  out.state = State::kIndexed;
  const std::size_t begin = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const bool utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  if (!utf16 && (begin == std::string_view::npos || bytes[begin] != '<')) {
    ReadLines(bytes, out);
    if (out.links.links.empty() && begin != std::string_view::npos)
      return Failed("this is no sitemap, no feed and no list of addresses");
    return out;
  }
  ListHandler handler(out);
  const XmlEnd end = ParseXml(utf16 ? bytes : bytes.substr(begin), handler);
  if (!handler.known()) return Failed("this is no sitemap, no feed and no list of addresses");
  if (end != XmlEnd::kComplete && out.state == State::kIndexed) {
    out.state = State::kTruncated;
    out.reason = "the list is broken; what comes before the fault was read";
  }
  return out;
}

}  // namespace quipu::extract
