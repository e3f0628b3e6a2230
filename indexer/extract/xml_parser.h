// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace quipu::extract {

/// The attributes of a start tag, by name without prefix. Valid during the call.
class XmlAttributes {
 public:
  explicit XmlAttributes(const unsigned char** list) : list_(list) {}
  std::string_view Get(std::string_view name) const;
  bool Has(std::string_view name) const;
  /// The attribute that has this name and a prefix: `r:id`, where `id` is something else.
  std::string_view GetPrefixed(std::string_view name) const;

 private:
  const unsigned char** list_;
};

/// What happens in an XML document; names come without their namespace prefix.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void Start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void End(std::string_view name) = 0;
  virtual void Text(std::string_view text) = 0;
};

enum class XmlEnd { kComplete, kMalformed, kTooDeep };

/// Streams `bytes` to `handler`; a fault ends it, what came before has been told. No entity is expanded
/// but XML's own five, nothing outside is loaded, depth is bounded: bombs cost no more than their bytes.
XmlEnd ParseXml(std::string_view bytes, XmlHandler& handler);

inline constexpr int kMaxXmlDepth = 1000;

}  // namespace quipu::extract
