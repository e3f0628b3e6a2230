// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/index/index_job.h"
#include "indexer/extract/extractor.h"
#include "indexer/source/content_hash.h"

namespace quipu::source {

/// Something that a source has and that may become a document: a file, or a line of a JSON lines file.
struct Found {
  std::string id;
  std::string name;          // the path relative to the source, as bytes; jsonl: empty
  index::FileStamp stamp;    // of a file: mtime and size. Of a line: size and hash
  std::uint64_t offset = 0;  // jsonl: where the line begins
  std::uint64_t line = 0;    // jsonl: its number, from 1
  std::string memo;          // becomes ManifestEntry::memo
};

/// Something that gives no document and need not be opened to know it.
struct Problem {
  std::string id;
  extract::State state = extract::State::kSkipped;
  std::string reason;
};

/// What a source has. Sorted by id, each id once.
struct Listing {
  std::vector<Found> found;
  std::vector<Problem> problems;
  /// Folders ("a/b/") that could not be read: nobody knows what is in them, so nothing there is gone.
  std::vector<std::string> unreadable;
};

/// Turns an open file into a document; WorkerPool::Extract, or a test's own.
using ExtractFunction = std::function<extract::Extracted(extract::FileTask)>;

/// What became of one Found when it was opened.
struct Reading {
  enum class Kind {
    kDocument,    // `extracted.document` is complete
    kNothing,     // no document in it: `extracted.state` and `.reason` say why
    kUnchanged,   // the content is what `known` says; only the stamp is new
    kUnreadable,  // it could not be opened or read at all: `extracted.reason`
  };
  Kind kind = Kind::kUnreadable;
  extract::Extracted extracted;
  index::FileStamp stamp;
  std::uint64_t bytes = 0;  // read
};

/// What a source may look at, and has to heed, when it lists what it has.
struct Scan {
  /// What the index remembers, of all sources; only needed where looking is expensive (the web).
  std::span<const index::ManifestEntry> known;
  /// The content of everything will be wanted, not only of what is new.
  bool reread = false;
  ExtractFunction extract;
  std::stop_token stop;
  /// Told of each thing that was looked at, from any thread; may be empty.
  std::function<void(std::string_view id, std::uint64_t bytes, bool problem)> progress;
};

/// Where documents come from. List() is called once; Read() from several threads.
class Source {
 public:
  virtual ~Source() = default;

  /// How people see it: "folder:seeds".
  virtual const std::string& name() const = 0;
  /// How the manifest knows it: the name and a hash of the settings that go into documents (url, language,
  /// …), so that all are read again when those change.
  virtual const std::string& mark() const = 0;

  /// An Error if the source as a whole cannot be read: then nothing is known of what it has.
  virtual Result<Listing> List(const Scan& scan) = 0;

  /// Reads one of what List() gave. `known` is what the index remembers of it, if it does: when size and
  /// hash are the same, the file is not extracted again.
  virtual Reading Read(const Found& found, const std::optional<index::FileStamp>& known,
                       const ExtractFunction& extract) = 0;

  /// Gives a document that was found in a file what the source says of both: url, language, and what it
  /// lacks itself (title, date). Its id is set.
  virtual void CompleteMember(const Found& found, schema::Document& member) const;

  /// The hash that Read() would find, to recognise what moved; nothing if it cannot be read.
  virtual std::optional<Hash> ContentHash(const Found& found) = 0;
};

}  // namespace quipu::source
