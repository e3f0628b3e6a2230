// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/source.h"

#include "indexer/source/document_id.h"

namespace quipu::source {

void Source::CompleteMember(const Found& found, schema::Document& member) const {
  // Where the ids are addresses, as in a crawl, the file's is where the member is read.
  if (found.id.find("://") != std::string::npos) member.url = found.id;
  if (member.title.empty()) member.title = TitleOfPath(member.id);
}

}  // namespace quipu::source
