// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/xml_parser.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <memory>
#include <new>

namespace quipu::extract {
namespace {

constexpr std::size_t kChunkBytes = 64U << 10;

std::string_view View(const xmlChar* text) {
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

std::string_view Local(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct Parsing {
  XmlHandler& handler;
  xmlParserCtxtPtr context = nullptr;
  int depth = 0;
  bool too_deep = false;
};

void OnStart(void* user, const xmlChar* name, const xmlChar** attributes) {
  auto& parsing = *static_cast<Parsing*>(user);
  if (++parsing.depth > kMaxXmlDepth) {
    parsing.too_deep = true;
    xmlStopParser(parsing.context);
    return;
  }
  parsing.handler.Start(Local(View(name)), XmlAttributes(attributes));
}

void OnEnd(void* user, const xmlChar* name) {
  auto& parsing = *static_cast<Parsing*>(user);
  --parsing.depth;
  parsing.handler.End(Local(View(name)));
}

void OnText(void* user, const xmlChar* text, int size) {
  static_cast<Parsing*>(user)->handler.Text(
      {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
}

void Ignore(void* /*user*/, const char* /*message*/, ...) {}

/// An entity declared in a document makes libxml2 begin a tree even where SAX events are all that is wanted,
/// and the context does not own it.
struct FreeContext {
  void operator()(xmlParserCtxt* context) const {
    xmlFreeDoc(context->myDoc);
    context->myDoc = nullptr;
    xmlFreeParserCtxt(context);
  }
};

}  // namespace

std::string_view XmlAttributes::Get(std::string_view name) const {
  for (const xmlChar** pair = list_; pair != nullptr && pair[0] != nullptr; pair += 2) {
    if (Local(View(pair[0])) == name) return View(pair[1]);
  }
  return {};
}

std::string_view XmlAttributes::GetPrefixed(std::string_view name) const {
  for (const xmlChar** pair = list_; pair != nullptr && pair[0] != nullptr; pair += 2) {
    const std::string_view whole = View(pair[0]);
    if (whole.size() > name.size() && Local(whole) == name) return View(pair[1]);
  }
  return {};
}

bool XmlAttributes::Has(std::string_view name) const {
  for (const xmlChar** pair = list_; pair != nullptr && pair[0] != nullptr; pair += 2) {
    if (Local(View(pair[0])) == name) return true;
  }
  return false;
}

XmlEnd ParseXml(std::string_view bytes, XmlHandler& handler) {
  Parsing parsing{.handler = handler};
  xmlSAXHandler sax{};
  // Not SAX2: names come as written, prefix and all, and no entity is ever stored or looked up.
  sax.startElement = &OnStart;
  sax.endElement = &OnEnd;
  sax.characters = &OnText;
  sax.ignorableWhitespace = &OnText;
  sax.cdataBlock = &OnText;
  sax.error = &Ignore;
  sax.warning = &Ignore;
  sax.fatalError = &Ignore;
  const std::unique_ptr<xmlParserCtxt, FreeContext> context(
      xmlCreatePushParserCtxt(&sax, &parsing, nullptr, 0, nullptr));
  if (!context) throw std::bad_alloc();
  parsing.context = context.get();
  xmlCtxtUseOptions(context.get(), XML_PARSE_NONET | XML_PARSE_HUGE);
  bool good = true;
  while (!bytes.empty() && good && !parsing.too_deep) {
    const std::string_view chunk = bytes.substr(0, kChunkBytes);
    bytes.remove_prefix(chunk.size());
    good = xmlParseChunk(context.get(), chunk.data(), static_cast<int>(chunk.size()), 0) == 0;
  }
  if (parsing.too_deep) return XmlEnd::kTooDeep;
  if (good) good = xmlParseChunk(context.get(), nullptr, 0, 1) == 0;
  return good ? XmlEnd::kComplete : XmlEnd::kMalformed;
}

}  // namespace quipu::extract
