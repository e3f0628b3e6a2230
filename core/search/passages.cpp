// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/passages.h"

#include <algorithm>
#include <utility>

#include "core/search/block_choice.h"
#include "core/search/passage_link.h"

namespace quipu::search {
namespace {

// A window that begins or ends so near a block's edge may go on behind it.
constexpr std::uint32_t kEdgeBytes = 120;

const schema::Segment* SegmentAt(const index::TextHeader& header, std::uint32_t offset) {
  const auto after =
      std::upper_bound(header.segments.begin(), header.segments.end(), offset,
                       [](std::uint32_t at, const schema::Segment& s) { return at < s.begin; });
  return after == header.segments.begin() ? nullptr : &*std::prev(after);
}

// Where headings begin in the text of `bytes` bytes that begins at `text_begin`.
std::vector<std::uint32_t> HeadingsIn(const index::TextHeader& header, std::uint32_t text_begin,
                                      std::size_t bytes) {
  std::vector<std::uint32_t> headings;
  const schema::Segment* before = nullptr;
  for (const schema::Segment& segment : header.segments) {
    // The pages below one heading of a PDF are several segments.
    const bool fresh = !segment.heading.empty() && (before == nullptr || segment.heading != before->heading ||
                                                    segment.anchor != before->anchor);
    before = &segment;
    if (fresh && segment.begin >= text_begin && segment.begin - text_begin < bytes)
      headings.push_back(segment.begin - text_begin);
  }
  return headings;
}

}  // namespace

PassageFinder::PassageFinder(const Xapian::Database& database, text::Analyzer& analyzer,
                             const std::vector<query::SoughtWord>& words)
    : database_(database), words_(words), analyzer_(analyzer), matcher_(analyzer, words) {}

std::string PassageFinder::ReadBlock(std::uint64_t text_number, std::uint32_t block) {
  ++blocks_read_;
  return index::ReadTextBlock(database_, text_number, block);
}

Passage PassageFinder::Render(const schema::Document& document, const index::TextHeader& header,
                              std::uint32_t text_begin, std::string_view text,
                              const std::vector<FoundWord>& found, const PassageWindow& window) {
  Passage passage;
  if (!window.starts_sentence && text_begin + window.begin > 0) passage.html = "… ";
  passage.html += MarkText(text, window.begin, window.end, found);
  if (!window.ends_sentence) passage.html += " …";
  const schema::Segment* segment = SegmentAt(header, text_begin + window.begin);
  if (segment != nullptr) {
    passage.heading = segment->heading;
    passage.page = segment->page;
  }
  passage.url = PassageUrl(document, segment, text.substr(window.begin, window.end - window.begin));
  return passage;
}

std::vector<Passage> PassageFinder::Find(const schema::Document& document, std::uint64_t text_number,
                                         std::uint32_t count) {
  std::vector<Passage> passages;
  const index::TextHeader header = index::ReadTextHeader(database_, text_number);
  if (header.begins.empty() || count == 0) return passages;
  const StoredText stored{database_, text_number, header};
  for (const BlockChoice& choice : ChooseBlocks(stored, words_, analyzer_, document.language, count)) {
    std::uint32_t begin = header.begins[choice.block];
    std::string text = ReadBlock(text_number, choice.block);
    std::vector<FoundWord> found = matcher_.Find(text, document.language);
    // Different words may share a hash: then there is nothing here.
    if (found.empty()) continue;
    PassageWindow window = WindowIn(header, begin, text, found);
    if (passages.empty() && JoinNeighbour(header, text_number, choice.block, window, begin, text)) {
      found = matcher_.Find(text, document.language);
      window = WindowIn(header, begin, text, found);
    }
    passages.push_back(Render(document, header, begin, text, found, window));
  }
  if (passages.empty()) {
    const std::string text = ReadBlock(text_number, 0);
    passages.push_back(Render(document, header, 0, text, {}, WindowIn(header, 0, text, {})));
  }
  return passages;
}

PassageWindow PassageFinder::WindowIn(const index::TextHeader& header, std::uint32_t text_begin,
                                      std::string_view text, const std::vector<FoundWord>& found) const {
  return BestWindow(text, found, words_, HeadingsIn(header, text_begin, text.size()));
}

// The best window may go on in the block beside it; one of them is read if its filter says that it adds words
// or if the window stands at the very edge.
bool PassageFinder::JoinNeighbour(const index::TextHeader& header, std::uint64_t text_number,
                                  std::uint32_t block, const PassageWindow& window, std::uint32_t& begin,
                                  std::string& text) {
  const bool at_end = window.end + kEdgeBytes > text.size() && block + 1 < header.begins.size();
  const bool at_begin = window.begin < kEdgeBytes && block > 0 && !window.starts_sentence;
  const bool too_short = window.end - window.begin < kEdgeBytes;
  if (at_begin) {
    begin = header.begins[block - 1];
    text.insert(0, ReadBlock(text_number, block - 1));
    return true;
  }
  if (!at_end || (!too_short && window.starts_sentence && window.ends_sentence)) return false;
  text += ReadBlock(text_number, block + 1);
  return true;
}

std::string PassageFinder::Highlight(std::string_view text, std::string_view language, const MarkTags& tags) {
  const std::vector<FoundWord> found = matcher_.Find(text, language);
  return MarkText(text, 0, static_cast<std::uint32_t>(text.size()), found, tags);
}

}  // namespace quipu::search
