// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::extract {

/// What a zip file really is, by its members: "docx", "odt", the media type of another office format, or
/// "zip".
std::string SniffZip(std::string_view bytes);

/// What an OLE compound file is: "encrypted-office" for a password-protected OOXML, the media type of an
/// old Office format, or "application/x-ole-storage".
std::string SniffOle(std::string_view bytes);

}  // namespace quipu::extract
