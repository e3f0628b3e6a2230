// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/file_type.h"

#include <algorithm>
#include <array>

#include "indexer/extract/charset.h"
#include "indexer/extract/format.h"
#include "indexer/extract/zip_type.h"

namespace quipu::extract {
namespace {

using namespace std::string_view_literals;

/// Bytes at a fixed place that only one type has.
struct Magic {
  std::size_t offset;
  std::string_view bytes;
  std::string_view type;
};

constexpr std::array kMagics = {
    Magic{0, "\x89PNG\r\n\x1A\n"sv, "image/png"},
    Magic{0, "\xFF\xD8\xFF"sv, "image/jpeg"},
    Magic{0, "GIF87a"sv, "image/gif"},
    Magic{0, "GIF89a"sv, "image/gif"},
    Magic{0, "II*\0"sv, "image/tiff"},
    Magic{0, "MM\0*"sv, "image/tiff"},
    Magic{0, "\0\0\0\x0CjP  "sv, "image/jp2"},
    Magic{0, "AT&TFORM"sv, "image/vnd.djvu"},
    Magic{8, "WEBP"sv, "image/webp"},
    Magic{8, "WAVE"sv, "audio/wav"},
    Magic{8, "AVI "sv, "video/x-msvideo"},
    Magic{0, "ID3"sv, "audio/mpeg"},
    Magic{0, "fLaC"sv, "audio/flac"},
    Magic{0, "OggS"sv, "audio/ogg"},
    Magic{4, "ftyp"sv, "video/mp4"},
    Magic{0, "\x1F\x8B"sv, "application/gzip"},
    Magic{0, "BZh"sv, "application/x-bzip2"},
    Magic{0,
          "\xFD"
          "7zXZ\0"sv,
          "application/x-xz"},
    Magic{0, "7z\xBC\xAF\x27\x1C"sv, "7z"},
    Magic{0, "\x28\xB5\x2F\xFD"sv, "application/zstd"},
    Magic{0, "\x1F\x9D"sv, "application/x-compress"},
    Magic{0, "Rar!\x1A\x07"sv, "application/vnd.rar"},
    Magic{257, "ustar"sv, "tar"},
    Magic{0,
          "\x7F"
          "ELF"sv,
          "application/x-executable"},
    Magic{0, "MZ"sv, "application/x-msdownload"},
    Magic{0, "{\\rtf"sv, "rtf"},
    Magic{0, "%!PS"sv, "application/postscript"},
    Magic{0, "ITSF"sv, "application/vnd.ms-htmlhelp"},
    Magic{0, "SQLite format 3\0"sv, "application/vnd.sqlite3"},
    Magic{0, "wOFF"sv, "font/woff"},
    Magic{0, "wOF2"sv, "font/woff2"},
    Magic{60, "BOOKMOBI"sv, "application/x-mobipocket-ebook"},
    Magic{0, "WARC/"sv, "application/warc"},
    Magic{0, "-----BEGIN PGP MESSAGE"sv, "application/pgp-encrypted"},
};

/// A tar archive from before POSIX has no magic, but a sum of its header: in octal, over the header's bytes
/// with blanks in the place of the sum.
bool IsOldTar(std::string_view bytes) {
  constexpr std::size_t kHeader = 512;
  constexpr std::size_t kSum = 148;
  if (bytes.size() < kHeader || bytes.front() == '\0') return false;
  unsigned stated = 0;
  for (const char c : bytes.substr(kSum, 8)) {
    if (c >= '0' && c <= '7')
      stated = stated * 8 + static_cast<unsigned>(c - '0');
    else if (c != ' ' && c != '\0')
      return false;
  }
  unsigned sum = 0;
  for (std::size_t i = 0; i < kHeader; ++i)
    sum += i >= kSum && i < kSum + 8 ? ' ' : static_cast<unsigned char>(bytes[i]);
  return sum == stated;
}

constexpr std::string_view kOle = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (IsUpper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// The start of decoded text in lower case, without white space before it.
std::string TextStart(std::string_view utf8) {
  const std::size_t begin = utf8.find_first_not_of(" \t\r\n\f");
  return begin == std::string_view::npos ? "" : Lower(utf8.substr(begin, 12288));
}

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

/// A flat OpenDocument file, by the attribute that names its media type.
std::string SniffFlatOpenDocument(std::string_view root) {
  constexpr std::string_view kAttribute = "office:mimetype=";
  const std::size_t at = root.find(kAttribute);
  if (at == std::string_view::npos) return "xml";
  const std::string_view value = root.substr(at + kAttribute.size() + 1);
  const std::string media_type(value.substr(0, value.find_first_of("\"'")));
  const std::string_view known = OpenDocumentType(media_type);
  return std::string(known.empty() ? std::string_view(media_type) : known);
}

/// XML by its root element: XHTML is HTML.
std::string SniffXml(std::string_view start) {
  std::size_t at = 0;
  while ((at = start.find('<', at)) != std::string_view::npos) {
    const char next = at + 1 < start.size() ? start[at + 1] : '\0';
    if (next >= 'a' && next <= 'z') break;
    if (start.substr(at, 4) == "<!--") {
      at = start.find("-->", at);
      if (at == std::string_view::npos) return "xml";
    }
    ++at;
  }
  if (at == std::string_view::npos) return "xml";
  std::string_view root = start.substr(at + 1, start.find_first_of(" \t\r\n/>", at) - at - 1);
  if (root == "office:document") return SniffFlatOpenDocument(start.substr(at));
  root = root.substr(root.find(':') + 1);
  if (root == "html") return "html";
  if (root == "svg") return "svg";
  if (root == "fictionbook") return "fb2";
  return start.find("docbook") != std::string_view::npos ? "docbook" : "xml";
}

bool StartsLikeHtml(std::string_view start) {
  constexpr std::array<std::string_view, 10> kStarts = {"<!doctype html", "<html",  "<head", "<body",
                                                        "<title",         "<meta ", "<h1",   "<table",
                                                        "<!doctype htm",  "<div"};
  return std::any_of(kStarts.begin(), kStarts.end(),
                     [start](std::string_view s) { return StartsWith(start, s); });
}

/// "eml" or "mbox" if the head has the lines that only mails have; else nothing.
std::string_view MailType(std::string_view start, std::string_view ending) {
  const std::string_view head = start.substr(0, std::min(start.find("\n\n"), start.find("\r\n\r\n")));
  const auto has = [head](std::string_view key) {
    return StartsWith(head, key.substr(1)) || head.find(key) != std::string_view::npos;
  };
  const bool mailbox = StartsWith(start, "from ") && ending != "eml";
  if (StartsWith(start, "from ") && has("\nfrom:")) return mailbox ? "mbox" : "eml";
  if (has("\nmime-version:") || has("\nreceived:") || has("\nmessage-id:") || has("\nreturn-path:")) {
    const bool mail = has("\nfrom:") || has("\nto:") || has("\ndate:") || has("\nsubject:");
    if (mail) return mailbox ? "mbox" : "eml";
  }
  // Whoever names a file so knows; a mail may have as little as this.
  if (ending == "eml" && (has("\nfrom:") || has("\nsubject:"))) return "eml";
  return "";
}

/// The kinds of text that only their name tells, with a look at whether it can be true.
std::string_view MarkupByEnding(std::string_view start, std::string_view ending) {
  if (ending == "rst" || ending == "rest") return "rst";
  if (ending == "adoc" || ending == "asciidoc") return "asciidoc";
  if (ending == "tex" || ending == "latex" || ending == "ltx") return "latex";
  if (ending == "ipynb" && StartsWith(start, "{")) return "notebook";
  if (LooksLikeSubtitles(start)) return "subtitles";
  if (StartsWith(start, "\\documentclass") || StartsWith(start, "\\documentstyle")) return "latex";
  return "";
}

std::string SniffText(std::string_view start, std::string_view ending) {
  const bool markdown = ending == "md" || ending == "markdown" || ending == "mkd" || ending == "mdown";
  // Markdown may begin with elements of HTML, but is no page.
  if (markdown && !StartsWith(start, "<!doctype") && !StartsWith(start, "<html")) return "markdown";
  if (StartsLikeHtml(start)) return "html";
  if (StartsWith(start, "<?xml") || StartsWith(start, "<svg") || StartsWith(start, "<!doctype"))
    return SniffXml(start);
  if (ending == "csv" || ending == "tsv" || ending == "tab") return "csv";
  if (ending != "txt") {
    if (const std::string_view mail = MailType(start, ending); !mail.empty()) return std::string(mail);
  }
  if (const std::string_view type = MarkupByEnding(start, ending); !type.empty()) return std::string(type);
  const bool markup = start.find('<') != std::string_view::npos;
  if (markup && (ending == "html" || ending == "htm" || ending == "xhtml" || ending == "shtml"))
    return "html";
  if (StartsWith(start, "<!--") && start.find("<html") != std::string_view::npos) return "html";
  return "text";
}

}  // namespace

std::string NameEnding(std::string_view name) {
  const std::size_t slash = name.find_last_of('/');
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  const std::size_t dot = name.find_last_of('.');
  if (dot == std::string_view::npos || dot == 0) return "";
  return Lower(name.substr(dot + 1));
}

std::string SniffType(std::string_view bytes, std::string_view name) {
  // A PDF may have up to 1 KiB of other bytes before its header.
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return "pdf";
  for (const Magic& magic : kMagics) {
    if (bytes.size() >= magic.offset + magic.bytes.size() &&
        bytes.substr(magic.offset, magic.bytes.size()) == magic.bytes) {
      return std::string(magic.type);
    }
  }
  if (StartsWith(bytes, "PK\x03\x04") || StartsWith(bytes, "PK\x05\x06")) return SniffZip(bytes);
  if (StartsWith(bytes, kOle)) return SniffOle(bytes);
  if (IsOldTar(bytes)) return "tar";
  // Decoded, for UTF-16 and friends; a character that the cut halves is no fault of the file.
  const std::string decoded = DecodeText(bytes.substr(0, 16384)).text;
  if (!LooksLikeText(decoded)) return "application/octet-stream";
  return SniffText(TextStart(decoded), NameEnding(name));
}

}  // namespace quipu::extract
