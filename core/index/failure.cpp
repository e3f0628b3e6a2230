// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/failure.h"

#include <xapian.h>

#include <exception>

namespace quipu::index {

std::string DescribeFailure() {
  try {
    throw;
  } catch (const Xapian::Error& error) {
    std::string text = "the index: " + error.get_msg();
    if (const char* system = error.get_error_string(); system != nullptr) text += std::string(": ") + system;
    return text;
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "something of unknown kind was thrown";
  }
}

}  // namespace quipu::index
