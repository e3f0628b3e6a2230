// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "indexer/extract/xml_parser.h"

namespace quipu::extract {

/// Reads the text of DrawingML: a slide's shapes and tables, notes, diagrams, the boxes on a sheet.
class DrawingText : public XmlHandler {
 public:
  /// Gets each shape's text, and what kind of placeholder the shape is ("title", "body", …; "" for none).
  using Sink = std::function<void(std::string_view placeholder, std::string_view text)>;

  explicit DrawingText(Sink sink) : sink_(std::move(sink)) {}

  void Start(std::string_view name, const XmlAttributes& attributes) override;
  void End(std::string_view name) override;
  void Text(std::string_view text) override;

 private:
  static constexpr std::size_t kMaxShapeBytes = 4ULL << 20;

  void Break(char c);
  void EndShape();

  Sink sink_;
  std::string placeholder_;
  std::string shape_;
  int skip_ = 0;
  bool in_text_ = false;
  bool in_cell_ = false;
};

}  // namespace quipu::extract
