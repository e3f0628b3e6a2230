// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/host_name.h"

#include <unicode/bytestream.h>
#include <unicode/idna.h>

#include <memory>

namespace quipu::text {

std::optional<std::string> AsciiHost(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::IDNA> idna(icu::IDNA::createUTS46Instance(
      UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ, status));
  if (U_FAILURE(status) != 0 || !idna) return std::nullopt;
  std::string ascii;
  icu::StringByteSink<std::string> sink(&ascii);
  icu::IDNAInfo info;
  idna->nameToASCII_UTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())), sink, info,
                         status);
  if (U_FAILURE(status) != 0 || info.hasErrors()) return std::nullopt;
  return ascii;
}

}  // namespace quipu::text
