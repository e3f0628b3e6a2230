// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/base/same_bytes.h"

#include <gtest/gtest.h>

#include <string>

namespace quipu {
namespace {

TEST(SameBytes, SeesADifferenceAtEveryPlaceOfEveryLength) {
  for (std::size_t size = 0; size < 40; ++size) {
    const std::string text(size, 'a');
    EXPECT_TRUE(SameBytes(text, std::string(size, 'a'))) << size;
    EXPECT_FALSE(SameBytes(text, text + "a")) << size;
    for (std::size_t place = 0; place < size; ++place) {
      std::string other = text;
      other[place] = 'b';
      EXPECT_FALSE(SameBytes(text, other)) << size << " bytes, a difference at " << place;
    }
  }
}

}  // namespace
}  // namespace quipu
