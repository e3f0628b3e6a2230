// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/indexer/extract/sample_pdf.h"

#include <fmt/format.h>

namespace quipu::extract::testing {
namespace {

std::string PageContent(const std::vector<PdfLine>& lines) {
  std::string content;
  for (const PdfLine& line : lines) {
    content += fmt::format("BT /F1 {} Tf 72 {} Td ({}) Tj ET\n", line.size, line.y, line.text);
  }
  return content;
}

}  // namespace

std::string MakePdf(const SamplePdf& sample) {
  // 1 catalog, 2 pages, 3 font, 4 info, then a page and its content by turns.
  std::string kids;
  for (std::size_t i = 0; i < sample.pages.size(); ++i) kids += fmt::format("{} 0 R ", 5 + 2 * i);
  std::vector<std::string> objects = {
      "<</Type/Catalog/Pages 2 0 R>>",
      fmt::format("<</Type/Pages/Kids[{}]/Count {}>>", kids, sample.pages.size()),
      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
      "<<" + sample.info + ">>",
  };
  for (std::size_t i = 0; i < sample.pages.size(); ++i) {
    objects.push_back(fmt::format(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
        6 + 2 * i));
    const std::string content = PageContent(sample.pages[i]);
    objects.push_back(fmt::format("<</Length {}>>stream\n{}\nendstream", content.size(), content));
  }
  std::string pdf = "%PDF-1.4\n";
  std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010d} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t start = pdf.size();
  return pdf + table +
         fmt::format("trailer<</Size {}/Root 1 0 R/Info 4 0 R>>\nstartxref\n{}\n%%EOF\n", objects.size() + 1,
                     start);
}

}  // namespace quipu::extract::testing
