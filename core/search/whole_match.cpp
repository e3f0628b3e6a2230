// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/whole_match.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include "core/search/deadline.h"
#include "core/search/distinct.h"
#include "core/search/document_groups.h"
#include "core/search/facets.h"
#include "core/search/postings.h"
#include "core/search/word_list_match.h"

namespace quipu::search {
namespace {

class Collector : public Xapian::MatchSpy {
 public:
  explicit Collector(std::vector<Candidate>& found) : found_(found) {}
  void operator()(const Xapian::Document& document, double weight) override {
    found_.push_back({document.get_docid(), weight});
  }
  std::string get_description() const override { return "quipu::Collector"; }

 private:
  std::vector<Candidate>& found_;
};

}  // namespace

bool WholeMatch::Collect(const query::CompiledQuery& query, const std::shared_ptr<const DocSet>& among,
                         std::vector<Candidate>& found) const {
  if (query.query.empty()) return true;
  if (!WordListMatch::Suits(query)) return CollectByXapian(query.query, among, found);
  WordListMatch match(database_, *query.list, shape_);
  return match.All(among.get(), selection_.deadline(), found);
}

bool WholeMatch::CollectByXapian(const Xapian::Query& query, const std::shared_ptr<const DocSet>& among,
                                 std::vector<Candidate>& found) const {
  Collector collector(found);
  Xapian::Enquire enquire(database_);
  enquire.set_weighting_scheme(query::TermWeight(shape_));
  enquire.add_matchspy(&collector);
  const Xapian::Query clock((new DeadlineSource(selection_.deadline()))->release());
  enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, Selection::Restricted(query, among), clock));
  try {
    const Xapian::MSet counted = enquire.get_mset(0, 1, database_.get_doccount());
    if (found.size() < counted.get_matches_lower_bound()) throw ShortPostings();
  } catch (const DeadlinePassed&) {
    return false;
  }
  return true;
}

// What is shown of what was found, in order of docid.
void WholeMatch::Narrow(const SearchRequest& request, std::vector<Candidate>& found) const {
  std::erase_if(found, [&](const Candidate& candidate) { return candidate.weight < least_weight_; });
  if (request.fold_duplicates && HasDuplicates(database_)) FoldCopies(database_, selection_.order(), found);
}

bool WholeMatch::CountFacets(const query::CompiledQuery& query, const std::vector<Candidate>& found,
                             const SearchRequest& request, SearchResult& result) const {
  // One more match finds what all the disjunctive facets are counted among.
  std::shared_ptr<DocSet> among_all;
  for (const Selection::CountedFacet& facet : selection_.facets()) {
    if (!facet.among) continue;
    if (!among_all) among_all = std::make_shared<DocSet>(database_.get_lastdocid());
    among_all->Or(*facet.among);
  }
  std::vector<Candidate> wider;
  const bool complete = !among_all || Collect(query, among_all, wider);
  for (const Selection::CountedFacet& facet : selection_.facets()) {
    if (!facet.column) {
      result.facets.push_back({facet.name, {}, {}});
      continue;
    }
    FacetCounter counter(*facet.column);
    std::vector<Candidate> among;
    if (facet.among) {
      std::copy_if(wider.begin(), wider.end(), std::back_inserter(among),
                   [&](const Candidate& candidate) { return facet.among->Has(candidate.docid); });
      Narrow(request, among);
    }
    for (const Candidate& candidate : facet.among ? among : found) counter.Count(candidate.docid);
    result.facets.push_back(counter.Counts(facet.name, request.facet_query.value_or("")));
  }
  return complete;
}

std::vector<Candidate> WholeMatch::Run(const query::CompiledQuery& query, const SearchRequest& request,
                                       SearchResult& result) {
  std::vector<Candidate> found;
  const bool complete = Collect(query, selection_.filter(), found);
  Narrow(request, found);
  result.facets.clear();
  const bool counted = selection_.facets().empty() || CountFacets(query, found, request, result);
  if (selection_.distinct()) KeepDistinct(*selection_.distinct(), selection_.order(), found);
  result.total = found.size();
  result.total_is_exact = complete && !selection_.expired();
  result.partial = !complete || !counted || selection_.expired();
  const std::size_t begin = std::min<std::size_t>(request.offset, found.size());
  const std::size_t end = std::min<std::size_t>(begin + request.limit, found.size());
  selection_.order().PutFirst(found, end);
  return {found.begin() + static_cast<std::ptrdiff_t>(begin),
          found.begin() + static_cast<std::ptrdiff_t>(end)};
}

}  // namespace quipu::search
