// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/html_parser.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <unordered_set>

#include "indexer/extract/extractor.h"
#include "indexer/extract/html_elements.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kChunkBytes = 32U << 10;
constexpr std::size_t kMaxAnchorBytes = 256;
constexpr std::size_t kMaxHeadingBytes = 500;
constexpr std::size_t kMaxMetas = 1000;
constexpr std::size_t kMaxAlternates = 100;
constexpr std::size_t kMaxJsonLdBytes = 256U << 10;  // of one block
constexpr std::size_t kMaxJsonLdBlocks = 20;
constexpr std::size_t kMaxBylineBytes = 200;
constexpr std::size_t kNoHeading = static_cast<std::size_t>(-1);

std::string_view View(const xmlChar* text) {
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// The attributes of one start tag, as libxml2 hands them over.
class Attributes {
 public:
  explicit Attributes(const xmlChar** list) : list_(list) {}

  std::string_view Get(std::string_view name) const {
    const xmlChar** pair = Find(name);
    return pair == nullptr ? std::string_view() : View(pair[1]);
  }
  bool Has(std::string_view name) const { return Find(name) != nullptr; }

 private:
  const xmlChar** Find(std::string_view name) const {
    for (const xmlChar** pair = list_; pair != nullptr && pair[0] != nullptr; pair += 2) {
      if (View(pair[0]) == name) return pair;
    }
    return nullptr;
  }
  const xmlChar** list_;
};

bool IsAnchor(std::string_view id) {
  return !id.empty() && id.size() <= kMaxAnchorBytes && id.find_first_of(" \t\r\n") == std::string_view::npos;
}

/// Follows the parser's events and fills a ParsedHtml.
class Recorder {
 public:
  explicit Recorder(ParsedHtml& out) : out_(out) {}

  void Start(std::string_view name, const Attributes& attributes) {
    const Layout layout = LayoutOf(name);
    Frame frame = frames_.empty() ? Frame{} : frames_.back();
    frame.layout = layout;
    frame.heading = kNoHeading;
    frame.title = frame.json_ld = frame.byline = false;
    frame.hidden = frame.hidden || IsHidden(name, layout, attributes);
    frame.region = RegionOf(name, attributes, frame.region);
    frame.verbatim = frame.verbatim || layout == Layout::kVerbatim;
    if (name == "html") SetLanguage(attributes);
    if (name == "meta") AddMeta(attributes);
    if (name == "link") AddLink(attributes);
    if (name == "base" && out_.base.empty()) out_.base = attributes.Get("href").substr(0, kMaxLinkBytes);
    if (name == "a" || name == "area") AddTarget(attributes, attributes.Get("href"));
    if (name == "frame" || name == "iframe") AddTarget(attributes, attributes.Get("src"));
    if (name != "meta") AddMicrodata(name, attributes, frame);
    if (name == "title" && !frame.hidden && out_.title.empty()) frame.title = true;
    if (!frame.hidden) Open(name, attributes, frame);
    frames_.push_back(frame);
    if (frames_.size() > kMaxHtmlDepth) out_.too_deep = true;
  }

  void End() {
    if (frames_.empty()) return;
    const Frame frame = frames_.back();
    frames_.pop_back();
    if (frame.json_ld) CloseJsonLd();
    if (frame.byline) CloseByline();
    if (frame.hidden) return;
    Break(frame.layout == Layout::kBreak ? Layout::kInline : frame.layout, frame.region);
    if (frame.heading != kNoHeading) CloseHeading(frame.heading);
  }

  void Characters(std::string_view text) {
    if (frames_.empty()) return out_.page.Text(text, kPlain);
    const Frame& frame = frames_.back();
    if (frame.json_ld && json_ld_.size() <= kMaxJsonLdBytes) json_ld_ += text;
    if (frame.hidden) return;
    if (in_byline_ && byline_.size() < kMaxBylineBytes) byline_ += text;
    if (frame.title) {
      if (out_.title.size() < 4096) out_.title += text;
      return;
    }
    frame.verbatim ? out_.page.Verbatim(text, frame.region) : out_.page.Text(text, frame.region);
    if (heading_ != kNoHeading) {
      if (heading_text_.size() < kMaxHeadingBytes) heading_text_ += text;
    } else if (text.find_first_not_of(" \t\r\n") != std::string_view::npos) {
      near_anchor_.clear();
    }
  }

 private:
  struct Frame {
    Layout layout = Layout::kInline;
    std::uint8_t region = kPlain;
    bool hidden = false;
    bool verbatim = false;
    bool title = false;
    bool json_ld = false;
    bool byline = false;
    std::size_t heading = kNoHeading;
  };

  static bool IsHidden(std::string_view name, Layout layout, const Attributes& attributes) {
    if (layout == Layout::kHidden || attributes.Has("data-quipu-ignore") || attributes.Has("hidden"))
      return true;
    // The pilcrow that documentation generators put after each heading.
    return name == "a" && attributes.Get("class").find("headerlink") != std::string_view::npos;
  }

  static std::uint8_t RegionOf(std::string_view name, const Attributes& attributes, std::uint8_t outer) {
    const std::string_view role = attributes.Get("role");
    std::uint8_t region = outer;
    const bool inside = (outer & (kMain | kArticle)) != 0;
    // An article's own header holds its title.
    if (IsChrome(name) || (name == "header" && !inside)) region |= kChrome;
    if (role == "navigation" || role == "contentinfo" || (role == "banner" && !inside)) region |= kChrome;
    if (name == "main" || role == "main") region |= kMain;
    if (name == "article") region |= kArticle;
    if (attributes.Has("data-quipu-body")) region |= kMarked;
    if (name == "a" && attributes.Has("href")) region |= kLink;
    return region;
  }

  void SetLanguage(const Attributes& attributes) {
    if (!out_.language.empty()) return;
    out_.language = attributes.Get("lang");
    if (out_.language.empty()) out_.language = attributes.Get("xml:lang");
  }

  void AddMeta(const Attributes& attributes) {
    if (out_.meta.size() >= kMaxMetas) return;
    for (const char* key : {"name", "property", "itemprop", "http-equiv"}) {
      const std::string_view name = attributes.Get(key);
      if (name.empty()) continue;
      out_.meta.push_back(
          {Lower(name.substr(0, 100)), std::string(attributes.Get("content").substr(0, 65536))});
      return;
    }
  }

  void AddLink(const Attributes& attributes) {
    const std::string rel = Lower(attributes.Get("rel"));
    const std::string_view address = attributes.Get("href").substr(0, 4096);
    if (out_.canonical.empty() && rel == "canonical") out_.canonical = address;
    if (rel == "next" || rel == "prev" || (rel == "alternate" && attributes.Has("hreflang")))
      AddTarget(attributes, attributes.Get("href"));
    const std::string_view language = attributes.Get("hreflang");
    if (rel != "alternate" || language.empty() || language.size() > 35 || address.empty()) return;
    if (out_.alternates.size() < kMaxAlternates)
      out_.alternates.push_back(std::string(language) + " " + std::string(address));
  }

  /// What elements other than <meta> say of the page: dates, authors, and blocks of JSON-LD.
  void AddMicrodata(std::string_view name, const Attributes& attributes, Frame& frame) {
    if (name == "script") {
      frame.json_ld =
          Lower(attributes.Get("type")) == "application/ld+json" && json_ld_blocks_ < kMaxJsonLdBlocks;
      json_ld_.clear();
      return;
    }
    const std::string property = Lower(attributes.Get("itemprop").substr(0, 100));
    std::string_view value = attributes.Get("datetime");
    if (value.empty()) value = attributes.Get("content");
    const bool dated = property == "datepublished" || property == "datecreated" || property == "datemodified";
    const bool of_article = (frame.region & (kMain | kArticle)) != 0 || attributes.Has("pubdate");
    if (!value.empty() && out_.meta.size() < kMaxMetas) {
      if (dated) out_.meta.push_back({property, std::string(value.substr(0, 100))});
      if (!dated && name == "time" && of_article)
        out_.meta.push_back({"time", std::string(value.substr(0, 100))});
    }
    const bool author = property == "author" || (name == "a" && Lower(attributes.Get("rel")) == "author");
    if (!author || in_byline_ || frame.hidden) return;
    frame.byline = in_byline_ = true;
    byline_.clear();
  }

  void CloseJsonLd() {
    ++json_ld_blocks_;
    if (json_ld_.size() <= kMaxJsonLdBytes) ReadJsonLd(json_ld_, out_.json_ld);
    json_ld_.clear();
  }

  void CloseByline() {
    in_byline_ = false;
    std::string author = TidyLine(byline_, kMaxBylineBytes);
    if (!author.empty() && out_.meta.size() < kMaxMetas) out_.meta.push_back({"byline", std::move(author)});
  }

  void AddTarget(const Attributes& attributes, std::string_view target) {
    if (target.empty() || target.front() == '#' || target.size() > kMaxLinkBytes) return;
    if (out_.links.size() >= kMaxPageLinks || HasWord(Lower(attributes.Get("rel")), "nofollow")) return;
    std::string link(target.substr(0, target.find('#')));
    if (known_links_.insert(std::hash<std::string>()(link)).second) out_.links.push_back(std::move(link));
  }

  static bool HasWord(std::string_view list, std::string_view word) {
    while (!list.empty()) {
      const std::size_t end = list.find_first_of(" \t\r\n\f,");
      if (list.substr(0, end) == word) return true;
      if (end == std::string_view::npos) return false;
      list.remove_prefix(end + 1);
    }
    return false;
  }

  void Open(std::string_view name, const Attributes& attributes, Frame& frame) {
    Break(frame.layout, frame.region);
    std::string_view id = attributes.Get("id");
    if (id.empty() && name == "a") id = attributes.Get("name");
    if (frame.layout == Layout::kHeading && heading_ == kNoHeading) {
      heading_ = frame.heading = out_.page.BeginHeading(frame.region);
      heading_text_.clear();
      heading_anchor_ = IsAnchor(id) ? id : std::string_view();
      return;
    }
    if (!IsAnchor(id)) return;
    if (heading_ != kNoHeading) {
      if (heading_anchor_.empty()) heading_anchor_ = id;
    } else {
      near_anchor_ = id;
    }
  }

  void Break(Layout layout, std::uint8_t region) {
    if (layout == Layout::kCell) out_.page.Space(region);
    if (layout == Layout::kLine || layout == Layout::kBreak) out_.page.LineBreak(region);
    if (layout == Layout::kBlock || layout == Layout::kVerbatim || layout == Layout::kHeading)
      out_.page.Paragraph(region);
  }

  void CloseHeading(std::size_t index) {
    std::string text = TidyLine(heading_text_, kMaxHeadingBytes);
    for (const std::string_view mark : {"¶", "#", "§"}) {
      if (text.size() > mark.size() && std::string_view(text).substr(text.size() - mark.size()) == mark) {
        text = TidyLine(std::string_view(text).substr(0, text.size() - mark.size()), kMaxHeadingBytes);
      }
    }
    schema::Segment& segment = out_.page.heading(index);
    segment.heading = std::move(text);
    // The heading's own id, one inside it, or one that stands before it with no text between.
    segment.anchor = heading_anchor_.empty() ? near_anchor_ : heading_anchor_;
    near_anchor_.clear();
    heading_ = kNoHeading;
  }

  ParsedHtml& out_;
  std::vector<Frame> frames_;
  std::size_t heading_ = kNoHeading;  // the open one
  std::string heading_text_;
  std::string heading_anchor_;
  std::string near_anchor_;  // the last id met since the last text
  std::string json_ld_;      // the open block
  std::size_t json_ld_blocks_ = 0;
  std::string byline_;
  bool in_byline_ = false;
  std::unordered_set<std::size_t> known_links_;  // their hashes
};

struct Parsing {
  Recorder recorder;
  ParsedHtml& out;
  htmlParserCtxtPtr context = nullptr;
};

void OnStart(void* user, const xmlChar* name, const xmlChar** attributes) {
  auto& parsing = *static_cast<Parsing*>(user);
  parsing.recorder.Start(View(name), Attributes(attributes));
  if (parsing.out.too_deep) xmlStopParser(parsing.context);
}

void OnEnd(void* user, const xmlChar* /*name*/) { static_cast<Parsing*>(user)->recorder.End(); }

void OnCharacters(void* user, const xmlChar* text, int size) {
  const std::string_view view(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  static_cast<Parsing*>(user)->recorder.Characters(view);
}

void Ignore(void* /*user*/, const char* /*message*/, ...) {}

}  // namespace

ParsedHtml ParseHtml(std::string_view utf8) {
  ParsedHtml out;
  Parsing parsing{.recorder = Recorder(out), .out = out};
  htmlSAXHandler handler{};
  handler.startElement = &OnStart;
  handler.endElement = &OnEnd;
  handler.characters = &OnCharacters;
  handler.ignorableWhitespace = &OnCharacters;
  handler.error = &Ignore;
  handler.warning = &Ignore;
  const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> context(
      htmlCreatePushParserCtxt(&handler, &parsing, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8),
      &htmlFreeParserCtxt);
  if (!context) throw std::bad_alloc();
  parsing.context = context.get();
  htmlCtxtUseOptions(context.get(), HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  // The parser takes a NUL for the end of its input.
  std::string chunk;
  while (!utf8.empty() && !out.too_deep) {
    chunk = utf8.substr(0, kChunkBytes);
    utf8.remove_prefix(chunk.size());
    std::replace(chunk.begin(), chunk.end(), '\0', ' ');
    htmlParseChunk(context.get(), chunk.data(), static_cast<int>(chunk.size()), 0);
  }
  if (!out.too_deep) htmlParseChunk(context.get(), nullptr, 0, 1);
  return out;
}

std::string DeclaredCharset(std::string_view bytes) {
  const std::string head = Lower(bytes.substr(0, 4096));
  for (const std::string_view key : {"charset", "encoding"}) {
    std::size_t at = head.find(key);
    if (at == std::string::npos) continue;
    at = head.find_first_not_of(" \t\r\n=\"'", at + key.size());
    if (at == std::string::npos) continue;
    const std::size_t end = head.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.:", at);
    if (end != std::string::npos && end > at) return head.substr(at, end - at);
  }
  return "";
}

}  // namespace quipu::extract
