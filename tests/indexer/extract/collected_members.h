// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/extract_content.h"
#include "indexer/extract/member_reader.h"

namespace quipu::extract::testing {

/// A file extracted together with its members.
struct WithMembers {
  Extracted file;
  std::map<std::string, Extracted> members;
  std::vector<std::uint64_t> begun;

  std::map<std::string, State> States() const {
    std::map<std::string, State> states;
    for (const auto& [path, extracted] : members) states[path] = extracted.state;
    return states;
  }
};

inline WithMembers ExtractWithMembers(std::string_view bytes, std::string_view name,
                                      MemberReader::Setup setup = {}) {
  WithMembers result;
  setup.limits.file_bytes = bytes.size();
  setup.begin = [&](std::uint64_t number) { result.begun.push_back(number); };
  setup.give = [&](const std::string& path, Extracted extracted) {
    result.members[path] = std::move(extracted);
  };
  MemberReader reader(std::move(setup));
  FileContent file{.bytes = bytes, .name = name};
  file.members = &reader.sink();
  result.file = ExtractContent(file, "");
  return result;
}

}  // namespace quipu::extract::testing
