// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "searchd/pages/results_page.h"

namespace quipu::searchd {

/// A row of links for each facet: its values with their counts, the chosen ones marked. A click chooses a
/// value or gives it up. Nothing where there is nothing to choose.
void AppendFacetLinks(std::string& out, const ResultsPage& page);

}  // namespace quipu::searchd
