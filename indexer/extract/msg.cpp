// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string>
#include <vector>

#include "indexer/extract/body_writer.h"
#include "indexer/extract/compressed_rtf.h"
#include "indexer/extract/format.h"
#include "indexer/extract/msg_properties.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

enum Property : std::uint16_t {
  kSubject = 0x0037,
  kSubmitted = 0x0039,
  kSentForName = 0x0042,
  kSentForAddress = 0x0065,
  kSenderName = 0x0C1A,
  kSenderAddress = 0x0C1F,
  kCc = 0x0E03,
  kTo = 0x0E04,
  kDelivered = 0x0E06,
  kBody = 0x1000,
  kCompressedRtf = 0x1009,
  kHtml = 0x1013,
  kDisplayName = 0x3001,
  kCreated = 0x3007,
  kFileName = 0x3704,
  kLongFileName = 0x3707,
  kSenderSmtp = 0x5D01,
};

constexpr std::uint16_t kAttachedBytes = 0x3701;
constexpr std::size_t kMaxAttachments = 1000;

std::string Field(MsgProperties& message, std::uint16_t id) {
  return TidyLine(message.Text(id, kMaxFieldBytes), kMaxFieldBytes);
}

struct Sender {
  std::string name;     // else the address
  std::string mailbox;  // "Ana <ana@example.org>"
};

/// Addresses of Exchange (/O=…) say nothing.
Sender SenderOf(MsgProperties& message) {
  std::string name = Field(message, kSenderName);
  if (name.empty()) name = Field(message, kSentForName);
  std::string address = Field(message, kSenderSmtp);
  for (const std::uint16_t id : {kSenderAddress, kSentForAddress}) {
    if (address.find('@') == std::string::npos) address = Field(message, id);
  }
  if (address.find('@') == std::string::npos || address[0] == '/' || address == name)
    return {.name = name, .mailbox = name};
  if (name.empty()) return {.name = address, .mailbox = address};
  return {.name = name, .mailbox = name + " <" + address + ">"};
}

/// "Ana; Doe, John" as its two names: only semicolons part them.
std::vector<std::string> People(const std::string& list) { return SplitKeywords(list + ";"); }

/// The folders of the attachments, in order: "__attach_version1.0_#00000000/".
std::vector<std::string> AttachmentFolders(const CompoundFile& file) {
  constexpr std::string_view kStart = "__attach_version1.0_";
  std::vector<std::string> folders;
  for (const CompoundFile::Entry& entry : file.entries()) {
    const bool here = entry.storage && entry.path.substr(0, kStart.size()) == kStart &&
                      entry.path.find('/') == std::string::npos;
    if (here && folders.size() < kMaxAttachments) folders.push_back(entry.path + "/");
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

/// Hands an attachment on as a member; one that is a message of its own, kept as a storage, has no bytes.
void HandOn(const MsgProperties& attachment, const std::string& name, MemberSink* members) {
  const std::uint64_t limit = members == nullptr ? 0 : members->Allowance();
  if (limit == 0) return;
  const std::string bytes = attachment.Binary(kAttachedBytes);
  if (bytes.empty()) return;
  FoundMember member;
  member.path = name;
  // An attachment has no folders; what looks so is part of its name.
  std::replace(member.path.begin(), member.path.end(), '/', '_');
  member.bytes = std::string_view(bytes).substr(0, limit);
  member.cut = bytes.size() > limit;
  members->Take(member);
}

std::vector<std::string> ReadAttachments(const CompoundFile& file, const MsgProperties& message,
                                         MemberSink* members) {
  std::vector<std::string> names;
  for (const std::string& folder : AttachmentFolders(file)) {
    MsgProperties attachment(file, folder);
    attachment.UseCharsetOf(message);
    std::string name;
    for (const std::uint16_t id : {kLongFileName, kFileName, kDisplayName}) {
      if (name.empty()) name = Field(attachment, id);
    }
    HandOn(attachment, name, members);
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names;
}

std::string BodyOf(const FileContent& file, MsgProperties& message) {
  std::string plain = message.Text(kBody, BodyWriter::kMaxBytes);
  if (!TidyLine(plain, 8).empty()) return plain;
  const FileContent inside{.bytes = {}, .name = file.name, .deadline = file.deadline};
  std::string html = message.Binary(kHtml);
  if (html.empty()) html = message.Text(kHtml, BodyWriter::kMaxBytes);
  if (!html.empty()) {
    if (const int code_page = message.html_code_page(); code_page != 0 && !IsValidUtf8(html))
      html = CodePages().Decode(code_page, html);
    FileContent page = inside;
    page.bytes = html;
    if (std::string body = ReadHtml(page).body; !body.empty()) return body;
  }
  const std::string rtf = DecompressRtf(message.Binary(kCompressedRtf));
  FileContent text = inside;
  text.bytes = rtf;
  return rtf.empty() ? "" : ReadRtf(text).body;
}

}  // namespace

Reading ReadMsg(const FileContent& file) {
  const CompoundFile ole(file.bytes);
  if (!ole.Has("__properties_version1.0"))
    return Refuse(State::kFailed, "the message inside is missing or damaged");
  MsgProperties message(ole, "");
  Reading reading;
  reading.title = Field(message, kSubject);
  for (const std::uint16_t id : {kSubmitted, kDelivered, kCreated}) {
    if (reading.date.empty()) reading.date = message.Time(id);
  }
  const Sender sender = SenderOf(message);
  reading.SetField("author", sender.name);
  reading.SetField("from", sender.mailbox);
  reading.SetList("to", People(Field(message, kTo) + ";" + Field(message, kCc)));
  const std::vector<std::string> attachments = ReadAttachments(ole, message, file.members);
  reading.SetList("attachments", attachments);
  BodyWriter writer;
  writer.Verbatim(BodyOf(file, message));
  writer.Paragraph();
  for (const std::string& name : attachments) {
    writer.Text(name);
    writer.LineBreak();
  }
  // A message may be only its subject.
  if (writer.empty()) writer.Text(reading.title);
  if (writer.full()) {
    reading.state = State::kTruncated;
    reading.reason = "the text is too large; its beginning was read";
  } else if (file.members != nullptr && !file.members->Shortfall().empty()) {
    reading.state = State::kTruncated;
    reading.reason = file.members->Shortfall();
  }
  reading.body = writer.TakeBody();
  return reading;
}

}  // namespace quipu::extract
