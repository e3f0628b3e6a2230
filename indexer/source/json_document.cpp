// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/json_document.h"

#include <sys/mman.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "core/base/unique_fd.h"
#include "core/schema/document_json.h"
#include "core/text/language.h"
#include "indexer/source/document_id.h"

namespace quipu::source {
namespace {

/// `bytes` in a file that exists only in memory, to be passed to the extractor.
UniqueFd MemoryFile(std::string_view bytes) {
  UniqueFd fd(::memfd_create("quipu-html", MFD_CLOEXEC));
  if (!fd.valid()) throw std::system_error(errno, std::generic_category(), "memfd_create");
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd.get(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw std::system_error(errno, std::generic_category(), "write to memory");
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  ::lseek(fd.get(), 0, SEEK_SET);
  return fd;
}

void TakeIfAbsent(std::string& to, std::string& from) {
  if (to.empty()) to = std::move(from);
}

/// Adds to `document` what its HTML says and the line does not.
void Merge(schema::Document& document, schema::Document from_html) {
  document.body = std::move(from_html.body);
  document.segments = std::move(from_html.segments);
  TakeIfAbsent(document.title, from_html.title);
  TakeIfAbsent(document.language, from_html.language);
  TakeIfAbsent(document.date, from_html.date);
  TakeIfAbsent(document.type, from_html.type);
  document.fields.merge(from_html.fields);
}

}  // namespace

extract::Extracted ReadJsonDocument(std::string_view line, const JsonDefaults& defaults,
                                    const ExtractFunction& extract) {
  extract::Extracted result;
  auto parsed = schema::FromJsonLine(line);
  if (!parsed) {
    result.reason = parsed.error().message;
    return result;
  }
  schema::Document document = std::move(parsed->document);
  result.state = extract::State::kIndexed;
  if (!parsed->html.empty()) {
    // The title's last fallback is the name, and the id says more than the name of a temporary file.
    const std::string language = defaults.language.empty() ? document.language : defaults.language;
    extract::FileTask task;
    task.fd = MemoryFile(parsed->html).Release();
    task.name = document.id + ".html";
    task.language = language;
    task.max_bytes = defaults.max_bytes;
    result = extract(std::move(task));
    if (result.state != extract::State::kIndexed && result.state != extract::State::kTruncated) {
      result.document = {};
      return result;
    }
    Merge(document, std::move(result.document));
  }
  if (document.title.empty()) document.title = TitleOfPath(document.id);
  if (document.url.empty() && !defaults.url.empty()) document.url = UrlOfPath(defaults.url, document.id);
  if (!defaults.language.empty()) document.language = defaults.language;
  // Without a language nothing is stemmed. A short body says more together with its title.
  if (document.language.empty())
    document.language = text::DetectLanguage(document.title + "\n" + document.body);
  result.document = std::move(document);
  return result;
}

}  // namespace quipu::source
