// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::extract {

/// A date as documents write it, in ISO 8601: "2023-01-17", or with a time "2023-01-17T10:00:00-05:00".
/// Reads ISO 8601 and its relatives, PDF's "D:20230117…", RFC 5322 mail dates, and dates in English and
/// Spanish words. A year or month alone becomes its first day, since dates are sorted and compared.
/// What is no date, impossible ("2023-02-30") or ambiguous ("03/04/2023") gives "".
std::string NormaliseDate(std::string_view text);

/// The month that `word` names in English or Spanish, in full or abbreviated, any case: 1 to 12, or 0.
int MonthNumber(std::string_view word);

}  // namespace quipu::extract
