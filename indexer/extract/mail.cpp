// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>

#include "indexer/extract/body_writer.h"
#include "indexer/extract/format.h"
#include "indexer/extract/html_parser.h"
#include "indexer/extract/mail_parts.h"
#include "indexer/extract/mailbox.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

bool IsBlankText(std::string_view text) { return TidyLine(text, 8).empty(); }

/// The HTML only where there is no plain text: most mails say the same twice.
void WriteBody(const MailParts& mail, BodyWriter& writer, Reading& reading) {
  if (!IsBlankText(mail.text)) {
    writer.Verbatim(mail.text);
    writer.Paragraph();
    return;
  }
  if (mail.html.empty()) return;
  const ParsedHtml html = ParseHtml(mail.html);
  html.page.Write(writer);
  if (reading.language.empty()) reading.language = html.language;
}

MailParts ReadParts(const FileContent& file) {
  MemberSink* members = file.members;
  return ReadMailParts(
      file.bytes, [members] { return members == nullptr ? 0 : members->Allowance(); },
      [members](const Attachment& attachment) {
        FoundMember member;
        member.path = attachment.name;
        // An attachment has no folders; what looks so is part of its name.
        std::replace(member.path.begin(), member.path.end(), '/', '_');
        member.bytes = attachment.bytes;
        member.cut = attachment.cut;
        return members->Take(member);
      });
}

}  // namespace

Reading ReadMail(const FileContent& file) {
  const MailParts mail = ReadParts(file);
  if (!mail.parsed) return Refuse(State::kFailed, "cannot be read as a mail");
  Reading reading;
  reading.title = mail.subject;
  reading.date = mail.date;
  reading.language = mail.language;
  reading.SetList("author", mail.names);
  reading.SetList("from", mail.from);
  reading.SetList("to", mail.to);
  BodyWriter writer;
  WriteBody(mail, writer, reading);
  if (writer.empty()) {
    if (mail.encrypted) return Refuse(State::kEncrypted, "can be read only with a key");
    // The subject may be all there is to say.
    writer.Text(mail.subject);
  }
  const std::string shortfall = file.members == nullptr ? "" : file.members->Shortfall();
  if (mail.too_deep || writer.full() || !shortfall.empty()) {
    reading.state = State::kTruncated;
    reading.reason = mail.too_deep   ? "its parts are nested too deep; some were left out"
                     : writer.full() ? "more than 32 MiB of text; the rest was left out"
                                     : shortfall;
  }
  reading.body = writer.TakeBody();
  reading.segments = writer.TakeSegments();
  return reading;
}

Reading ReadMailbox(const FileContent& file) {
  MailboxSplitter messages(file.bytes);
  std::size_t count = 0;
  bool wanted = true;
  while (const auto message = messages.Next()) {
    if (file.members != nullptr && file.members->Allowance() == 0) break;
    ++count;
    if (file.members == nullptr) continue;
    FoundMember member;
    member.path = std::to_string(count);
    member.type = "eml";
    member.bytes = *message;
    wanted = file.members->Take(member);
    if (!wanted) break;
  }
  Reading reading;
  reading.prose = false;
  reading.body = count == 1 ? "1 message" : std::to_string(count) + " messages";
  if (file.members != nullptr && !file.members->Shortfall().empty()) {
    reading.state = State::kTruncated;
    reading.reason = file.members->Shortfall();
  }
  return reading;
}

}  // namespace quipu::extract
