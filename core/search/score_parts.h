// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

#include "core/query/query_compiler.h"
#include "core/query/term_weight.h"
#include "core/search/deadline.h"
#include "core/search/search_result.h"

namespace quipu::search {

/// Fills Hit::score_parts of all hits: what each part of the compiled query weighs in each document, found by
/// asking for the part alone in just these documents. The parts of a hit add up to its weight. `hits` must
/// have their documents. False if `deadline` passed before; then none has parts, since they would not add up.
bool ExplainScores(const Xapian::Database& database, const query::WeightShape& shape,
                   const query::CompiledQuery& compiled, std::vector<Hit>& hits, Instant deadline);

/// A sentence for people: "`force` in any form, anywhere in the document".
std::string DescribePart(const ScorePart& part);

}  // namespace quipu::search
