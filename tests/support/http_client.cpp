// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/http_client.h"

namespace quipu::test {

RawAnswer HttpClient::Ask(std::string_view method, std::string_view target, const Headers& headers,
                          std::string_view body) const {
  std::string request;
  request.append(method).append(" ").append(target).append(
      " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
  for (const auto& [name, value] : headers) request.append(name).append(": ").append(value).append("\r\n");
  if (method == "POST") request.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  request.append("\r\n").append(body);
  RawClient client(port_);
  if (!client.Send(request)) return {};
  return client.Read(method == "HEAD", std::chrono::seconds(10));
}

}  // namespace quipu::test
