// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "tests/indexer/job/fake_source.h"

namespace quipu::job {
namespace {

using index::ManifestEntry;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class PlanTest : public ::testing::Test {
 protected:
  PlanTest() {
    sources_.push_back(std::make_unique<FakeSource>("folder:a"));
    sources_.push_back(std::make_unique<FakeSource>("folder:b"));
    listings_.resize(2);
  }

  const Plan& Make(bool reread = false) {
    inventory_ = MergeListings(listings_, sources_);
    plan_ = MakePlan(inventory_, sources_, manifest_, reread);
    return plan_;
  }

  std::vector<std::string> Steps(Change change) const {
    std::vector<std::string> ids;
    for (const Step& step : plan_.steps) {
      if (step.change == change) ids.push_back(step.item->found.id);
    }
    return ids;
  }
  std::vector<std::string> Gone() const {
    std::vector<std::string> ids;
    for (const auto* entry : plan_.gone) ids.push_back(entry->id);
    return ids;
  }

  Sources sources_;
  std::vector<source::Listing> listings_;
  std::vector<ManifestEntry> manifest_;
  Inventory inventory_;
  Plan plan_;
};

TEST_F(PlanTest, SortsFilesIntoNewChangedUnchangedAndGone) {
  listings_[0].found = {File("new"), File("same"), File("later", 2), File("longer", 1, 2)};
  manifest_ = {Entry("same"), Entry("later"), Entry("longer"), Entry("gone")};
  Make();
  EXPECT_THAT(Steps(Change::kNew), ElementsAre("new"));
  EXPECT_THAT(Steps(Change::kChanged), ElementsAre("later", "longer"));
  ASSERT_EQ(plan_.unchanged.size(), 1U);
  EXPECT_EQ(plan_.unchanged[0].before->id, "same");
  EXPECT_THAT(Gone(), ElementsAre("gone"));
  EXPECT_EQ(plan_.documents_before, 4U);
}

ManifestEntry Member(std::string id, std::string file) {
  ManifestEntry entry = Entry(std::move(id));
  entry.container = std::move(file);
  entry.stamp = {};
  return entry;
}

TEST_F(PlanTest, KeepsMembersAsLongAsTheirFileIsThere) {
  listings_[0].found = {File("same.zip"), File("later.zip", 2)};
  manifest_ = {Entry("same.zip"),  Member("same.zip/a", "same.zip"),
               Entry("later.zip"), Member("later.zip/a", "later.zip"),
               Entry("gone.zip"),  Member("gone.zip/a", "gone.zip")};
  for (ManifestEntry& entry : manifest_) entry.members = entry.container.empty() ? 1 : 0;
  Make();
  EXPECT_EQ(plan_.Count(Change::kUnchanged), 2U);
  EXPECT_THAT(Steps(Change::kChanged), ElementsAre("later.zip"));
  EXPECT_EQ(plan_.MembersOf("later.zip").size(), 1U);
  EXPECT_THAT(Gone(), ElementsAre("gone.zip", "gone.zip/a"));
}

TEST_F(PlanTest, ReadsAFileAgainThatLacksMembers) {
  listings_[0].found = {File("a.zip")};
  manifest_ = {Entry("a.zip"), Member("a.zip/a", "a.zip")};
  manifest_[0].members = 2;
  Make();
  EXPECT_THAT(Steps(Change::kChanged), ElementsAre("a.zip"));
  EXPECT_FALSE(plan_.steps[0].may_be_same) << "the same content was not read whole";
}

TEST_F(PlanTest, CountsMembersAsMovedWithTheirFile) {
  listings_[0].found = {File("new.zip")};
  manifest_ = {Entry("old.zip"), Member("old.zip/a", "old.zip"), Member("old.zip/b", "old.zip")};
  manifest_[0].members = 2;
  manifest_[0].stamp.hash = {7};
  manifest_[2].state = "failed";
  Make();
  FindMoves(plan_, [](const Item&) { return std::optional(source::Hash{7}); });
  EXPECT_EQ(plan_.moved, 2U);
  EXPECT_EQ(plan_.GoneDocuments(), 2U);
}

TEST_F(PlanTest, LooksAgainAtAFileWhoseTimeWasNotTrusted) {
  listings_[0].found = {File("young", 0)};
  manifest_ = {Entry("young")};
  manifest_[0].stamp.mtime_ns = 0;
  Make();
  EXPECT_THAT(Steps(Change::kChanged), ElementsAre("young"));
  EXPECT_TRUE(plan_.steps[0].may_be_same);
}

TEST_F(PlanTest, ReadsAllAgainWhenTheSourcesSettingsChanged) {
  listings_[0].found = {File("a")};
  manifest_ = {Entry("a", "folder:a#1")};
  Make();
  EXPECT_THAT(Steps(Change::kChanged), ElementsAre("a"));
  EXPECT_FALSE(plan_.steps[0].may_be_same);
}

TEST_F(PlanTest, LeavesDocumentsOfAddAlone) {
  manifest_ = {Entry("by hand", "")};
  Make();
  EXPECT_THAT(Gone(), IsEmpty());
}

TEST_F(PlanTest, DoesNotRetryAFailedFileThatIsWhatItWas) {
  listings_[0].found = {File("bad"), File("bad but touched", 2)};
  manifest_ = {Entry("bad", "folder:a#0", "failed"), Entry("bad but touched", "folder:a#0", "failed")};
  Make();
  EXPECT_THAT(Steps(Change::kChanged), ElementsAre("bad but touched"));
  EXPECT_EQ(plan_.documents_before, 0U);
}

TEST_F(PlanTest, ForgetsTheGoneWithoutADocumentButDoesNotCountThem) {
  manifest_ = {Entry("bad", "folder:a#0", "failed")};
  Make();
  EXPECT_THAT(Gone(), ElementsAre("bad"));
  EXPECT_EQ(plan_.GoneDocuments(), 0U);
}

TEST_F(PlanTest, KeepsWhatIsInAFolderThatCannotBeRead) {
  listings_[0].unreadable = {"closed/"};
  manifest_ = {Entry("closed/a"), Entry("closed/b", "folder:b#0"), Entry("closedness")};
  Make();
  EXPECT_THAT(Gone(), UnorderedElementsAre("closed/b", "closedness"));
  ASSERT_EQ(plan_.out_of_sight.size(), 1U);
  EXPECT_EQ(plan_.out_of_sight[0]->id, "closed/a");
}

TEST_F(PlanTest, KeepsAFileThatCannotBeLookedAtButNotOneThatBecameAPipe) {
  listings_[0].problems = {{"a", extract::State::kFailed, "disk"}, {"b", extract::State::kSkipped, "a pipe"}};
  manifest_ = {Entry("a"), Entry("b")};
  Make();
  EXPECT_THAT(Gone(), ElementsAre("b"));
  ASSERT_EQ(plan_.unread.size(), 1U);
  EXPECT_EQ(plan_.unread[0]->id, "a");
}

TEST_F(PlanTest, KeepsMembersOfAFileThatIsThere) {
  listings_[0].found = {File("a.zip")};
  manifest_ = {Entry("a.zip", "folder:a#0", "skipped"), Entry("a.zip/x"), Entry("b.zip/y")};
  manifest_[1].container = "a.zip";
  manifest_[2].container = "b.zip";
  Make();
  EXPECT_THAT(Gone(), ElementsAre("b.zip/y"));
}

TEST_F(PlanTest, TakesALineForUnchangedByItsHash) {
  source::Found line = File("line", 0);
  line.stamp.hash = source::HashOf("x");
  listings_[0].found = {line};
  manifest_ = {Entry("line")};
  manifest_[0].stamp.hash = source::HashOf("x");
  Make();
  EXPECT_EQ(plan_.unchanged.size(), 1U);
}

TEST_F(PlanTest, RereadsEverythingWhenAsked) {
  listings_[0].found = {File("same")};
  manifest_ = {Entry("same"), Entry("gone")};
  Make(true);
  EXPECT_THAT(Steps(Change::kChanged), ElementsAre("same"));
  EXPECT_FALSE(plan_.steps[0].may_be_same);
  EXPECT_THAT(Gone(), ElementsAre("gone"));
}

TEST_F(PlanTest, RecognisesAMovedFileByItsContent) {
  listings_[0].found = {File("copy"), File("new place"), File("other")};
  manifest_ = {Entry("old place")};
  manifest_[0].stamp.hash = source::HashOf("content");
  Make();
  const auto hash = [](const Item& item) -> std::optional<source::Hash> {
    return source::HashOf(item.found.id == "other" ? "else" : "content");
  };
  FindMoves(plan_, hash);
  EXPECT_THAT(Steps(Change::kMoved), ElementsAre("copy"));  // one file moves to one place
  EXPECT_THAT(Steps(Change::kNew), ElementsAre("new place", "other"));
  EXPECT_EQ(plan_.moved, 1U);
}

TEST_F(PlanTest, HashesOnlyNewFilesOfTheRightSizeToFindMoves) {
  listings_[0].found = {File("bigger", 1, 5)};
  manifest_ = {Entry("old place")};
  manifest_[0].stamp.hash = source::HashOf("content");
  Make();
  FindMoves(plan_, [](const Item&) -> std::optional<source::Hash> { throw std::logic_error("hashed"); });
  EXPECT_EQ(plan_.moved, 0U);
}

TEST_F(PlanTest, FindsThatATouchedFileIsTheSame) {
  listings_[0].found = {File("touched", 2), File("edited", 2)};
  manifest_ = {Entry("touched"), Entry("edited")};
  manifest_[0].stamp.hash = manifest_[1].stamp.hash = source::HashOf("touched");
  Make();
  FindSame(plan_,
           [](const Item& item) -> std::optional<source::Hash> { return source::HashOf(item.found.id); });
  EXPECT_THAT(Steps(Change::kChanged), ElementsAre("edited"));
  EXPECT_EQ(plan_.unchanged.size(), 1U);
}

TEST_F(PlanTest, LetsTheFirstSourceWinAnId) {
  listings_[0].found = {File("x", 1)};
  listings_[1].found = {File("x", 2), File("y")};
  Make();
  ASSERT_EQ(inventory_.items.size(), 2U);
  EXPECT_EQ(inventory_.items[0].source, 0U);
  ASSERT_EQ(inventory_.problems.size(), 1U);
  EXPECT_EQ(inventory_.problems[0].source, 1U);
  EXPECT_THAT(inventory_.problems[0].problem.reason, ::testing::HasSubstr("folder:a"));
}

TEST_F(PlanTest, LetsTheNameThatIsTheIdWinOverAnEscapedOne) {
  source::Found escaped = File("a%FF");
  escaped.name = "a\xFF";
  listings_[0].found = {escaped, File("a%FF")};
  Make();
  ASSERT_EQ(inventory_.items.size(), 1U);
  EXPECT_EQ(inventory_.items[0].found.name, "a%FF");
  EXPECT_EQ(inventory_.problems.size(), 1U);
}

}  // namespace
}  // namespace quipu::job
