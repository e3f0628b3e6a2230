// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/in_place_update.h"

#include <algorithm>

#include "core/index/group_update.h"
#include "core/index/index_format.h"
#include "core/index/index_metadata.h"
#include "core/index/index_reader.h"

namespace quipu::index {
namespace {

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

/// Ends a transaction that must not be. Without this the destructor of the database would do the same; a failed
/// write may have done it already.
void Cancel(Xapian::WritableDatabase& database) {
  try {
    database.cancel_transaction();
  } catch (const Xapian::Error&) {  // the first failure is the one to report
  }
}

}  // namespace

Result<InPlaceResult> UpdateInPlace(const std::filesystem::path& generation, const JobOptions& options,
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
  return result;
}

}  // namespace quipu::index
