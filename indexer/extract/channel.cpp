// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/channel.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

namespace quipu::extract {
namespace {

constexpr std::size_t kHeaderBytes = 4;
constexpr std::size_t kChunkBytes = 1U << 20;

std::string Header(std::size_t size) {
  std::string header;
  for (unsigned shift = 0; shift < 32; shift += 8) header += static_cast<char>((size >> shift) & 0xFF);
  return header;
}

std::size_t SizeIn(std::string_view header) {
  std::size_t size = 0;
  for (std::size_t i = kHeaderBytes; i > 0; --i)
    size = (size << 8) | static_cast<unsigned char>(header[i - 1]);
  return size;
}

bool SendAll(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

/// Reads exactly `size` bytes; takes the descriptor that comes with them.
bool ReceiveAll(int socket, std::string& out, std::size_t size, int& attached) {
  out.resize(size);
  for (std::size_t at = 0; at < size;) {
    iovec piece{out.data() + at, size - at};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const ssize_t got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    const cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (header != nullptr && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
      std::memcpy(&attached, CMSG_DATA(header), sizeof attached);
    }
    at += static_cast<std::size_t>(got);
  }
  return true;
}

int LeftMs(std::chrono::steady_clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3600000));
}

/// Waits until the socket can be read; anything else is the reason why not.
Wait AwaitBytes(int socket, const AnswerLimits& limits) {
  for (;;) {
    std::array<pollfd, 2> watched = {pollfd{socket, POLLIN, 0}, pollfd{limits.cancel, POLLIN, 0}};
    const int ready = poll(watched.data(), watched.size(), LeftMs(limits.deadline));
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return Wait::kClosed;
    if (watched[1].revents != 0) return Wait::kCancelled;
    if (ready == 0) return Wait::kTimedOut;
    return Wait::kAnswered;
  }
}

/// Appends what has arrived to `out`, up to `size` bytes in all.
Wait Fill(int socket, std::string& out, std::size_t size, const AnswerLimits& limits) {
  while (out.size() < size) {
    const Wait wait = AwaitBytes(socket, limits);
    if (wait != Wait::kAnswered) return wait;
    const std::size_t have = out.size();
    out.resize(std::min(size, have + kChunkBytes));
    const ssize_t got = recv(socket, out.data() + have, out.size() - have, MSG_DONTWAIT);
    const int error = errno;
    out.resize(have + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && (error == EINTR || error == EAGAIN)) continue;
    if (got <= 0) return Wait::kClosed;
  }
  return Wait::kAnswered;
}

}  // namespace

bool SendMessage(int socket, std::string_view message, int attached) {
  std::string header = Header(message.size());
  iovec piece{header.data(), header.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr out{};
  out.msg_iov = &piece;
  out.msg_iovlen = 1;
  if (attached >= 0) {
    out.msg_control = control.data();
    out.msg_controllen = control.size();
    cmsghdr* rights = CMSG_FIRSTHDR(&out);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(rights), &attached, sizeof attached);
  }
  ssize_t sent = -1;
  do {
    sent = sendmsg(socket, &out, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent == static_cast<ssize_t>(header.size()) && SendAll(socket, message);
}

std::optional<Received> ReceiveMessage(int socket, std::size_t max_bytes) {
  Received received;
  std::string header;
  const bool whole = ReceiveAll(socket, header, kHeaderBytes, received.attached) &&
                     SizeIn(header) <= max_bytes &&
                     ReceiveAll(socket, received.message, SizeIn(header), received.attached);
  if (whole) return received;
  if (received.attached >= 0) close(received.attached);
  return std::nullopt;
}

Answer AwaitAnswer(int socket, const AnswerLimits& limits) {
  std::string header;
  if (const Wait wait = Fill(socket, header, kHeaderBytes, limits); wait != Wait::kAnswered)
    return {wait, {}};
  const std::size_t size = SizeIn(header);
  if (size > limits.max_bytes) return {Wait::kTooLong, {}};
  Answer answer;
  answer.wait = Fill(socket, answer.message, size, limits);
  return answer;
}

}  // namespace quipu::extract
