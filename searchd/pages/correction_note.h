// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "searchd/pages/results_page.h"

namespace quipu::searchd {

/// Says which corrected words were searched as well, with a link to the search as typed; or offers the
/// correction that was not. Also says what was loosened because nothing was found. Nothing where nothing was
/// done.
void AppendCorrectionNote(std::string& out, const ResultsPage& page);

}  // namespace quipu::searchd
