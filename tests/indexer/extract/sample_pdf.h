// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

namespace quipu::extract::testing {

/// One line of text on a page.
struct PdfLine {
  std::string text;  // ASCII, without parentheses
  int size = 12;
  int y = 700;
};

struct SamplePdf {
  std::vector<std::vector<PdfLine>> pages;
  std::string info;  // e.g. "/Title (On tea) /Author (Ada)"
};

/// A small, valid PDF.
std::string MakePdf(const SamplePdf& sample);

}  // namespace quipu::extract::testing
