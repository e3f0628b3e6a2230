// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/filter/filtered_extraction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "indexer/filter/ocr.h"
#include "indexer/filter/private_folder.h"
#include "tests/support/file_tree.h"
#include "tests/support/temp_dir.h"

namespace quipu::filter {
namespace {

using extract::Extracted;
using extract::FileTask;
using extract::State;
using ::testing::HasSubstr;

std::string ContentOf(int fd) {
  std::string bytes(4096, '\0');
  lseek(fd, 0, SEEK_SET);
  const ssize_t got = read(fd, bytes.data(), bytes.size());
  bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return bytes;
}

/// Reads text, and says of anything that begins with '!' what type it is: "!image/png".
Extracted Sandbox(const FileTask& task) {
  const UniqueFd file(task.fd);
  const std::string content = ContentOf(task.fd);
  Extracted extracted;
  if (!content.empty() && content.front() == '!') {
    extracted.document.type = content.substr(1, content.find('\n') - 1);
    extracted.state = extracted.document.type == "pdf" ? State::kEmpty : State::kSkipped;
    return extracted;
  }
  extracted.state = content.empty() ? State::kEmpty : State::kIndexed;
  extracted.document.type = task.name.substr(task.name.rfind('.') + 1);
  extracted.document.body = content;
  return extracted;
}

class Filtered : public ::testing::Test {
 protected:
  Filtered() : path_(getenv("PATH")) {}
  ~Filtered() override { setenv("PATH", path_.c_str(), 1); }

  static config::Filter Filter(std::string mime, std::vector<std::string> command) {
    config::Filter filter;
    filter.mime = std::move(mime);
    filter.command = std::move(command);
    return filter;
  }

  Extracted Read(std::string_view content, const std::string& name, bool ocr = false) {
    FileTask task;
    task.fd = FileInMemory(content).Release();
    task.name = name;
    task.ocr = ocr;
    return FilteredExtraction({.extract = &Sandbox, .filters = filters_}).Extract(std::move(task));
  }

  /// A program of this name that comes before all others.
  void Install(const std::string& name, const std::string& script) {
    const auto file = programs_.path() / name;
    quipu::testing::WriteFile(file, "#!/bin/sh\n" + script);
    chmod(file.c_str(), 0755);
    setenv("PATH", (programs_.path().string() + ":/usr/bin:/bin").c_str(), 1);
  }

  quipu::testing::TempDir programs_;
  std::vector<config::Filter> filters_;
  std::string path_;
};

TEST_F(Filtered, LeavesAloneWhatNoFilterReads) {
  filters_ = {Filter("application/x-foo", {"false"})};
  EXPECT_EQ(Read("words", "a.txt").document.body, "words");
  EXPECT_EQ(Read("!application/x-bar", "a").state, State::kSkipped);
}

TEST_F(Filtered, ReadsATypeFromStandardInput) {
  filters_ = {Filter("application/x-foo", {"tail", "-n", "+2"})};
  const Extracted read = Read("!application/x-foo\nthe words", "a.foo");
  EXPECT_EQ(read.state, State::kIndexed);
  EXPECT_EQ(read.document.body, "the words");
  EXPECT_EQ(read.document.type, "application/x-foo");
}

TEST_F(Filtered, ReadsAnEndingFromAPrivateCopy) {
  config::Filter filter = Filter("", {"sh", "-c", "echo \"$1\"; stat -c %a \"$1\"; cat \"$1\"", "sh", "{}"});
  filter.endings = {"foo"};
  filters_ = {filter};
  const std::string body = Read("content", "dir/A; rm -rf.FOO").document.body;
  EXPECT_THAT(body, HasSubstr("/input.foo\n600\ncontent"));
  EXPECT_FALSE(std::filesystem::exists(body.substr(0, body.find('\n')))) << "the copy is gone";
}

TEST_F(Filtered, SaysWhyTheFilterFailed) {
  filters_ = {Filter("application/x-foo", {"false"})};
  EXPECT_EQ(Read("!application/x-foo", "a").state, State::kFailed);
  EXPECT_EQ(Read("!application/x-foo", "a").reason, "the filter failed: `false` ended with status 1");
  filters_ = {Filter("application/x-foo", {"true"})};
  EXPECT_EQ(Read("!application/x-foo", "a").state, State::kEmpty);
}

TEST_F(Filtered, ReadsPicturesOnlyIfTheSourceSaysSo) {
  Install("tesseract",
          "[ \"$1\" = --list-langs ] && { echo 'List of languages (2):'; echo eng; echo osd; exit; }\n"
          "echo \"$2 $3 $4\"; tail -n +2 \"$1\"\n");
  EXPECT_EQ(Read("!image/png\nletters", "a.png").state, State::kSkipped);
  const Extracted read = Read("!image/png\nletters", "a.png", true);
  EXPECT_EQ(read.state, State::kIndexed) << read.reason;
  EXPECT_EQ(read.document.body, "stdout -l eng\nletters");
  EXPECT_EQ(read.document.type, "image/png");
}

TEST_F(Filtered, ReadsThePagesOfAScannedPdf) {
  Install("tesseract", "[ \"$1\" = --list-langs ] && exit\ncat \"$1\"\n");
  // As pdftoppm: -f N -l N … PDF PREFIX; the document has two pages.
  Install("pdftoppm", "[ \"$2\" -le 2 ] || exit 0\nfor last; do :; done; echo \"page $2\" > \"$last.png\"\n");
  const Extracted read = Read("!pdf", "a.pdf", true);
  EXPECT_EQ(read.state, State::kIndexed) << read.reason;
  EXPECT_EQ(read.document.body, "page 1\n\n\npage 2\n");
  ASSERT_EQ(read.document.segments.size(), 2U);
  EXPECT_EQ(read.document.segments[1].page, 2U);
  EXPECT_EQ(read.document.body.substr(read.document.segments[1].begin), "page 2\n");
}

TEST_F(Filtered, SaysWhatOcrLacks) {
  setenv("PATH", programs_.path().c_str(), 1);
  EXPECT_EQ(Read("!pdf", "a.pdf", true).state, State::kEmpty);
  EXPECT_EQ(Read("!pdf", "a.pdf", true).reason, "needs OCR, and tesseract is not installed");
  EXPECT_EQ(Read("!image/png", "a.png", true).reason, "needs OCR, and tesseract is not installed");
  Install("tesseract", "exit 1\n");
  EXPECT_EQ(Read("!image/png", "a.png", true).state, State::kFailed);
}

}  // namespace
}  // namespace quipu::filter
