// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdio>
#include <exception>

#include "searchd/commands.h"

int main(int argc, char** argv) {
  try {
    return quipu::searchd::Main(argc, argv);
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "quipu-searchd: %s\n", exception.what());
  } catch (...) {
    // Xapian's errors do not derive from std::exception.
    std::fprintf(stderr, "quipu-searchd: stopped by an error of unknown type\n");
  }
  return 1;
}
