// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/office_ending.h"

namespace quipu::extract {

Reading FinishOffice(Reading reading, const OfficeEnding& ending, BodyWriter& writer) {
  const bool full = writer.full() || ending.fault == ZipArchive::Fault::kTooLarge;
  const bool damaged = ending.fault != ZipArchive::Fault::kNone || ending.xml == XmlEnd::kMalformed;
  if (writer.empty() && damaged && !full)
    return Refuse(State::kFailed, "the document inside is missing or damaged");
  if (full || damaged || ending.out_of_time || ending.xml == XmlEnd::kTooDeep) {
    reading.state = State::kTruncated;
    reading.reason = "the document is damaged; what stands before the damage was read";
    if (ending.out_of_time) reading.reason = "out of time; the beginning was read";
    if (full) reading.reason = "the text is too large; its beginning was read";
    if (ending.xml == XmlEnd::kTooDeep) reading.reason = "elements nested too deep; the rest was left out";
  }
  reading.body = writer.TakeBody();
  reading.segments = writer.TakeSegments();
  return reading;
}

}  // namespace quipu::extract
