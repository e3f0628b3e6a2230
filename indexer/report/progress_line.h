// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace quipu::report {

/// How far a job is.
struct ProgressState {
  std::string index;
  std::string stage;        // "scanning", "reading", "publishing"
  std::uint64_t done = 0;   // documents
  std::uint64_t total = 0;  // 0: not known yet
  std::uint64_t bytes = 0;  // read so far
  std::uint64_t problems = 0;
  double seconds = 0;   // since the stage began
  std::string current;  // id of a document that is being read
};

/// "seeds [=====>    ] 512/1024  84 docs/s  3.1 MB/s  0:12 left  a/b.pdf" in at most `width` columns.
std::string RenderBar(const ProgressState& state, int width);
/// The same for a log, without the bar.
std::string RenderLine(const ProgressState& state);
/// `{"event":"progress","index","stage","done","total","bytes","problems","seconds","docsPerSecond",
/// "bytesPerSecond","secondsLeft"}`; what is not known is null.
std::string RenderJson(const ProgressState& state);

/// "0:07", "12:30", "3:02:11".
std::string RenderDuration(double seconds);
/// "0.3", "9.8", "84".
std::string RenderRate(double a_second);
/// "1 document", "2 documents".
std::string RenderCount(std::uint64_t documents);
/// "512 B", "3.1 MB" (decimal).
std::string RenderBytes(double bytes);

/// How many columns of a terminal `shown` takes: wide characters (Chinese, Japanese, Korean, emoji) two,
/// combining ones none.
int Columns(std::string_view shown);
/// The beginning of `shown` in at most `columns`, with "…" if something is missing, never cutting inside a
/// character. Control characters become U+FFFD: a file's name must not drive the terminal.
std::string Fit(std::string_view shown, int columns);

}  // namespace quipu::report
