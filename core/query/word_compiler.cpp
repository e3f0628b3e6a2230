// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/word_compiler.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/query/body_source.h"
#include "core/schema/field.h"

namespace quipu::query {
namespace {

using Xapian::Query;

constexpr std::uint64_t kSurelyAWord = 200;

std::string Term(std::string_view form, std::string_view prefix, std::string_view word) {
  std::string term;
  term.reserve(form.size() + prefix.size() + word.size());
  term.append(form).append(prefix).append(word);
  return term;
}

Query AnyOf(const std::vector<Query>& queries) { return Query(Query::OP_OR, queries.begin(), queries.end()); }

Query AnyOf(const std::vector<WeighedTerms>& parts) {
  std::vector<Query> queries;
  for (const WeighedTerms& part : parts) queries.push_back(part.AsQuery());
  return AnyOf(queries);
}

SearchedField AsSearched(const schema::Field& field) {
  const bool body = field.prefix.empty();
  return {.prefix = std::string(field.prefix),
          .weight = field.weight,
          .kind = body ? TermKind::kText : TermKind::kHeadline,
          .body_only = body};
}

Query Either(const Query& a, const Query& b) {
  return a.empty() ? b : (b.empty() ? a : Query(Query::OP_OR, a, b));
}

bool IsTextField(const schema::Field& field) { return field.weight > 0 && !field.boolean; }

// A field of the schema, or one that the documents brought.
SearchedField FieldNamed(const std::string& name) {
  const schema::Field* field = schema::FindField(name);
  if (field != nullptr && IsTextField(*field)) return AsSearched(*field);
  return {.prefix = schema::FieldTextPrefix(name), .weight = 1, .kind = TermKind::kHeadline};
}

}  // namespace

Query WeighedTerms::AsQuery() const {
  const Query word =
      terms.size() == 1 ? Query(terms.front()) : Query(Query::OP_SYNONYM, terms.begin(), terms.end());
  return Query(Query::OP_SCALE_WEIGHT, word, LeafFactor(worth, kind));
}

WordCompiler::WordCompiler(TermStatistics& statistics, const CompileOptions& options)
    : statistics_(statistics), options_(options) {
  for (const std::string& name : options.fields) AddField(FieldNamed(name));
  if (!options.fields.empty()) return;
  for (const schema::Field& field : schema::Fields()) {
    if (IsTextField(field)) AddField(AsSearched(field));
  }
  whole_document_ = {SearchedField{}};
  title_prefix_ = schema::FindField("title")->prefix;
}

// Two names may share a prefix (tags, keywords): its words count once.
void WordCompiler::AddField(SearchedField field) {
  const bool known = std::any_of(fields_.begin(), fields_.end(),
                                 [&](const SearchedField& other) { return other.prefix == field.prefix; });
  if (!known) fields_.push_back(std::move(field));
}

std::span<const SearchedField> WordCompiler::FieldsFor(const std::string& name) {
  if (name.empty()) return options_.fields.empty() ? whole_document_ : fields_;
  one_field_ = {FieldNamed(name)};
  return one_field_;
}

std::span<const SearchedField> WordCompiler::PhraseFieldsFor(const std::string& name) {
  return name.empty() ? std::span<const SearchedField>(fields_) : FieldsFor(name);
}

WeighedTerms WordCompiler::Leaf(const std::string& term, double worth, TermKind kind) {
  postings_ += statistics_.Frequency(term);
  return {{term}, worth, kind};
}

std::uint64_t WordCompiler::WordFrequency(const Word& word, std::span<const SearchedField> fields) {
  // Documents that have the word, not less than the largest of its terms: fields overlap, so do the stems of
  // several languages.
  std::uint64_t most = 0;
  for (const SearchedField& field : fields) {
    std::uint64_t in_field = 0;
    for (const std::string& stem : word.stems) {
      in_field = std::max<std::uint64_t>(
          in_field, statistics_.Frequency(Term(schema::kStemPrefix, field.prefix, stem)));
    }
    most = std::max(most, in_field);
  }
  return most;
}

double WordCompiler::WordRarity(const Word& word, const std::string& field) {
  return statistics_.Rarity(WordFrequency(word, FieldsFor(field)));
}

void WordCompiler::AddWordInField(const Word& word, const SearchedField& field, double rarity, Piece& piece,
                                  Reading& reading) {
  const double worth = rarity * field.weight * emphasis_ * standing_.share;
  std::uint32_t stem_frequency = 0;
  const TermKind kind = word.ideographic && field.kind == TermKind::kText ? TermKind::kBigram : field.kind;
  // Several stems of one word (of several languages, with and without diacritics) saturate together: summed,
  // a word would weigh more the more languages an index has (squad-es .8226 against .8312 in nDCG@10).
  WeighedTerms forms{{}, worth, kind};
  for (const std::string& stem : word.stems) {
    std::string term = Term(schema::kStemPrefix, field.prefix, stem);
    const std::uint32_t frequency = statistics_.Frequency(term);
    if (frequency == 0) continue;
    stem_frequency = std::max(stem_frequency, frequency);
    postings_ += frequency;
    if (field.body_only) {
      AddBodyOfStem(stem, worth, piece);
    } else {
      forms.terms.push_back(std::move(term));
    }
  }
  const std::string folded = Term("", field.prefix, word.folded);
  const std::uint32_t folded_frequency = statistics_.Frequency(folded);
  // Documents in a language that the query was not read in stem the word in another way.
  if (folded_frequency > stem_frequency && !field.body_only) {
    stem_frequency = folded_frequency;
    forms.terms.push_back(folded);
  }
  if (!forms.terms.empty()) reading.any.push_back(std::move(forms));
  if (stem_frequency == 0) return;
  piece.best += worth;
  // A form that all documents with the word have tells them apart in nothing.
  if (options_.folded_bonus > 0 && folded_frequency > 0 && folded_frequency < stem_frequency) {
    reading.bonus.push_back(Leaf(folded, worth * options_.folded_bonus, kind));
    piece.best += worth * options_.folded_bonus;
  }
  if (word.exact.empty() || options_.exact_bonus <= 0) return;
  if (const std::string exact = Term(schema::kExactPrefix, field.prefix, word.exact);
      statistics_.Frequency(exact) > 0) {
    reading.bonus.push_back(Leaf(exact, worth * options_.exact_bonus, TermKind::kConstant));
    piece.best += worth * options_.exact_bonus;
  }
}

void WordCompiler::AddBodyOfStem(const std::string& stem, double worth, Piece& piece) {
  const Query body((new BodySource(stem, worth, options_.body_k1))->release());
  piece.query = piece.query.empty() ? body : Query(Query::OP_OR, piece.query, body);
}

// A word in the title says more than its share of the whole document's words.
void WordCompiler::AddTitleBonus(const Word& word, double rarity, Piece& piece, Reading& reading) {
  if (options_.title_bonus <= 0) return;
  const double worth = rarity * options_.title_bonus * emphasis_ * standing_.share;
  WeighedTerms forms{{}, worth, TermKind::kHeadline};
  for (const std::string& stem : word.stems) {
    std::string term = Term(schema::kStemPrefix, title_prefix_, stem);
    postings_ += statistics_.Frequency(term);
    if (statistics_.Frequency(term) > 0) forms.terms.push_back(std::move(term));
  }
  if (forms.terms.empty()) return;
  reading.bonus.push_back(std::move(forms));
  piece.best += worth;
}

Piece WordCompiler::CompileForms(const Word& word, std::span<const SearchedField> fields) {
  Piece piece;
  piece.frequency = WordFrequency(word, fields);
  piece.rarity = std::min(statistics_.Rarity(piece.frequency), standing_.most_rarity);
  Reading reading;
  for (const SearchedField& field : fields) AddWordInField(word, field, piece.rarity, piece, reading);
  if (fields.data() == whole_document_.data()) AddTitleBonus(word, piece.rarity, piece, reading);
  const bool terms_only = piece.query.empty();
  piece.query = Either(piece.query, AnyOf(reading.any));
  piece.presence = piece.query;
  piece.bonus = AnyOf(reading.bonus);
  if (terms_only && !piece.query.empty()) piece.readings.push_back(std::move(reading));
  return piece;
}

Piece WordCompiler::CompileWord(const Node& leaf) {
  const auto fields = FieldsFor(leaf.field);
  Piece piece = CompileForms(leaf.words.front(), fields);
  if (leaf.prefix || leaf.typing) AddPrefix(leaf, fields, piece);
  for (const Alternative& alternative : leaf.alternatives) AddAlternative(leaf, alternative, piece);
  return piece;
}

// The best of word and alternatives counts, not their sum: a text that has both forms of a word is no better.
void WordCompiler::AddAlternative(const Node& leaf, const Alternative& alternative, Piece& piece) {
  // An alternative that is rarer than what was typed must not weigh more than that.
  standing_.share = alternative.share;
  if (!piece.query.empty()) standing_.most_rarity = piece.rarity;
  Piece other;
  if (alternative.words.size() == 1) {
    other = CompileForms(alternative.words.front(), FieldsFor(leaf.field));
  } else {
    Node phrase;
    phrase.kind = NodeKind::kPhrase;
    phrase.field = leaf.field;
    phrase.words = alternative.words;
    other = CompilePhrase(phrase);
  }
  standing_ = {};
  if (other.query.empty()) return;
  if (piece.query.empty()) {
    piece = std::move(other);
    return;
  }
  const auto best_of = [](const Query& a, const Query& b) {
    return a.empty() ? b : (b.empty() ? a : Query(Query::OP_MAX, a, b));
  };
  if (other.readings.empty()) piece.readings.clear();
  if (!piece.readings.empty())
    std::move(other.readings.begin(), other.readings.end(), std::back_inserter(piece.readings));
  piece.query = best_of(piece.query, other.query);
  piece.bonus = best_of(piece.bonus, other.bonus);
  piece.presence = Query(Query::OP_OR, piece.presence, other.presence);
  piece.best = std::max(piece.best, other.best);
  piece.frequency += other.frequency;
}

void WordCompiler::AddPrefix(const Node& leaf, std::span<const SearchedField> fields, Piece& piece) {
  const Word& word = leaf.words.front();
  const std::size_t walk = leaf.prefix ? options_.prefix_walk : options_.typing_walk;
  // A word that many documents have is most likely finished: then a few completions will do.
  const bool unfinished = piece.frequency < kSurelyAWord;
  const std::size_t keep =
      leaf.prefix ? options_.prefix_keep : (unfinished ? options_.typing_keep : options_.typing_keep / 4);
  std::uint64_t most = 0;
  std::vector<std::pair<const SearchedField*, std::vector<std::string>>> found;
  for (const SearchedField& field : fields) {
    std::vector<std::string> terms;
    std::uint64_t sum = 0;
    const std::string prefix = Term("", field.prefix, word.folded);
    for (const auto& expansion : statistics_.Expand(prefix, walk, keep)) {
      if (!leaf.prefix && expansion.term == prefix) continue;
      terms.push_back(expansion.term);
      sum += expansion.frequency;
      completions_[word.folded].push_back(expansion.term.substr(field.prefix.size()));
    }
    postings_ += sum;
    most = std::max(most, sum);
    if (!terms.empty()) found.emplace_back(&field, std::move(terms));
  }
  if (found.empty()) return;
  // A word that is no word yet has the rarity of what it may become.
  if (piece.frequency == 0 || leaf.prefix) piece.rarity = statistics_.Rarity(most);
  const double share = leaf.prefix ? 1 : options_.prefix_share;
  std::vector<WeighedTerms> in_fields;
  for (auto& [field, terms] : found) {
    const double worth = std::min(piece.rarity, statistics_.Rarity(most)) * field->weight * share;
    in_fields.push_back({std::move(terms), worth, field->kind});
    if (piece.frequency == 0) piece.best += worth;
  }
  const Query completions = AnyOf(in_fields);
  const bool terms_only = piece.query.empty() || !piece.readings.empty();
  piece.query = Either(piece.query, completions);
  piece.presence = Either(piece.presence, completions);
  piece.frequency = std::max(piece.frequency, most);
  if (!terms_only) return;
  if (piece.readings.empty()) piece.readings.emplace_back();
  std::move(in_fields.begin(), in_fields.end(), std::back_inserter(piece.readings.front().any));
}

// A quoted word: the form as typed, before those with other diacritics.
Query WordCompiler::OneForm(const Word& word, const std::string& term, const SearchedField& field,
                            double factor) {
  const Query form(Query::OP_SCALE_WEIGHT, Query(term), factor);
  const std::string exact = Term(schema::kExactPrefix, field.prefix, word.exact);
  if (word.exact.empty() || statistics_.Frequency(exact) == 0) return form;
  const double worth = statistics_.Rarity(statistics_.Frequency(exact)) * field.weight;
  return Query(Query::OP_AND_MAYBE, form, Leaf(exact, worth, TermKind::kConstant).AsQuery());
}

Query WordCompiler::Positional(std::span<const Word> words, const SearchedField& field, bool prefix,
                               double rarity, std::uint32_t window) {
  std::vector<std::string> terms;
  for (const Word& word : words) {
    terms.push_back(Term("", field.prefix, word.folded));
    const bool last = terms.size() == words.size();
    if (statistics_.Frequency(terms.back()) == 0 && !(prefix && last)) return {};
    postings_ += statistics_.Frequency(terms.back());
  }
  const double factor = LeafFactor(rarity * field.weight / static_cast<double>(words.size()), field.kind);
  const auto together = [&] {
    if (terms.size() == 1) return OneForm(words.front(), terms.front(), field, factor);
    const auto size = static_cast<Xapian::termcount>(terms.size());
    return Query(Query::OP_SCALE_WEIGHT,
                 Query(window > 0 ? Query::OP_NEAR : Query::OP_PHRASE, terms.begin(), terms.end(),
                       window > 0 ? window : size),
                 factor);
  };
  if (!prefix) return together();
  // Xapian takes only terms inside a phrase, so each ending is a phrase of its own.
  std::vector<Query> endings;
  const std::string beginning = terms.back();
  for (const auto& expansion : statistics_.Expand(beginning, options_.prefix_walk, options_.typing_keep)) {
    terms.back() = expansion.term;
    endings.push_back(together());
    completions_[words.back().folded].push_back(expansion.term.substr(field.prefix.size()));
  }
  return AnyOf(endings);
}

Piece WordCompiler::CompileTogether(std::span<const Word> words, const Node& leaf, std::uint32_t window) {
  Piece piece;
  piece.frequency = statistics_.documents();
  for (const Word& word : words) {
    const std::uint64_t frequency = WordFrequency(word, FieldsFor(leaf.field));
    piece.rarity += statistics_.Rarity(frequency);
    piece.frequency = std::min(piece.frequency, frequency);
  }
  piece.rarity = std::min(piece.rarity, standing_.most_rarity);
  const double worth = piece.rarity * standing_.share;
  const bool prefix = leaf.prefix && words.size() == leaf.words.size();
  std::vector<Query> any;
  for (const SearchedField& field : PhraseFieldsFor(leaf.field)) {
    Query found = Positional(words, field, prefix, worth, window);
    if (found.empty()) continue;
    any.push_back(std::move(found));
    piece.best += worth * field.weight;
  }
  piece.query = piece.presence = AnyOf(any);
  return piece;
}

Piece WordCompiler::CompilePhrase(const Node& leaf) {
  const std::size_t count = std::min(leaf.words.size(), kMaxPhraseWords);
  return CompileTogether(std::span(leaf.words).first(count), leaf, 0);
}

Piece WordCompiler::CompileNear(const Node& near) {
  std::vector<Word> words;
  for (const Node& child : near.children) {
    if (words.size() < kMaxPhraseWords) words.push_back(child.words.front());
  }
  // Xapian counts a window of words; "a NEAR/1 b" are neighbours, a window of two.
  const auto window = static_cast<std::uint32_t>(near.distance * (words.size() - 1) + 1);
  return CompileTogether(words, near.children.front(), window);
}

Query WordCompiler::CompileValue(const Node& leaf) {
  const schema::Field* field = schema::FindField(leaf.field);
  return Query(Query::OP_SCALE_WEIGHT, Query(schema::BooleanTerm(*field, leaf.text)), 0);
}

}  // namespace quipu::query
