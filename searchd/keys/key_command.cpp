// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "core/query/filter_parser.h"
#include "searchd/commands.h"
#include "searchd/keys/key_file.h"
#include "searchd/keys/key_hash.h"
#include "searchd/keys/key_ring.h"

namespace quipu::searchd {
namespace {

int Complain(int exit_code, std::string_view sentence) {
  fmt::print(stderr, "quipu-searchd: {}\n", sentence);
  return exit_code;
}

int ExitCodeOf(const Error& error) { return error.code == Code::kIo ? 1 : 2; }

Error Usage(std::string message) { return {Code::kUsage, std::move(message)}; }

std::vector<std::string> AllOf(const config::CommandLine& line, std::string_view option) {
  const auto found = line.options.find(option);
  return found == line.options.end() ? std::vector<std::string>() : found->second;
}

Status CheckIndexes(const std::vector<std::string>& names, const config::Config& config) {
  if (names.empty())
    return Usage("name what the key opens: `--index NAME`, several times if need be, or `--index '*'`");
  for (const std::string& name : names) {
    if (name != "*" && !config.indexes.contains(name))
      return Usage(fmt::format("there is no index `{}` in {}", name, config.file.string()));
  }
  return Done{};
}

/// The rule that the command line asks for, without id and hash.
Result<config::KeyRule> ReadRule(const config::CommandLine& line, const config::Config& config) {
  config::KeyRule rule;
  rule.name = line.Get("name");
  rule.indexes = AllOf(line, "index");
  if (Status known = CheckIndexes(rule.indexes, config); !known) return known.error();
  rule.origins = AllOf(line, "origin");
  if (line.Has("expires")) {
    rule.expires = config::ParseExpiry(line.Get("expires"));
    if (!rule.expires) return Usage("`--expires` must be a day such as 2027-01-01");
  }
  if (line.Has("rate")) {
    const auto rate = config::ParseRate(line.Get("rate"));
    if (!rate) return Usage("`--rate`: " + rate.error().message);
    rule.rate = *rate;
  }
  rule.burst = static_cast<std::uint32_t>(line.Number("burst", 0));
  rule.address_limit = !line.Has("no-address-limit");
  rule.filter = line.Get("filter");
  if (const auto filter = query::ParseFilter(rule.filter, "--filter"); !filter) return filter.error();
  return rule;
}

int NewKey(const config::CommandLine& line, const config::Config& config) {
  auto rule = ReadRule(line, config);
  if (!rule) return Complain(2, rule.error().message);
  const std::string key = searchd::NewKey();
  rule->id = NewKeyId();
  rule->hash = HashOfKey(key);
  const Status written =
      EditKeysFile(config.searchd.keys_file, [&](const std::string& text) { return WithKey(text, *rule); });
  if (!written) return Complain(ExitCodeOf(written.error()), written.error().message);
  // The key alone on standard output, for scripts.
  fmt::print("{}\n", key);
  fmt::print(stderr,
             "This is the key `{}`. It is shown this once: {} has only its hash.\n"
             "quipu-searchd takes it up when it gets SIGHUP, or starts.\n",
             rule->id, config.searchd.keys_file.string());
  return 0;
}

std::string Joined(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : ", ") + text;
  return joined;
}

void PrintKey(const config::KeyRule& rule, bool expired) {
  fmt::print("{}  {}\n", rule.id, rule.name.empty() ? "(no name)" : rule.name);
  fmt::print("    indexes: {}\n", Joined(rule.indexes));
  if (!rule.origins.empty()) fmt::print("    origins: {}\n", Joined(rule.origins));
  if (rule.expires) fmt::print("    {}: {}\n", expired ? "has expired" : "expires", ShowDay(*rule.expires));
  if (rule.rate.limits())
    fmt::print("    rate: {} in {} s, {} at once\n", rule.rate.count, rule.rate.seconds,
               config::BurstOf(rule.rate, rule.burst));
  if (!rule.address_limit) fmt::print("    without the limit of its client's address\n");
  if (!rule.filter.empty()) fmt::print("    filter: {}\n", rule.filter);
}

int ListKeys(const config::Config& config) {
  const ReadKeys keys = ReadKeyRing(config.searchd.keys_file);
  for (const config::Fault& fault : keys.faults)
    Complain(2, config::Describe(fault, config.searchd.keys_file));
  if (!keys.faults.empty()) return 2;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const std::int64_t now_s = std::chrono::duration_cast<std::chrono::seconds>(now).count();
  for (const ServedKey& key : keys.ring->keys()) PrintKey(key.rule, key.HasExpired(now_s));
  if (keys.ring->keys().empty()) fmt::print("no keys\n");
  return 0;
}

int RevokeKey(const std::string& id, const config::Config& config) {
  const Status written =
      EditKeysFile(config.searchd.keys_file, [&](const std::string& text) { return WithoutKey(text, id); });
  if (!written) return Complain(ExitCodeOf(written.error()), written.error().message);
  fmt::print(stderr, "Key `{}` is gone. quipu-searchd refuses it when it gets SIGHUP, or starts.\n", id);
  return 0;
}

}  // namespace

int Keys(const config::CommandLine& line, const config::Config& config) {
  if (config.searchd.keys_file.empty()) {
    return Complain(2, "there is no file for keys: set `keys_file = \"keys.toml\"` under [searchd] in " +
                           config.file.string());
  }
  if (line.command == "key new") return NewKey(line, config);
  if (line.command == "key revoke") return RevokeKey(line.arguments.front(), config);
  return ListKeys(config);
}

}  // namespace quipu::searchd
