// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/index_metadata.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "core/index/index_format.h"
#include "core/schema/date.h"

namespace quipu::index {
namespace {

constexpr std::array kIndexKeys = {kFormatKey,    kCreatedKey,     kUpdatedKey,    kTitleKey,
                                   kLanguagesKey, kFingerprintKey, kFieldTableKey, kNextTextKey};

std::string JoinedWithCommas(const std::vector<std::string>& parts) {
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : ",") + part;
  return joined;
}

/// True if that changed something.
bool Set(Xapian::WritableDatabase& database, std::string_view key, const std::string& value) {
  const std::string name(key);
  if (database.get_metadata(name) == value) return false;
  database.set_metadata(name, value);
  return true;
}

}  // namespace

void ReadSharedState(const Xapian::Database& database, SharedState& state) {
  const std::string number = database.get_metadata(std::string(kNextTextKey));
  std::uint64_t next = 1;
  std::from_chars(number.data(), number.data() + number.size(), next);
  if (next > state.next_text) state.next_text = next;
  // Every table of one index is an earlier or later state of the same: the longest knows all the others know.
  state.fields.Adopt(FieldTable::Decode(database.get_metadata(std::string(kFieldTableKey))));
}

void WriteSharedState(Xapian::WritableDatabase& database, const SharedState& state) {
  Set(database, kNextTextKey, std::to_string(state.next_text));
  Set(database, kFieldTableKey, state.fields.Encode());
}

bool WriteIndexMetadata(Xapian::WritableDatabase& database, const SharedState& state,
                        const JobOptions& options, const std::string& created_at) {
  WriteSharedState(database, state);
  bool changed = Set(database, kFormatKey, std::to_string(kFormatVersion));
  changed |= Set(database, kCreatedKey, created_at);
  changed |= Set(database, kTitleKey, options.title);
  changed |= Set(database, kLanguagesKey, JoinedWithCommas(options.languages));
  changed |= Set(database, kFingerprintKey, options.fingerprint);
  Set(database, kUpdatedKey, CurrentTime());
  return changed;
}

void EraseIndexMetadata(Xapian::WritableDatabase& database) {
  for (const std::string_view key : kIndexKeys) Set(database, key, {});
}

std::string CurrentTime() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return schema::FormatTime(std::chrono::duration<double>(now).count());
}

}  // namespace quipu::index
