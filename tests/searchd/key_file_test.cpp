// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/keys/key_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "searchd/commands.h"
#include "searchd/keys/key_hash.h"
#include "searchd/keys/key_ring.h"
#include "searchd/options.h"
#include "tests/support/file_tree.h"
#include "tests/support/temp_dir.h"

namespace quipu::searchd {
namespace {

using config::KeyRule;
using ::testing::HasSubstr;
using ::testing::Not;

KeyRule Rule(const std::string& id) {
  KeyRule rule;
  rule.id = id;
  rule.hash = HashOfKey(id);
  rule.indexes = {"*"};
  return rule;
}

TEST(KeyHash, IsSha256AndKeysAreNotAlike) {
  EXPECT_EQ(ShowHash(HashOfKey("abc")),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  std::set<std::string> keys;
  for (int i = 0; i < 100; ++i) keys.insert(NewKey());
  EXPECT_EQ(keys.size(), 100U);
  EXPECT_EQ(keys.begin()->size(), 6U + 64U);
  EXPECT_TRUE(config::IsKeyId(NewKeyId()));
  EXPECT_TRUE(IsSameHash(HashOfKey("a"), HashOfKey("a")));
  EXPECT_FALSE(IsSameHash(HashOfKey("a"), HashOfKey("b")));
}

TEST(WriteKey, IsReadAsTheSame) {
  KeyRule rule = Rule("a1");
  rule.name =
      "the \"site\" \\ of\n\x01"
      "José";
  rule.indexes = {"docs", "old-news"};
  rule.origins = {"https://example.org"};
  rule.expires = config::ParseExpiry("2027-12-31");
  rule.rate = {.count = 1000, .seconds = 3600};
  rule.burst = 7;
  rule.address_limit = false;
  rule.filter = "tags IN [\"human rights\", x] AND NOT type = pdf";
  const auto read = config::ParseKeys(WriteKey(rule));
  ASSERT_TRUE(read.faults.empty()) << read.faults.front().message << "\n" << WriteKey(rule);
  EXPECT_EQ(read.rules, std::vector<KeyRule>{rule});
}

TEST(WithKey, ComesLastAndKeepsWhatIsThere) {
  const std::string before = "# my keys\n" + WriteKey(Rule("a"));
  const auto both = WithKey(before, Rule("b"));
  ASSERT_TRUE(both.ok()) << both.error().message;
  EXPECT_EQ(*both, before + "\n" + WriteKey(Rule("b")));
  EXPECT_FALSE(WithKey(before, Rule("a")).ok()) << "an id is there once";
  EXPECT_FALSE(WithKey("[[key]]\nid = 5\n", Rule("b")).ok()) << "faults are repaired first";
  KeyRule wrong = Rule("c");
  wrong.origins = {"example.org"};
  EXPECT_THAT(WithKey("", wrong).error().message, HasSubstr("without a path"));
}

TEST(WithoutKey, LeavesCommentsAndTheOthers) {
  const std::string text = "# top\n" + WriteKey(Rule("a")) + "# the second\n" + WriteKey(Rule("b")) +
                           "\n# the third\n" + WriteKey(Rule("c")) + "# the end\n";
  const auto edited = WithoutKey(text, "b");
  ASSERT_TRUE(edited.ok()) << edited.error().message;
  EXPECT_EQ(*edited, "# top\n" + WriteKey(Rule("a")) + "# the second\n\n# the third\n" + WriteKey(Rule("c")) +
                         "# the end\n");
  EXPECT_TRUE(WithoutKey(*WithoutKey(*edited, "a"), "c").ok());
  EXPECT_THAT(WithoutKey(text, "x").error().message, HasSubstr("no key `x`"));
}

TEST(WithoutKey, RefusesWhatItCannotCutOut) {
  const std::string inline_keys = "key = [{id = \"a\", hash = \"" + ShowHash(HashOfKey("a")) +
                                  "\", indexes = [\"*\"]}, {id = \"b\", hash = \"" +
                                  ShowHash(HashOfKey("b")) + "\", indexes = [\"*\"]}]\n";
  EXPECT_THAT(WithoutKey(inline_keys, "a").error().message, HasSubstr("by hand"));
}

class KeyCommandTest : public ::testing::Test {
 protected:
  KeyCommandTest() {
    config_.file = folder_ / "quipu.toml";
    config_.data_dir = folder_ / "var";
    config_.indexes["docs"].name = "docs";
    config_.searchd.keys_file = folder_ / "keys.toml";
  }

  int Run(const std::vector<const char*>& words) {
    const auto line = config::ParseCommandLine(SearchdProgram(), words);
    if (!line) throw std::runtime_error(line.error().message);
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const int code = Keys(*line, config_);
    out_ = ::testing::internal::GetCapturedStdout();
    told_ = ::testing::internal::GetCapturedStderr();
    return code;
  }
  std::string File() const { return testing::ReadFile(config_.searchd.keys_file); }

  quipu::testing::TempDir folder_;
  config::Config config_;
  std::string out_, told_;
};

TEST_F(KeyCommandTest, NewKeysAreShownOnceAndStandHashedInAPrivateFile) {
  ASSERT_EQ(Run({"key", "new", "--index", "docs", "--origin", "https://example.org", "--expires",
                 "2099-01-01", "--rate", "10/s", "--filter", "language = es", "--name", "site"}),
            0)
      << told_;
  const std::string key = out_.substr(0, out_.find('\n'));
  EXPECT_EQ(key.size(), 70U);
  EXPECT_THAT(File(), Not(HasSubstr(key.substr(6))));
  struct stat facts {};
  ASSERT_EQ(::stat(config_.searchd.keys_file.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
  const ReadKeys keys = ReadKeyRing(config_.searchd.keys_file);
  ASSERT_TRUE(keys.faults.empty());
  const ServedKey* served = keys.ring->Find(key);
  ASSERT_NE(served, nullptr);
  EXPECT_EQ(served->rule.name, "site");
  EXPECT_TRUE(served->grant->Opens("docs"));
  EXPECT_FALSE(served->grant->Opens("other"));
  EXPECT_TRUE(served->grant->IsConfined());
  EXPECT_EQ(keys.ring->Find(key + "0"), nullptr);
  EXPECT_EQ(keys.ring->Find(""), nullptr);

  ASSERT_EQ(Run({"key", "list"}), 0);
  EXPECT_THAT(out_, HasSubstr(served->rule.id + "  site"));
  EXPECT_THAT(out_, HasSubstr("expires: 2099-01-01"));
  EXPECT_THAT(out_, Not(HasSubstr(key.substr(6))));
  ASSERT_EQ(Run({"key", "revoke", served->rule.id.c_str()}), 0);
  EXPECT_EQ(ReadKeyRing(config_.searchd.keys_file).ring->Find(key), nullptr);
  EXPECT_EQ(Run({"key", "revoke", served->rule.id.c_str()}), 2);
}

TEST_F(KeyCommandTest, WrongWordsChangeNothing) {
  EXPECT_EQ(Run({"key", "new"}), 2);
  EXPECT_THAT(told_, HasSubstr("--index"));
  EXPECT_EQ(Run({"key", "new", "--index", "none"}), 2);
  EXPECT_EQ(Run({"key", "new", "--index", "docs", "--filter", "language ="}), 2);
  EXPECT_THAT(told_, HasSubstr("Column"));
  EXPECT_EQ(Run({"key", "new", "--index", "docs", "--expires", "soon"}), 2);
  EXPECT_EQ(Run({"key", "new", "--index", "docs", "--rate", "10"}), 2);
  EXPECT_EQ(Run({"key", "new", "--index", "docs", "--origin", "example.org"}), 2);
  EXPECT_FALSE(std::filesystem::exists(config_.searchd.keys_file));
  config_.searchd.keys_file.clear();
  EXPECT_EQ(Run({"key", "list"}), 2);
  EXPECT_THAT(told_, HasSubstr("keys_file"));
}

TEST_F(KeyCommandTest, ManyWhoEditAtOnceLoseNothing) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) {
        const KeyRule rule = Rule("k" + std::to_string(t * 10 + i));
        const Status done = EditKeysFile(config_.searchd.keys_file,
                                         [&](const std::string& text) { return WithKey(text, rule); });
        EXPECT_TRUE(done.ok());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(config::LoadKeys(config_.searchd.keys_file).rules.size(), 80U);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1)
      << "nothing is left over";
}

TEST_F(KeyCommandTest, CheckTellsFaultsOfKeysWithTheirPlace) {
  std::ofstream(config_.searchd.keys_file) << WriteKey(Rule("a")) << "filter = 'language ='\n"
                                           << WriteKey(Rule("b")) << "rat = \"1/s\"\n";
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(Check(config_), 2);
  std::string told = ::testing::internal::GetCapturedStdout();
  EXPECT_THAT(told, HasSubstr("keys.toml:10:7: unknown key `rat`; did you mean `rate`?"));
  std::ofstream(config_.searchd.keys_file) << WriteKey(Rule("a")) << "filter = 'language ='\n";
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(Check(config_), 2);
  told = ::testing::internal::GetCapturedStdout();
  EXPECT_THAT(told, HasSubstr("keys.toml:5:10: Column"));
  std::ofstream(config_.searchd.keys_file) << WriteKey(Rule("a"));
  config_.searchd.page_key = "zzz";
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(Check(config_), 2);
  EXPECT_THAT(::testing::internal::GetCapturedStdout(), HasSubstr("`zzz`, which is the id of no key"));
}

}  // namespace
}  // namespace quipu::searchd
