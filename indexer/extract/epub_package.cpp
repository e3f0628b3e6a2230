// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/epub_package.h"

#include <algorithm>
#include <set>
#include <utility>

#include "indexer/extract/html_parser.h"
#include "indexer/extract/ooxml_relations.h"
#include "indexer/extract/utf8.h"
#include "indexer/extract/xml_parser.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxName = 1024;
constexpr std::size_t kMaxTitle = 500;
constexpr std::size_t kMaxItems = 20000;
constexpr std::size_t kMaxPackageBytes = 16U << 20;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The member that `href` in `part` leads to: without its fragment, "%20" as a space.
std::string MemberOf(std::string_view part, std::string_view href) {
  href = href.substr(0, std::min(href.find('#'), kMaxName));
  std::string plain;
  for (std::size_t at = 0; at < href.size(); ++at) {
    const bool escape =
        href[at] == '%' && at + 2 < href.size() && HexDigit(href[at + 1]) >= 0 && HexDigit(href[at + 2]) >= 0;
    plain += escape ? static_cast<char>(HexDigit(href[at + 1]) * 16 + HexDigit(href[at + 2])) : href[at];
    at += escape ? 2 : 0;
  }
  return ResolveMember(part, plain);
}

/// META-INF/container.xml: where the package document is.
class ContainerHandler : public XmlHandler {
 public:
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "rootfile" && path_.empty()) path_ = attributes.Get("full-path").substr(0, kMaxName);
  }
  void End(std::string_view /*name*/) override {}
  void Text(std::string_view /*text*/) override {}
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Item {
  std::string member;
  std::string media_type;
};

/// The package document (OPF).
class PackageHandler : public XmlHandler {
 public:
  explicit PackageHandler(std::string_view part) : part_(part) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    text_.clear();
    // EPUB 2 marks dates with what happened on them.
    if (name == "date") publication_ = attributes.Get("event") == "publication";
    if (name == "item" && items.size() < kMaxItems) AddItem(attributes);
    if (name == "spine") ncx_id_ = attributes.Get("toc").substr(0, kMaxName);
    if (name == "itemref" && spine.size() < EpubPackage::kMaxChapters)
      spine.emplace_back(attributes.Get("idref").substr(0, kMaxName));
  }

  void End(std::string_view name) override {
    const std::string value = TidyLine(text_, kMaxFieldBytes);
    text_.clear();
    if (value.empty()) return;
    if (name == "title" && title.empty()) title = value;
    if (name == "language" && language.empty()) language = value;
    if (name == "description" && description.empty()) description = value;
    if (name == "date" && (date.empty() || publication_)) date = value;
    if (name == "creator" && creators.size() < kMaxFieldValues) creators.push_back(value);
    if (name == "subject" && subjects.size() < kMaxFieldValues) subjects.push_back(value);
  }

  void Text(std::string_view text) override {
    if (text_.size() < kMaxFieldBytes * 4) text_ += text;
  }

  /// The table of contents: nav, else NCX, else "".
  std::string Contents() const {
    if (!nav.empty()) return nav;
    const auto found = items.find(ncx_id_);
    return found == items.end() ? ncx_ : found->second.member;
  }

  std::string title;
  std::string language;
  std::string description;
  std::string date;
  std::vector<std::string> creators;
  std::vector<std::string> subjects;
  std::map<std::string, Item> items;
  std::vector<std::string> spine;
  std::string nav;

 private:
  void AddItem(const XmlAttributes& attributes) {
    Item item{.member = MemberOf(part_, attributes.Get("href")),
              .media_type = std::string(attributes.Get("media-type").substr(0, 128))};
    const std::string_view properties = attributes.Get("properties");
    if (properties == "nav" || properties.substr(0, 4) == "nav ") nav = item.member;
    if (item.media_type == "application/x-dtbncx+xml") ncx_ = item.member;
    items.try_emplace(std::string(attributes.Get("id").substr(0, kMaxName)), std::move(item));
  }

  std::string_view part_;
  std::string text_;
  std::string ncx_id_;
  std::string ncx_;
  bool publication_ = false;
};

/// A table of contents: EPUB 3's <nav epub:type="toc"> with links, or EPUB 2's navPoints.
class ContentsHandler : public XmlHandler {
 public:
  ContentsHandler(std::string_view part, std::map<std::string, std::string>& titles)
      : part_(part), titles_(titles) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "nav") in_toc_ = attributes.Get("type") == "toc";
    if (name == "a" && in_toc_) Begin(attributes.Get("href"));
    if (name == "navPoint" || name == "navLabel") text_.clear();
    // An NCX has the label before the link.
    if (name == "content") {
      href_ = attributes.Get("src").substr(0, kMaxName);
      Add();
    }
  }
  void End(std::string_view name) override {
    if (name == "a" && in_toc_) Add();
    if (name == "nav") in_toc_ = false;
  }
  void Text(std::string_view text) override {
    if (text_.size() < kMaxTitle) text_ += text;
  }

 private:
  void Begin(std::string_view href) {
    href_ = href.substr(0, kMaxName);
    text_.clear();
  }

  void Add() {
    // The first entry that leads into a file is the chapter's; those after it are sections in it.
    std::string title = TidyLine(text_, kMaxTitle);
    if (!title.empty() && titles_.size() < kMaxItems)
      titles_.try_emplace(MemberOf(part_, href_), std::move(title));
    text_.clear();
  }

  std::string_view part_;
  std::map<std::string, std::string>& titles_;
  std::string text_;
  std::string href_;
  bool in_toc_ = false;
};

/// META-INF/encryption.xml: the members that are encrypted in earnest.
class EncryptionHandler : public XmlHandler {
 public:
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "EncryptedData") algorithm_.clear();
    if (name == "EncryptionMethod" && algorithm_.empty())
      algorithm_ = attributes.Get("Algorithm").substr(0, kMaxName);
    const bool font =
        algorithm_ == "http://www.idpf.org/2008/embedding" || algorithm_ == "http://ns.adobe.com/pdf/enc#RC";
    if (name == "CipherReference" && !font && members_.size() < kMaxItems)
      members_.insert(MemberOf("", attributes.Get("URI")));
  }
  void End(std::string_view /*name*/) override {}
  void Text(std::string_view /*text*/) override {}
  bool Has(const std::string& member) const { return members_.count(member) > 0; }

 private:
  std::string algorithm_;
  std::set<std::string> members_;
};

/// A description often is HTML.
std::string WithoutMarkup(const std::string& text) {
  if (text.find('<') == std::string::npos) return text;
  BodyWriter writer(kMaxFieldBytes);
  ParseHtml(text).page.Write(writer);
  return writer.TakeBody();
}

}  // namespace

EpubPackage::EpubPackage(ZipArchive& zip, Reading& reading) {
  ContainerHandler container;
  ParseXml(zip.Read("META-INF/container.xml", 1U << 20).bytes, container);
  std::string part = container.path();
  if (!zip.Has(part)) {
    const auto opf = std::find_if(zip.names().begin(), zip.names().end(), [](const std::string& name) {
      return name.size() > 4 && name.compare(name.size() - 4, 4, ".opf") == 0;
    });
    if (opf == zip.names().end()) return;
    part = *opf;
  }
  PackageHandler package(part);
  ParseXml(zip.Read(part, kMaxPackageBytes).bytes, package);
  reading.title = package.title;
  reading.language = package.language;
  reading.date = package.date;
  reading.SetList("author", package.creators);
  reading.SetField("description", WithoutMarkup(package.description));
  reading.SetList("tags", package.subjects);

  EncryptionHandler encryption;
  ParseXml(zip.Read("META-INF/encryption.xml", kMaxPackageBytes).bytes, encryption);
  for (const std::string& id : package.spine) {
    const auto item = package.items.find(id);
    if (item == package.items.end() || item->second.media_type.compare(0, 6, "image/") == 0) continue;
    // The table of contents repeats what stands in the chapters.
    if (item->second.member == package.nav) continue;
    encrypted_ = encrypted_ || encryption.Has(item->second.member);
    chapters_.push_back(item->second.member);
  }
  const std::string contents = package.Contents();
  ContentsHandler toc(contents, titles_);
  ParseXml(zip.Read(contents, kMaxPackageBytes).bytes, toc);
}

std::string EpubPackage::TitleOf(const std::string& chapter) const {
  const auto found = titles_.find(chapter);
  return found == titles_.end() ? "" : found->second;
}

}  // namespace quipu::extract
