// SPDX-License-Identifier: GPL-2.0-or-later
// quipu-reference FOLDER: writes the man pages and the completions of the two programs into
// FOLDER/{man,bash,zsh,fish}. It runs while Quipu is built and is not installed.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>

#include "indexer/options.h"
#include "packaging/reference/completion.h"
#include "packaging/reference/manual_page.h"
#include "quipu/version.h"
#include "searchd/options.h"

namespace quipu::reference {
namespace {

void Write(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) throw std::runtime_error("cannot write " + file.string());
}

void WriteAll(const std::filesystem::path& folder) {
  const Edition edition{.version = kVersion, .date = std::string_view(kCommitDate).substr(0, 10)};
  for (const config::Program* program : {&IndexerProgram(), &searchd::SearchdProgram()}) {
    const std::string name(program->name);
    Write(folder / "man" / (name + ".1"), ManualPage(*program, edition));
    Write(folder / "bash" / name, BashCompletion(*program));
    Write(folder / "zsh" / ("_" + name), ZshCompletion(*program));
    Write(folder / "fish" / (name + ".fish"), FishCompletion(*program));
  }
  Write(folder / "man" / "quipu.toml.5", ConfigurationPage(edition));
}

}  // namespace
}  // namespace quipu::reference

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "Usage: quipu-reference FOLDER\n");
    return 2;
  }
  try {
    quipu::reference::WriteAll(argv[1]);
    return 0;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "quipu-reference: %s\n", exception.what());
    return 1;
  }
}
