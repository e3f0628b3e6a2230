// SPDX-License-Identifier: GPL-2.0-or-later
// The main function of a fuzz target where libFuzzer is not: runs the files and folders that are named, and
// some thousand variations of them that are the same on every run. Ends with 0 if the target let them all
// pass.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr int kVariations = 3000;

void Run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::string Contents(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<std::string> Inputs(const std::vector<std::filesystem::path>& named) {
  std::vector<std::string> inputs = {"", "a", std::string(1, '\0'), "\xff\xfe", std::string(5000, '[')};
  for (const std::filesystem::path& path : named) {
    if (!std::filesystem::is_directory(path)) {
      inputs.push_back(Contents(path));
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) inputs.push_back(Contents(entry.path()));
    }
  }
  return inputs;
}

/// One of `inputs` with a few bytes changed, removed, doubled, or taken from another.
std::string Variation(const std::vector<std::string>& inputs, std::mt19937& random) {
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
  std::string text = inputs[below(inputs.size())];
  for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
    const std::size_t at = below(text.size() + 1);
    switch (below(4)) {
      case 0: text.insert(at, 1, static_cast<char>(below(256))); break;
      case 1: text.erase(at, 1 + below(8)); break;
      case 2: text.insert(at, text.substr(below(text.size() + 1), below(32))); break;
      default: {
        const std::string& other = inputs[below(inputs.size())];
        text.replace(at, below(32), other.substr(below(other.size() + 1), below(64)));
      }
    }
  }
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> inputs = Inputs({argv + 1, argv + argc});
  for (const std::string& input : inputs) Run(input);
  // NOLINTNEXTLINE(cert-msc51-cpp,cert-msc32-c): every run must do the same
  std::mt19937 random(1);
  for (int i = 0; i < kVariations; ++i) Run(Variation(inputs, random));
  std::printf("%zu inputs and %d variations passed\n", inputs.size(), kVariations);
  return 0;
}
