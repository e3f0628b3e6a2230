// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "searchd/http/connection.h"

namespace quipu::http {

/// Moves what a non-blocking socket has or takes at the moment; none of these waits. Each does a bounded
/// amount of work, so that a fast client cannot keep a thread.

/// Appends what the client sent to `connection.in` and notes its end.
void ReadAvailable(Connection& connection);

/// Sends from `connection.out`. False if the client is gone.
bool WriteAvailable(Connection& connection);

/// Throws away what the client sent. False once it ended.
bool DiscardAvailable(const Connection& connection);

/// Empties a buffer whose used part begins at `begin`; an idle connection keeps little memory.
void EmptyBuffer(std::string& buffer, std::size_t& begin);

}  // namespace quipu::http
