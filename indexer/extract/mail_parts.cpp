// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/mail_parts.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "indexer/extract/charset.h"
#include "indexer/extract/flowed_text.h"

namespace quipu::extract {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename Type>
using Owned = std::unique_ptr<Type, Unref>;

std::string TextOf(const char* text) { return text == nullptr ? std::string() : std::string(text); }

std::string Taken(char* text) {
  const std::unique_ptr<char, decltype(&g_free)> owned(text, &g_free);
  return TextOf(text);
}

void StartLibrary() {
  static const bool started = [] {
    g_mime_init();
    return true;
  }();
  static_cast<void>(started);
}

struct FreeOptions {
  void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};

std::unique_ptr<GMimeParserOptions, FreeOptions> Options() {
  std::unique_ptr<GMimeParserOptions, FreeOptions> options(g_mime_parser_options_new());
  // For headers with bytes of no declared charset.
  std::array<const char*, 3> charsets = {"utf-8", "windows-1252", nullptr};
  g_mime_parser_options_set_fallback_charsets(options.get(), charsets.data());
  return options;
}

std::string DateOf(GMimeMessage* message) {
  GDateTime* date = g_mime_message_get_date(message);
  return date == nullptr ? "" : Taken(g_date_time_format(date, "%Y-%m-%dT%H:%M:%S%:z"));
}

/// The addresses of a list, groups taken apart; `names_only`: the name where there is one.
void AddAddresses(InternetAddressList* list, bool names_only, std::vector<std::string>& out) {
  const int count = list == nullptr ? 0 : std::min(internet_address_list_length(list), 200);
  for (int i = 0; i < count; ++i) {
    InternetAddress* address = internet_address_list_get_address(list, i);
    const std::string name = TextOf(internet_address_get_name(address));
    if (names_only && !name.empty()) {
      out.push_back(name);
    } else {
      out.push_back(Taken(internet_address_to_string(address, nullptr, FALSE)));
    }
  }
}

/// The decoded content of a part, at most `limit` bytes of it.
std::string ContentOf(GMimePart* part, std::size_t limit, bool& cut) {
  GMimeDataWrapper* wrapper = g_mime_part_get_content(part);
  if (wrapper == nullptr) return "";
  const Owned<GMimeStream> source(GMIME_STREAM(g_object_ref(g_mime_data_wrapper_get_stream(wrapper))));
  g_mime_stream_reset(source.get());
  const Owned<GMimeStream> decoded(g_mime_stream_filter_new(source.get()));
  const Owned<GMimeFilter> filter(g_mime_filter_basic_new(g_mime_data_wrapper_get_encoding(wrapper), FALSE));
  g_mime_stream_filter_add(GMIME_STREAM_FILTER(decoded.get()), filter.get());
  std::string bytes;
  std::array<char, 32768> buffer{};
  for (;;) {
    const ssize_t got = g_mime_stream_read(decoded.get(), buffer.data(), buffer.size());
    if (got <= 0) return bytes;
    const std::size_t size = std::min(static_cast<std::size_t>(got), limit - bytes.size());
    bytes.append(buffer.data(), size);
    if (size < static_cast<std::size_t>(got)) {
      cut = true;
      return bytes;
    }
  }
}

constexpr std::size_t kMaxTextBytes = 32ULL << 20;

/// Walks the parts of one message.
class Walk {
 public:
  Walk(MailParts& out, const AttachmentAllowance& allowance, const AttachmentFunction& attached)
      : out_(out), allowance_(allowance), attached_(attached) {}

  void Visit(GMimeObject* object, int depth) {
    if (object == nullptr || ++parts_ > kMaxMailParts) return;
    if (depth > kMaxMailDepth) {
      out_.too_deep = true;
      return;
    }
    GMimeContentType* type = g_mime_object_get_content_type(object);
    if (GMIME_IS_MULTIPART_ENCRYPTED(object)) {
      out_.encrypted = true;
    } else if (GMIME_IS_MULTIPART(object)) {
      VisitMultipart(GMIME_MULTIPART(object), g_mime_content_type_is_type(type, "multipart", "alternative"),
                     depth);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
      AttachMessage(GMIME_MESSAGE_PART(object));
    } else if (GMIME_IS_PART(object)) {
      VisitPart(GMIME_PART(object), type);
    }
  }

 private:
  /// Of alternatives the plain text is kept, whatever else says the same.
  void VisitMultipart(GMimeMultipart* multipart, bool alternative, int depth) {
    const int count = g_mime_multipart_get_count(multipart);
    const std::size_t text_before = out_.text.size();
    const std::size_t html_before = out_.html.size();
    for (int i = 0; i < count && parts_ <= kMaxMailParts; ++i) {
      Visit(g_mime_multipart_get_part(multipart, i), depth + 1);
    }
    const bool has_text = std::string_view(out_.text).substr(text_before).find_first_not_of(" \t\r\n") !=
                          std::string_view::npos;
    if (alternative && has_text) out_.html.resize(html_before);
  }

  void VisitPart(GMimePart* part, GMimeContentType* type) {
    const std::string name = TextOf(g_mime_part_get_filename(part));
    const bool attachment = g_mime_part_is_attachment(part) != FALSE;
    const bool is_text = g_mime_content_type_is_type(type, "text", "plain") != FALSE;
    const bool is_html = g_mime_content_type_is_type(type, "text", "html") != FALSE;
    if ((is_text || is_html) && !attachment) return AddText(part, type, is_html);
    if (g_mime_content_type_is_type(type, "application", "pkcs7-mime") ||
        g_mime_content_type_is_type(type, "application", "x-pkcs7-mime")) {
      out_.encrypted = true;
      return;
    }
    if (g_mime_content_type_is_type(type, "application", "pgp-signature") ||
        g_mime_content_type_is_type(type, "application", "pkcs7-signature") ||
        g_mime_content_type_is_type(type, "application", "x-pkcs7-signature"))
      return;
    // Pictures that only adorn the text have no name, and no words.
    if (name.empty() && !attachment && g_mime_content_type_is_type(type, "image", "*")) return;
    AttachPart(part, type, name);
  }

  void AddText(GMimePart* part, GMimeContentType* type, bool html) {
    std::string& out = html ? out_.html : out_.text;
    if (out.size() >= kMaxTextBytes) return;
    bool cut = false;
    const std::string bytes = ContentOf(part, kMaxTextBytes, cut);
    std::string text = DecodeText(bytes, TextOf(g_mime_content_type_get_parameter(type, "charset"))).text;
    const std::string format = TextOf(g_mime_content_type_get_parameter(type, "format"));
    if (!html && g_ascii_strcasecmp(format.c_str(), "flowed") == 0) {
      const std::string del_sp = TextOf(g_mime_content_type_get_parameter(type, "delsp"));
      text = JoinFlowedLines(text, g_ascii_strcasecmp(del_sp.c_str(), "yes") == 0);
    }
    if (!out.empty()) out += html ? "<hr>" : "\n\n";
    out += text;
  }

  std::string MadeUpName(std::string_view ending) {
    return "part-" + std::to_string(parts_) + std::string(ending);
  }

  void AttachPart(GMimePart* part, GMimeContentType* type, std::string name) {
    const std::size_t limit = full_ ? 0 : allowance_();
    if (limit == 0) return;
    if (name.empty()) name = MadeUpName(g_mime_content_type_is_type(type, "text", "*") ? ".txt" : "");
    Attachment attachment;
    attachment.name = std::move(name);
    const std::string bytes = ContentOf(part, limit, attachment.cut);
    attachment.bytes = bytes;
    full_ = !attached_(attachment);
  }

  void AttachMessage(GMimeMessagePart* part) {
    GMimeMessage* message = g_mime_message_part_get_message(part);
    if (message == nullptr || full_ || allowance_() == 0) return;
    Attachment attachment;
    attachment.name = MadeUpName(".eml");
    const std::string bytes = Taken(g_mime_object_to_string(GMIME_OBJECT(message), nullptr));
    attachment.bytes = bytes;
    full_ = !attached_(attachment);
  }

  MailParts& out_;
  const AttachmentAllowance& allowance_;
  const AttachmentFunction& attached_;
  std::size_t parts_ = 0;
  bool full_ = false;
};

}  // namespace

MailParts ReadMailParts(std::string_view message, const AttachmentAllowance& allowance,
                        const AttachmentFunction& attached) {
  StartLibrary();
  MailParts parts;
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(message.data(), message.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const auto options = Options();
  const Owned<GMimeMessage> parsed(g_mime_parser_construct_message(parser.get(), options.get()));
  if (!parsed) return parts;
  parts.parsed = true;
  parts.subject = TextOf(g_mime_message_get_subject(parsed.get()));
  AddAddresses(g_mime_message_get_from(parsed.get()), false, parts.from);
  AddAddresses(g_mime_message_get_from(parsed.get()), true, parts.names);
  AddAddresses(g_mime_message_get_to(parsed.get()), false, parts.to);
  AddAddresses(g_mime_message_get_cc(parsed.get()), false, parts.to);
  parts.date = DateOf(parsed.get());
  parts.language = TextOf(g_mime_object_get_header(GMIME_OBJECT(parsed.get()), "Content-Language"));
  Walk(parts, allowance, attached).Visit(g_mime_message_get_mime_part(parsed.get()), 0);
  return parts;
}

}  // namespace quipu::extract
