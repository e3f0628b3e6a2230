// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/in_place_update.h"

#include <algorithm>
#include <map>
#include <system_error>

#include "core/index/group_update.h"
#include "core/index/index_format.h"
#include "core/index/index_metadata.h"
#include "core/index/index_reader.h"

namespace quipu::index {
namespace {

namespace fs = std::filesystem;

/// Whether the settings in `database` are those of the job.
bool SettingsDiffer(const Xapian::Database& database, const JobOptions& options, const SharedState& state) {
  std::string languages;
  for (const std::string& language : options.languages)
    languages += (languages.empty() ? "" : ",") + language;
  const auto differs = [&](std::string_view key, const std::string& value) {
    return database.get_metadata(std::string(key)) != value;
  };
  return differs(kTitleKey, options.title) || differs(kLanguagesKey, languages) ||
         differs(kFingerprintKey, options.fingerprint) || differs(kFieldTableKey, state.fields.Encode());
}

bool ChangesDocuments(const std::vector<Change>& changes) {
  return std::any_of(changes.begin(), changes.end(),
                     [](const Change& change) { return change.kind != Change::Kind::kTouch; });
}

/// Ends a transaction that must not be. Without this the destructor of the database would do the same; a
/// failed write may have done it already.
void Cancel(Xapian::WritableDatabase& database) {
  try {
    database.cancel_transaction();
  } catch (const Xapian::Error&) {  // the first failure is the one to report
  }
}

/// The sizes of a database's tables.
std::map<fs::path, std::uintmax_t> TableSizes(const fs::path& database) {
  std::map<fs::path, std::uintmax_t> sizes;
  for (const auto& file : fs::directory_iterator(database)) {
    if (file.path().extension() == ".glass") sizes[file.path()] = file.file_size();
  }
  return sizes;
}

/// Gives back what a transaction that failed has appended to the tables: Xapian does not, and if the disk was
/// full it would stay so. What was committed lies within the old sizes, and nobody but this job writes.
void ShrinkTo(const std::map<fs::path, std::uintmax_t>& sizes) {
  for (const auto& [file, size] : sizes) {
    std::error_code ignored;  // only space is lost
    if (fs::file_size(file, ignored) > size && !ignored) fs::resize_file(file, size, ignored);
  }
}

Result<InPlaceResult> Update(const fs::path& generation, const JobOptions& options,
                             const std::vector<Change>& changes, const PublishCheck& check) {
  SharedState state;
  Xapian::WritableDatabase database(generation.string(), Xapian::DB_OPEN);
  ReadSharedState(database, state);
  state.fields.Declare(options.field_types);
  InPlaceResult result;
  result.documents = database.get_doccount();
  const bool settings_differ = SettingsDiffer(database, options, state);
  if (changes.empty() && !settings_differ) return result;
  DocumentStore store(database, state.fields, state.next_text);
  database.begin_transaction();
  try {
    for (const Change& change : changes) result.counts.Count(change.kind, Apply(change, store));
    if (settings_differ || ChangesDocuments(changes)) {
      std::vector<Xapian::WritableDatabase> parts{database};
      UpdateGroups(parts, options.translation_folders);
    }
    WriteIndexMetadata(database, state, options, database.get_metadata(std::string(kCreatedKey)));
    auto reader = IndexReader::Over(database, 0);
    if (const Status allowed = check(reader); !allowed) {
      Cancel(database);
      return allowed.error();
    }
    database.commit_transaction();
  } catch (...) {
    Cancel(database);
    throw;
  }
  result.documents = database.get_doccount();
  result.shortened = store.shortened();
  return result;
}

}  // namespace

Result<InPlaceResult> UpdateInPlace(const fs::path& generation, const JobOptions& options,
                                    const std::vector<Change>& changes, const PublishCheck& check) {
  const auto sizes = TableSizes(generation);
  try {
    auto result = Update(generation, options, changes, check);
    if (!result) ShrinkTo(sizes);
    return result;
  } catch (...) {  // the database is closed by now
    ShrinkTo(sizes);
    throw;
  }
}

}  // namespace quipu::index
