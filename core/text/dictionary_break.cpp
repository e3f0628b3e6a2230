// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/dictionary_break.h"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <stdexcept>
#include <string>

namespace quipu::text {
namespace {

void Check(UErrorCode error) {
  if (U_FAILURE(error)) throw std::runtime_error(std::string("ICU word break: ") + u_errorName(error));
}

}  // namespace

struct DictionaryBreaker::Icu {
  Icu() {
    UErrorCode error = U_ZERO_ERROR;
    breaker.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
    Check(error);
  }
  ~Icu() { utext_close(text); }
  Icu(const Icu&) = delete;
  Icu& operator=(const Icu&) = delete;

  std::unique_ptr<icu::BreakIterator> breaker;
  UText* text = nullptr;
};

DictionaryBreaker::DictionaryBreaker() = default;
DictionaryBreaker::~DictionaryBreaker() = default;
DictionaryBreaker::DictionaryBreaker(DictionaryBreaker&&) noexcept = default;
DictionaryBreaker& DictionaryBreaker::operator=(DictionaryBreaker&&) noexcept = default;

void DictionaryBreaker::Break(std::string_view run,
                              const std::function<void(std::size_t begin, std::size_t end)>& word) {
  // The dictionaries are loaded when the first such text comes, which for most never does.
  if (!icu_) icu_ = std::make_unique<Icu>();
  UErrorCode error = U_ZERO_ERROR;
  icu_->text = utext_openUTF8(icu_->text, run.data(), static_cast<std::int64_t>(run.size()), &error);
  Check(error);
  icu_->breaker->setText(icu_->text, error);
  Check(error);
  std::int32_t begin = icu_->breaker->first();
  for (std::int32_t end = icu_->breaker->next(); end != icu::BreakIterator::DONE;
       end = icu_->breaker->next()) {
    word(static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
    begin = end;
  }
}

}  // namespace quipu::text
