// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::extract {

/// What a zip file really is, by its members: "docx", "odt", "epub" and so on, the media type of an office
/// format that nothing reads, or "zip".
std::string SniffZip(std::string_view bytes);

/// What an OLE compound file is, by its streams: "doc", "xls", "ppt", "msg", "encrypted-office" for an OOXML
/// file with a password, the media type of another old format, or "application/x-ole-storage".
std::string SniffOle(std::string_view bytes);

/// What an OpenDocument media type is called here: "odt", "ods", "odp", "odg"; "" for another type.
std::string_view OpenDocumentType(std::string_view media_type);

}  // namespace quipu::extract
