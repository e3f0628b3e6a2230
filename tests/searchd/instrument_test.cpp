// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/routes/instrument.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <string>

#include "tests/support/file_tree.h"
#include "tests/support/temp_dir.h"

namespace quipu::searchd {
namespace {

using ::testing::HasSubstr;

TEST(Instrument, RefusalsForOverloadAreCountedAndToldTogether) {
  const testing::TempDir folder;
  const int fd = ::open((folder / "log").c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  Log log(fd);
  const Catalog catalog(OpenHoldings({}));
  Metrics metrics;
  metrics.AddRoute("GET", "/indexes/{uid}/search");
  Instrument instrument(catalog, metrics, log);
  const http::Hooks hooks = instrument.MakeHooks();
  for (int i = 0; i < 3; ++i)
    hooks.on_answer({.method = "GET", .pattern = "/indexes/{uid}/search", .status = 503, .overload = true});
  EXPECT_EQ(testing::ReadFile(folder / "log"), "") << "a flood writes no lines";
  instrument.TellRefusals();
  instrument.TellRefusals();
  const std::string lines = testing::ReadFile(folder / "log");
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1) << lines;
  EXPECT_THAT(lines, HasSubstr(R"("message":"searches refused: too many wait","count":3)"));
  EXPECT_THAT(metrics.Render(), HasSubstr(R"(route="/indexes/{uid}/search",status="503"} 3)"));
  hooks.on_answer({.method = "GET", .pattern = "/indexes/{uid}/search", .status = 503});
  EXPECT_THAT(testing::ReadFile(folder / "log"), HasSubstr(R"("message":"request")"))
      << "other refusals have a line";
  ::close(fd);
}

}  // namespace
}  // namespace quipu::searchd
