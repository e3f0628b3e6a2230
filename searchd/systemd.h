// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "core/base/result.h"

namespace quipu::searchd {

/// Sockets that systemd (or who speaks its protocol) opened for us before we started; -1: none.
struct GivenSockets {
  int main = -1;   // for `searchd.listen`, whatever that says
  int admin = -1;  // named "admin" (FileDescriptorName=): for `searchd.admin_listen`
};

/// Takes them, once. kConfig if they are not listening stream sockets, or too many.
Result<GivenSockets> TakeGivenSockets();

/// "host:port", "[v6]:port" or "unix:/path" of a listening socket; "" if it has none.
std::string AddressOf(int socket);

/// Tell the service manager what we are at; without one nothing happens.
void TellReady();
void TellReloading();
void TellStopping();

}  // namespace quipu::searchd
