// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <gtest/gtest.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "core/index/document_entry.h"

namespace quipu::index {

/// A document that owns its terms.
struct OwnedEntry {
  struct Term {
    std::uint32_t count = 0;
    std::vector<std::uint32_t> positions;
  };
  std::map<std::string, Term> terms;
  std::map<Xapian::valueno, std::string> values;
  std::string data;
  std::vector<EntryTerm> views;

  DocumentEntry Entry() {
    views.clear();
    for (const auto& [text, term] : terms)
      views.push_back({text, XXH3_64bits(text.data(), text.size()), term.count, term.positions});
    DocumentEntry entry;
    entry.terms = views;
    entry.values.assign(values.begin(), values.end());
    entry.data = data;
    return entry;
  }
};

/// Documents as various as those of an archive, and always the same.
class RandomEntries {
 public:
  std::uint32_t Random(std::uint32_t below) { return std::uniform_int_distribution(0U, below - 1)(random_); }
  std::string Text(std::size_t size) {
    std::string text;
    while (text.size() < size) text += static_cast<char>(Random(256));
    return text;
  }
  OwnedEntry Document() {
    OwnedEntry document;
    std::uint32_t position = 1;
    for (std::uint32_t words = Random(400); words > 0; --words) {
      // Few words are frequent and many are not, as in a language.
      auto& word = document.terms["w" + std::to_string(Random(1U << Random(14)))];
      ++word.count;
      word.positions.push_back(position);
      position += Random(10) == 0 ? 1 + Random(1U << Random(20)) : 1;
    }
    document.terms["all"].count = Random(3) == 0 ? 1000 : Random(200);
    document.terms["Q" + std::to_string(next_++)];
    for (const Xapian::valueno slot : {0U, 3U, 100U, 300U, 512U})
      if (Random(3) > 0) document.values[slot] = Text(1 + Random(100));
    if (Random(4) > 0) document.data = Text(Random(60)) + std::string(Random(300), 'x');
    return document;
  }

 private:
  std::mt19937 random_{20231124};
  std::uint32_t next_ = 0;
};

inline void ExpectTheSamePostings(const Xapian::Database& ours, const Xapian::Database& theirs,
                                  const std::string& term) {
  EXPECT_EQ(ours.get_termfreq(term), theirs.get_termfreq(term));
  EXPECT_EQ(ours.get_collection_freq(term), theirs.get_collection_freq(term));
  auto our = ours.postlist_begin(term);
  for (auto their = theirs.postlist_begin(term); their != theirs.postlist_end(term); ++their, ++our) {
    ASSERT_NE(our, ours.postlist_end(term)) << term;
    ASSERT_EQ(*our, *their);
    EXPECT_EQ(our.get_wdf(), their.get_wdf());
    EXPECT_TRUE(std::equal(our.positionlist_begin(), our.positionlist_end(), their.positionlist_begin(),
                           their.positionlist_end()))
        << term << " in " << *their;
  }
  EXPECT_EQ(our, ours.postlist_end(term));
}

inline void ExpectTheSameDocument(const Xapian::Database& ours, const Xapian::Database& theirs,
                                  Xapian::docid docid) {
  EXPECT_EQ(ours.get_doclength(docid), theirs.get_doclength(docid));
  EXPECT_EQ(ours.get_document(docid).get_data(), theirs.get_document(docid).get_data());
  EXPECT_EQ(ours.get_document(docid).values_count(), theirs.get_document(docid).values_count());
  auto our = ours.termlist_begin(docid);
  for (auto their = theirs.termlist_begin(docid); their != theirs.termlist_end(docid); ++their, ++our) {
    ASSERT_NE(our, ours.termlist_end(docid));
    ASSERT_EQ(*our, *their);
    EXPECT_EQ(our.get_wdf(), their.get_wdf());
  }
  EXPECT_EQ(our, ours.termlist_end(docid));
}

/// That everything that can be read from two databases is the same.
inline void ExpectTheSame(const Xapian::Database& ours, const Xapian::Database& theirs) {
  EXPECT_EQ(ours.get_doccount(), theirs.get_doccount());
  EXPECT_EQ(ours.get_lastdocid(), theirs.get_lastdocid());
  EXPECT_EQ(ours.get_total_length(), theirs.get_total_length());
  EXPECT_EQ(ours.get_doclength_lower_bound(), theirs.get_doclength_lower_bound());
  EXPECT_EQ(ours.get_doclength_upper_bound(), theirs.get_doclength_upper_bound());
  EXPECT_EQ(ours.has_positions(), theirs.has_positions());
  EXPECT_TRUE(std::equal(ours.metadata_keys_begin(), ours.metadata_keys_end(), theirs.metadata_keys_begin(),
                         theirs.metadata_keys_end()));
  for (auto key = theirs.metadata_keys_begin(); key != theirs.metadata_keys_end(); ++key)
    EXPECT_EQ(ours.get_metadata(*key), theirs.get_metadata(*key));
  ASSERT_TRUE(
      std::equal(ours.allterms_begin(), ours.allterms_end(), theirs.allterms_begin(), theirs.allterms_end()));
  for (auto term = theirs.allterms_begin(); term != theirs.allterms_end(); ++term)
    ExpectTheSamePostings(ours, theirs, *term);
  for (auto docid = theirs.postlist_begin(""); docid != theirs.postlist_end(""); ++docid)
    ExpectTheSameDocument(ours, theirs, *docid);
  for (Xapian::valueno slot = 0; slot < 600; ++slot) {
    EXPECT_EQ(ours.get_value_freq(slot), theirs.get_value_freq(slot));
    EXPECT_EQ(ours.get_value_lower_bound(slot), theirs.get_value_lower_bound(slot));
    EXPECT_EQ(ours.get_value_upper_bound(slot), theirs.get_value_upper_bound(slot));
    EXPECT_TRUE(std::equal(ours.valuestream_begin(slot), ours.valuestream_end(slot),
                           theirs.valuestream_begin(slot), theirs.valuestream_end(slot)));
  }
}

}  // namespace quipu::index
