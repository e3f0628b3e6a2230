// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/posting_merge.h"

#include <xapian.h>

#include <string>
#include <string_view>

#include "core/index/glass_encoding.h"
#include "core/index/glass_reader.h"
#include "core/index/posting_chunks.h"
#include "core/index/varint.h"

namespace quipu::index::glass {
namespace {

enum class Kind : std::uint8_t { kMetadata, kValueStatistics, kValues, kLengths, kTerm };

Kind KindOf(std::string_view key) {
  if (key.starts_with(kMetadataMark)) return Kind::kMetadata;
  if (key.starts_with(kValueStatisticsMark)) return Kind::kValueStatistics;
  if (key.starts_with(kValuesMark)) return Kind::kValues;
  return key.starts_with(kLengthsMark) ? Kind::kLengths : Kind::kTerm;
}

[[noreturn]] void FailAtKey() { throw Xapian::DatabaseCorruptError("a key of posting lists is malformed"); }

/// One entry of the table: a chunk of a list, or something else as it is. Keys have their new numbers; those
/// of chunks are their lists'.
class PostingCursor {
 public:
  explicit PostingCursor(const MergedPart& part)
      : reader_(TablePath(part.path, kPostingTable), part.roots[kPostingTable]), offset_(part.offset) {}

  bool Next() {
    if (!reader_.Next()) return false;
    key_ = reader_.key();
    tag_ = reader_.tag();
    documents_ = count_ = 0;
    kind_ = KindOf(key_);
    if (kind_ == Kind::kValues) Renumber();
    if (kind_ == Kind::kLengths || kind_ == Kind::kTerm) ReadListKey();
    return true;
  }

  Kind kind() const { return kind_; }
  std::string_view key() const { return key_; }
  /// Of a chunk without what only the first of a list has.
  std::string_view tag() const { return tag_; }
  /// These of a chunk.
  std::uint32_t first() const { return first_; }
  std::uint64_t documents() const { return documents_; }
  std::uint64_t count() const { return count_; }

 private:
  void Renumber() {
    ByteReader slot(key_.substr(kValuesMark.size()));
    slot.Varint();
    std::string_view rest = key_.substr(key_.size() - slot.remaining());
    const std::string_view before = key_.substr(0, key_.size() - rest.size());
    const auto document = TakeSortable(rest);
    if (slot.failed() || !document || !rest.empty()) FailAtKey();
    renumbered_.assign(before);
    PutSortable(renumbered_, *document + offset_);
    key_ = renumbered_;
  }

  void ReadListKey() {
    const std::size_t list = kind_ == Kind::kLengths ? kLengthsMark.size() : SortableTextBytes(key_);
    if (list == key_.size()) {
      ByteReader totals(tag_);
      documents_ = totals.Varint();
      count_ = totals.Varint();
      first_ = static_cast<std::uint32_t>(totals.Varint()) + 1;
      if (totals.failed()) FailAtKey();
      tag_ = tag_.substr(tag_.size() - totals.remaining());
    } else {
      std::string_view rest = key_.substr(list + (kind_ == Kind::kLengths ? 0 : kTermEnd.size()));
      const auto document = TakeSortable(rest);
      if (!document || !rest.empty()) FailAtKey();
      first_ = *document;
      key_ = key_.substr(0, list);
    }
    first_ += offset_;
  }

  TableReader reader_;
  std::uint32_t offset_;
  Kind kind_ = Kind::kTerm;
  std::string_view key_;
  std::string_view tag_;
  std::string renumbered_;
  std::uint32_t first_ = 0;
  std::uint64_t documents_ = 0;
  std::uint64_t count_ = 0;
};

/// Puts together what parts have under one key.
class Merger {
 public:
  explicit Merger(const std::filesystem::path& path) : out_(path) {}

  void Take(const PostingCursor& cursor) {
    if (cursor.key() != key_) {
      End();
      key_.assign(cursor.key());
      kind_ = cursor.kind();
      documents_ = count_ = 0;
    }
    switch (kind_) {
      case Kind::kMetadata:
      case Kind::kValues:
        if (documents_++ == 0) out_.Add(key_, cursor.tag());
        break;
      case Kind::kValueStatistics: TakeStatistics(cursor.tag()); break;
      case Kind::kLengths:
      case Kind::kTerm: {
        const ChunkHead chunk = ReadChunk(cursor.tag(), cursor.first());
        chunks_.Append(cursor.first(), chunk.last, chunk.bytes);
        documents_ += cursor.documents();
        count_ += cursor.count();
        break;
      }
    }
  }

  TableRoot Finish() {
    End();
    return out_.Finish();
  }

 private:
  void TakeStatistics(std::string_view tag) {
    ByteReader reader(tag);
    const std::uint64_t documents = reader.Varint();
    const std::string_view least = reader.Text();
    if (reader.failed()) throw Xapian::DatabaseCorruptError("statistics of values are malformed");
    const std::string_view greatest =
        reader.remaining() == 0 ? least : tag.substr(tag.size() - reader.remaining());
    if (documents_ == 0 || least < least_) least_ = least;
    if (documents_ == 0 || greatest > greatest_) greatest_ = greatest;
    documents_ += documents;
  }

  void End() {
    if (key_.empty()) return;
    if (kind_ == Kind::kLengths) chunks_.Write({key_, {}}, out_);
    if (kind_ == Kind::kTerm) chunks_.Write({key_, kTermEnd, documents_, count_}, out_);
    if (kind_ == Kind::kValueStatistics) {
      std::string tag;
      PutVarint(tag, documents_);
      PutText(tag, least_);
      if (least_ != greatest_) tag += greatest_;
      out_.Add(key_, tag);
    }
  }

  TableFile out_;
  std::string key_;
  Kind kind_ = Kind::kTerm;
  std::uint64_t documents_ = 0;
  std::uint64_t count_ = 0;
  std::string least_;
  std::string greatest_;
  PostingChunks chunks_;
};

}  // namespace

TableRoot MergePostings(const std::vector<MergedPart>& parts, const std::filesystem::path& path) {
  CursorQueue<PostingCursor> queue(parts);
  Merger merger(path);
  while (const PostingCursor* cursor = queue.Next()) merger.Take(*cursor);
  return merger.Finish();
}

}  // namespace quipu::index::glass
