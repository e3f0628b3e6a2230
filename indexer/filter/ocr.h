// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <stop_token>
#include <string>

#include "indexer/extract/extractor.h"
#include "indexer/source/source.h"

namespace quipu::filter {

/// Whether there may be letters in the pixels: a picture, or a PDF without letters in its text layer.
bool NeedsOcr(const extract::Extracted& extracted);

struct OcrSetup {
  const source::ExtractFunction& extract;
  std::chrono::milliseconds timeout;  // for a page; all together have ten times as long
  std::stop_token stop;
};

/// Reads the pixels of `task.fd` with tesseract, the pages of a PDF one by one with pdftoppm before, at most
/// kMaxOcrPages of them: each becomes a segment. Without these programs: kEmpty, and what to install.
extract::Extracted ReadWithOcr(const OcrSetup& setup, const extract::FileTask& task, const std::string& type);

inline constexpr int kMaxOcrPages = 200;

/// The name that tesseract has for a language: "es" → "spa"; empty if none is known.
std::string TesseractLanguage(const std::string& iso_code);

}  // namespace quipu::filter
