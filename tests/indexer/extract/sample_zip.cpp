// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/indexer/extract/sample_zip.h"

#include <archive.h>
#include <archive_entry.h>

#include <stdexcept>

namespace quipu::extract::testing {
namespace {

la_ssize_t Append(archive* /*writer*/, void* out, const void* bytes, std::size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

void Check(int result, const char* step) {
  if (result != ARCHIVE_OK) throw std::runtime_error(step);
}

}  // namespace

namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

std::string Write(archive* writer, const Members& members) {
  std::string bytes;
  Check(archive_write_set_bytes_in_last_block(writer, 1), "block");
  Check(archive_write_open(writer, &bytes, nullptr, &Append, nullptr), "open");
  for (const auto& [name, content] : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, 1673950000, 0);  // 2023-01-17
    Check(archive_write_header(writer, entry), "header");
    if (archive_write_data(writer, content.data(), content.size()) < 0) throw std::runtime_error("data");
    archive_entry_free(entry);
  }
  Check(archive_write_close(writer), "close");
  archive_write_free(writer);
  return bytes;
}

}  // namespace

std::string MakeZip(const Members& members) {
  archive* writer = archive_write_new();
  Check(archive_write_set_format_zip(writer), "format");
  return Write(writer, members);
}

std::string MakeEncryptedZip(const Members& members) {
  archive* writer = archive_write_new();
  Check(archive_write_set_format_zip(writer), "format");
  Check(archive_write_set_options(writer, "zip:encryption=zipcrypt"), "encryption");
  Check(archive_write_set_passphrase(writer, "secret"), "passphrase");
  return Write(writer, members);
}

std::string MakeTar(const Members& members, const std::string& compression) {
  archive* writer = archive_write_new();
  Check(archive_write_set_format_pax_restricted(writer), "format");
  if (!compression.empty()) Check(archive_write_add_filter_by_name(writer, compression.c_str()), "filter");
  return Write(writer, members);
}

std::string Compress(const std::string& content, const std::string& compression) {
  archive* writer = archive_write_new();
  Check(archive_write_set_format_raw(writer), "format");
  Check(archive_write_add_filter_by_name(writer, compression.c_str()), "filter");
  return Write(writer, {{"", content}});
}

std::vector<std::pair<std::string, std::string>> DocxMembers(const std::string& body) {
  const std::string types =
      R"(<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>)";
  const std::string relations =
      R"(<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
      R"(<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument")"
      R"( Target="word/document.xml"/></Relationships>)";
  const std::string document =
      R"(<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)" +
      body + "</w:body></w:document>";
  return {{"[Content_Types].xml", types}, {"_rels/.rels", relations}, {"word/document.xml", document}};
}

std::vector<std::pair<std::string, std::string>> OdtMembers(const std::string& text) {
  const std::string content =
      R"(<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0")"
      R"( xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">)"
      R"(<office:body><office:text>)" +
      text + "</office:text></office:body></office:document-content>";
  return {{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", content}};
}

}  // namespace quipu::extract::testing
