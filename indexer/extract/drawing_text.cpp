// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/drawing_text.h"

namespace quipu::extract {
namespace {

bool IsShape(std::string_view name) {
  return name == "sp" || name == "graphicFrame" || name == "pt" || name == "cxnSp";
}

/// The older form of what has just been told, and the number of the page, which nobody searches for.
bool IsSkipped(std::string_view name, const XmlAttributes& attributes) {
  return name == "Fallback" || (name == "fld" && attributes.Get("type") == "slidenum");
}

}  // namespace

void DrawingText::Break(char c) {
  if (!shape_.empty() && shape_.back() != '\n' && shape_.back() != c && shape_.size() < kMaxShapeBytes)
    shape_ += c;
}

void DrawingText::Start(std::string_view name, const XmlAttributes& attributes) {
  if (skip_ > 0 || IsSkipped(name, attributes)) {
    ++skip_;
    return;
  }
  if (IsShape(name)) EndShape();
  if (name == "ph") placeholder_ = attributes.Has("type") ? attributes.Get("type").substr(0, 32) : "body";
  if (name == "t") in_text_ = true;
  if (name == "br") Break('\n');
  if (name == "tc") {
    in_cell_ = true;
    Break(' ');
  }
}

void DrawingText::End(std::string_view name) {
  if (skip_ > 0) {
    --skip_;
    return;
  }
  if (name == "t") in_text_ = false;
  if (name == "tc") in_cell_ = false;
  if (name == "p") Break(in_cell_ ? ' ' : '\n');
  if (name == "tr") Break('\n');
  if (IsShape(name)) EndShape();
}

void DrawingText::Text(std::string_view text) {
  if (skip_ == 0 && in_text_ && shape_.size() + text.size() <= kMaxShapeBytes) shape_ += text;
}

void DrawingText::EndShape() {
  if (!shape_.empty()) sink_(placeholder_, shape_);
  shape_.clear();
  placeholder_.clear();
}

}  // namespace quipu::extract
