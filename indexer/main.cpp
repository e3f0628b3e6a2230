// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstddef>
#include <string_view>

#include "indexer/app.h"
#include "indexer/extract/extractor.h"

int main(int argc, char** argv) {
  // The sandboxed process is this same program; it must do nothing else before.
  if (argc > 1 && std::string_view(argv[1]) == "--extract-worker") return quipu::extract::RunWorker();
  return quipu::RunIndexer({argv + 1, static_cast<std::size_t>(argc > 0 ? argc - 1 : 0)});
}
