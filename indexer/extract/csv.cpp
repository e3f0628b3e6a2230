// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/charset.h"
#include "indexer/extract/csv_dialect.h"
#include "indexer/extract/format.h"
#include "indexer/extract/sheet_text.h"

namespace quipu::extract {

Reading ReadCsv(const FileContent& file) {
  const DecodedText decoded = DecodeText(file.bytes);
  if (!LooksLikeText(decoded.text)) return Refuse(State::kSkipped, "no reader for application/octet-stream");
  CsvRecords records(decoded.text, FindCsvSeparator(decoded.text));
  BodyWriter writer;
  SheetText out(writer);
  std::vector<std::string> fields;
  std::uint32_t row = 0;
  bool in_time = true;
  while (in_time && !writer.full() && records.Next(fields)) {
    const bool dialect = row == 0 && fields.front().substr(0, 4) == "sep=";
    for (const std::string& field : fields) {
      if (!dialect) out.Cell(row, field);
    }
    if (++row % 4096 == 0) in_time = !file.OutOfTime();
  }
  Reading reading;
  out.Finish(file, in_time, reading);
  return reading;
}

}  // namespace quipu::extract
