// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

namespace quipu::search {

/// A document that a query found.
struct Candidate {
  Xapian::docid docid = 0;
  double weight = 0;
  bool operator==(const Candidate&) const = default;
};

}  // namespace quipu::search
