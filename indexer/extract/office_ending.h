// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/extract/body_writer.h"
#include "indexer/extract/reading.h"
#include "indexer/extract/xml_parser.h"
#include "indexer/extract/zip_archive.h"

namespace quipu::extract {

/// How the reading of an office file ended.
struct OfficeEnding {
  ZipArchive::Fault fault = ZipArchive::Fault::kNone;  // of the main member
  XmlEnd xml = XmlEnd::kComplete;                      // its worst XML
  bool out_of_time = false;
};

/// `reading` with the body, and the state that the ending leaves it in; the text before a fault is kept.
Reading FinishOffice(Reading reading, const OfficeEnding& ending, BodyWriter& writer);

}  // namespace quipu::extract
