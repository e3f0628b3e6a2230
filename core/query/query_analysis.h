// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/query_ast.h"
#include "core/text/analyzer.h"

namespace quipu::query {

/// Reads the text of every leaf with the analyzer that also made the index, in each of `languages`, and
/// fills Node::words. Afterwards every kWord leaf holds exactly one word:
///   - side by side, a text of several words ("COVID-19") becomes several leaves;
///   - elsewhere it becomes a group of which all are needed, or, where it is excluded, a phrase;
///   - leaves without any word (only signs) are gone, and so are groups left empty.
///   - in a long question quoted words are words: who pastes a paragraph means no operator by its quotes.
/// A prefix holds only where the last word reaches the end of its text ("tea?" is finished).
void AnalyzeQuery(Node& root, text::Analyzer& analyzer, std::span<const std::string> languages);

/// The words of a text, read in the same way.
std::vector<Word> AnalyzeWords(std::string_view text, text::Analyzer& analyzer,
                               std::span<const std::string> languages);

}  // namespace quipu::query
