// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/index/index_reader.h"
#include "searchd/json/parse_search_request.h"

namespace quipu::searchd {

/// Everything that an answer depends on.
struct AnswerState {
  std::string_view index_uid;
  const index::IndexFacts& facts;
  std::string_view aids;  // SearchIndex::AidsTag
};

/// Names the answer to `search`, the final one as the index is asked it, in bytes: two searches with one key
/// have the same answer but for the times in it.
std::string AnswerKey(const AnswerState& state, const SearchParameterSet& search);

/// Whether such an answer may be given again: not if it tells times or changes with the clock.
bool MayBeKept(const SearchParameterSet& search);

}  // namespace quipu::searchd
