// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/ole_properties.h"

#include <array>
#include <chrono>
#include <cstdio>

#include "indexer/extract/code_page.h"
#include "indexer/extract/little_endian.h"

namespace quipu::extract {
namespace {

enum PropertyId : std::uint32_t {
  kCodePage = 1,
  kTitle = 2,
  kSubject = 3,
  kAuthor = 4,
  kKeywords = 5,
  kComments = 6,
  kCreated = 12,
  kSaved = 13,
};

enum PropertyType : std::uint16_t { kShort = 2, kString = 30, kWideString = 31, kFileTime = 64 };

/// One section of a property set: ids and where their values stand.
class PropertySection {
 public:
  explicit PropertySection(std::string_view stream) {
    const std::uint32_t begin = U32(stream, 44);
    section_ = Slice(stream, begin, U32(stream, begin));
    const std::uint32_t place = Place(kCodePage);
    if (place != 0 && U16(section_, place) == kShort) code_page_ = U16(section_, place + 4ULL);
  }

  std::string Text(std::uint32_t id) {
    const std::uint32_t place = Place(id);
    if (place == 0) return "";
    const std::uint16_t type = U16(section_, place);
    const std::uint32_t size = std::min<std::uint32_t>(U32(section_, place + 4ULL), kMaxFieldBytes);
    std::string text;
    if (type == kWideString) text = FromUtf16(Slice(section_, place + 8ULL, size * 2ULL));
    if (type == kString) text = pages_.Decode(code_page_, Slice(section_, place + 8ULL, size));
    return text.substr(0, text.find('\0'));
  }

  std::string Time(std::uint32_t id) const {
    const std::uint32_t place = Place(id);
    return place == 0 || U16(section_, place) != kFileTime ? ""
                                                           : IsoFromFileTime(U64(section_, place + 4ULL));
  }

 private:
  static constexpr std::uint32_t kMaxProperties = 1000;

  std::uint32_t Place(std::uint32_t id) const {
    const std::uint32_t count = std::min(U32(section_, 4), kMaxProperties);
    for (std::uint32_t i = 0; i < count; ++i) {
      if (U32(section_, 8 + i * 8ULL) == id) return U32(section_, 12 + i * 8ULL);
    }
    return 0;
  }

  std::string_view section_;
  int code_page_ = 1252;
  CodePages pages_;
};

}  // namespace

std::string IsoFromFileTime(std::uint64_t ticks) {
  constexpr std::int64_t kSecondsFrom1601To1970 = 11644473600;
  const auto seconds = static_cast<std::int64_t>(ticks / 10000000) - kSecondsFrom1601To1970;
  constexpr std::int64_t kYear1900 = -2208988800;
  constexpr std::int64_t kYear2200 = 7258118400;
  if (seconds < kYear1900 || seconds >= kYear2200) return "";
  const std::chrono::sys_seconds moment{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date{day};
  const auto clock = static_cast<int>((moment - day).count());
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock / 3600,
                clock / 60 % 60, clock % 60);
  return text.data();
}

void ReadOleProperties(const CompoundFile& file, Reading& reading) {
  constexpr std::size_t kMaxBytes = 4U << 20;
  const std::string stream = file.Read("\005SummaryInformation", kMaxBytes);
  if (stream.empty()) return;
  PropertySection summary(stream);
  reading.title = summary.Text(kTitle);
  reading.date = summary.Time(kCreated);
  if (reading.date.empty()) reading.date = summary.Time(kSaved);
  reading.SetField("author", summary.Text(kAuthor));
  const std::string comments = summary.Text(kComments);
  reading.SetField("description", comments.empty() ? summary.Text(kSubject) : comments);
  reading.SetList("tags", SplitKeywords(summary.Text(kKeywords)));
}

}  // namespace quipu::extract
