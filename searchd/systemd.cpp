// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/systemd.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>

#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <string_view>

namespace quipu::searchd {
namespace {

/// The names that FileDescriptorName= gave, in the order of the sockets.
using Names = std::unique_ptr<char*, void (*)(char**)>;

void FreeNames(char** names) {
  for (char** at = names; at != nullptr && *at != nullptr; ++at) std::free(*at);
  std::free(names);
}

std::string HostText(int family, const void* host) {
  char text[INET6_ADDRSTRLEN] = "";
  return inet_ntop(family, host, text, sizeof text) == nullptr ? "" : text;
}

}  // namespace

Result<GivenSockets> TakeGivenSockets() {
  char** raw = nullptr;
  const int count = sd_listen_fds_with_names(1, &raw);
  const Names names(raw, FreeNames);
  GivenSockets given;
  for (int i = 0; i < count; ++i) {
    const int fd = SD_LISTEN_FDS_START + i;
    if (sd_is_socket(fd, AF_UNSPEC, SOCK_STREAM, 1) <= 0)
      return Error{Code::kConfig, "The service manager gave something that is no listening stream socket."};
    const bool admin = std::string_view(raw[i]) == "admin";
    int& place = admin ? given.admin : given.main;
    if (place >= 0) {
      return Error{Code::kConfig,
                   fmt::format("The service manager gave two {} sockets; one is served: leave one "
                               "ListenStream= in the socket unit.",
                               admin ? "`admin`" : "public")};
    }
    place = fd;
  }
  return given;
}

std::string AddressOf(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return "";
  if (address.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return fmt::format("{}:{}", HostText(AF_INET, &v4.sin_addr), ntohs(v4.sin_port));
  }
  if (address.ss_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    return fmt::format("[{}]:{}", HostText(AF_INET6, &v6.sin6_addr), ntohs(v6.sin6_port));
  }
  if (address.ss_family != AF_UNIX || size <= offsetof(sockaddr_un, sun_path)) return "";
  sockaddr_un path{};
  std::memcpy(&path, &address, sizeof path);
  return fmt::format("unix:{}", path.sun_path);
}

void TellReady() { sd_notify(0, "READY=1"); }

void TellReloading() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const std::int64_t microseconds = std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000;
  sd_notify(0, fmt::format("RELOADING=1\nMONOTONIC_USEC={}", microseconds).c_str());
}

void TellStopping() { sd_notify(0, "STOPPING=1"); }

}  // namespace quipu::searchd
