// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace quipu {

/// What went wrong, as a machine reads it. `CodeName` gives the public snake_case name, which is what
/// HTTP answers and logs carry and what docs/errors.md explains.
enum class Code {
  kInternal,
  // Configuration and command line.
  kConfig,
  kUsage,
  // Index.
  kIndexNotFound,
  kIndexUnavailable,  // there is a folder, but nothing that can be opened
  kIndexVersion,      // written by another format version
  kIndexLocked,       // another job holds it
  kDocumentNotFound,
  kInvalidDocument,
  kGuardRefused,
  kInterrupted,
  kIo,
  // HTTP and search parameters.
  kMalformedPayload,
  kBadRequest,
  kFeatureNotEnabled,
  kInvalidSearchQ,
  kInvalidSearchOffset,
  kInvalidSearchLimit,
  kInvalidSearchPage,
  kInvalidSearchHitsPerPage,
  kInvalidSearchFilter,
  kInvalidSearchFacets,
  kInvalidSearchDisjunctiveFacets,
  kInvalidSearchSort,
  kInvalidSearchAttributesToRetrieve,
  kInvalidSearchAttributesToHighlight,
  kInvalidSearchHighlightPreTag,
  kInvalidSearchHighlightPostTag,
  kInvalidSearchAttributesToCrop,
  kInvalidSearchCropLength,
  kInvalidSearchCropMarker,
  kInvalidSearchShowMatchesPosition,
  kInvalidSearchAttributesToSearchOn,
  kInvalidSearchMatchingStrategy,
  kInvalidSearchShowRankingScore,
  kInvalidSearchShowRankingScoreDetails,
  kInvalidSearchRankingScoreThreshold,
  kInvalidSearchDistinct,
  kInvalidSearchLocales,
  kInvalidSearchPassages,
  kInvalidSearchTypos,
  kInvalidSearchDuplicates,
  kInvalidSearchShowPerformanceDetails,
  kMissingFacetSearchFacetName,
  kInvalidFacetSearchFacetName,
  kInvalidFacetSearchFacetQuery,
  kMissingAuthorizationHeader,
  kInvalidApiKey,
  kNotFound,
  kMethodNotAllowed,
  kLengthRequired,
  kPayloadTooLarge,
  kUriTooLong,
  kInvalidContentType,
  kHeadersTooLarge,
  kTooManyRequests,
  kOverloaded,
};

/// The public name of `code` ("invalid_search_limit"); every enumerator has one.
std::string_view CodeName(Code code);

/// A fault that a caller, a user or a document caused. The message is a sentence for people that says
/// what to do; it never holds a stack, a secret or a library's raw text.
struct Error {
  Code code = Code::kInternal;
  std::string message;
};

/// A value or the Error that explains its absence. What the machine does wrong (disk, memory, Xapian)
/// is an exception instead.
template <typename T>
class [[nodiscard]] Result {
 public:
  // Implicit, so that a function can return either: NOLINTBEGIN(google-explicit-constructor)
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
  // NOLINTEND(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & {
    assert(ok());
    return std::get<0>(state_);
  }
  const T& value() const& {
    assert(ok());
    return std::get<0>(state_);
  }
  T&& value() && {
    assert(ok());
    return std::get<0>(std::move(state_));
  }
  const Error& error() const {
    assert(!ok());
    return std::get<1>(state_);
  }

  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }

 private:
  std::variant<T, Error> state_;
};

/// The Result of an action that yields nothing.
struct Done {};
using Status = Result<Done>;

}  // namespace quipu
