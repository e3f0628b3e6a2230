// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/exchange.h"

#include <httplib.h>

#include <algorithm>
#include <cstring>
#include <ctime>

namespace quipu::http {
namespace {

/// A client's side made of memory. Which members are virtual depends on cpp-httplib's version, so none
/// says `override`.
class MemoryStream final : public httplib::Stream {
 public:
  MemoryStream(std::string_view in, std::string& out) : in_(in), out_(out) {}

  // NOLINTBEGIN(modernize-use-override)
  bool is_readable() const { return read_ < in_.size(); }
  bool is_writable() const { return true; }
  bool wait_readable() const { return true; }
  bool wait_writable() const { return true; }
  ssize_t read(char* to, std::size_t size) {
    const std::size_t taken = std::min(size, in_.size() - read_);
    std::memcpy(to, in_.data() + read_, taken);
    read_ += taken;
    return static_cast<ssize_t>(taken);
  }
  ssize_t write(const char* from, std::size_t size) {
    out_.append(from, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const { ip.clear(), port = 0; }
  void get_local_ip_and_port(std::string& ip, int& port) const { ip.clear(), port = 0; }
  socket_t socket() const { return -1; }
  time_t duration() const { return 0; }
  // NOLINTEND(modernize-use-override)

 private:
  std::string_view in_;
  std::string& out_;
  std::size_t read_ = 0;
};

/// "Sun, 06 Nov 1994 08:49:37 GMT", made anew once a second.
class DateText {
 public:
  const std::string& Now() {
    const std::time_t now = std::time(nullptr);
    if (now == made_at_) return text_;
    made_at_ = now;
    std::tm utc{};
    gmtime_r(&now, &utc);
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char buffer[64];
    const int size = std::snprintf(buffer, sizeof buffer, "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                   kDays[utc.tm_wday], utc.tm_mday, kMonths[utc.tm_mon], utc.tm_year + 1900,
                                   utc.tm_hour, utc.tm_min, utc.tm_sec);
    text_.assign(buffer, static_cast<std::size_t>(size));
    return text_;
  }

 private:
  std::time_t made_at_ = 0;
  std::string text_;
};

/// A handler may copy what a user typed into a header; a line break there would begin a new one.
std::string WithoutControls(std::string value) {
  std::replace_if(
      value.begin(), value.end(),
      [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }, ' ');
  return value;
}

bool IsBodiless(int status) { return status == 204 || status == 304 || (status >= 100 && status < 200); }

}  // namespace

class Exchange::Server final : public httplib::Server {
 public:
  Server() {
    set_pre_routing_handler([this](const httplib::Request&, httplib::Response& answer) {
      Fill(answer);
      return HandlerResponse::Handled;
    });
    set_post_routing_handler([this](const httplib::Request&, httplib::Response& answer) { Finish(answer); });
  }

  int Run(const ExchangeHead& head, const std::function<Response()>& respond, std::string& out) {
    head_ = &head;
    respond_ = &respond;
    status_ = 0;
    // The target and all other headers stay with us: cpp-httplib 0.11 decodes percent escapes in header
    // values and splits paths after decoding, and its Range, Accept-Encoding, Expect and body handling
    // are what the attacks in tests/http are about. It never sees a byte of them.
    request_.assign(head.method)
        .append(head.minor_version == 0 ? " / HTTP/1.0\r\n" : " / HTTP/1.1\r\nHost: quipu\r\n");
    request_.append(head.close ? "Connection: close\r\n\r\n" : "Connection: Keep-Alive\r\n\r\n");
    const std::size_t before = out.size();
    MemoryStream stream(request_, out);
    Process(*this, stream, head.close);
    if (status_ != 0) return status_;
    // A cpp-httplib that refuses what we composed is not the client's fault; it has written its own page.
    out.resize(before);
    out.append("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
    return 500;
  }

 private:
  /// Later versions take addresses; a template, since only there may the discarded call be ill-formed.
  template <typename Self>
  static void Process(Self& self, MemoryStream& stream, bool close) {
    bool closed = false;
    const std::function<void(httplib::Request&)> unchanged = [](httplib::Request&) {};
    if constexpr (requires { self.process_request(stream, close, closed, unchanged); }) {
      self.process_request(stream, close, closed, unchanged);
    } else {
      const std::string address;
      self.process_request(stream, address, 0, address, 0, close, closed, unchanged);
    }
  }

  void Fill(httplib::Response& answer) {
    Response response = (*respond_)();
    status_ = answer.status = response.status;
    for (auto& [name, value] : response.headers) answer.set_header(name, WithoutControls(std::move(value)));
    if (IsBodiless(response.status)) return;
    answer.body = std::move(response.body);
    answer.set_header("Content-Type", WithoutControls(std::move(response.content_type)));
  }

  /// Called when cpp-httplib has set its own headers and nothing is written yet.
  void Finish(httplib::Response& answer) {
    answer.headers.erase("Keep-Alive");     // its limits are not ours
    answer.headers.erase("Accept-Ranges");  // ranges are ignored
    answer.headers.erase("Connection");
    if (head_->close) answer.set_header("Connection", "close");
    if (!head_->close && head_->minor_version == 0) answer.set_header("Connection", "keep-alive");
    if (IsBodiless(answer.status)) answer.headers.erase("Content-Length");
    if (!answer.has_header("Date")) answer.set_header("Date", date_.Now());
  }

  const ExchangeHead* head_ = nullptr;
  const std::function<Response()>* respond_ = nullptr;
  int status_ = 0;
  std::string request_;
  DateText date_;
};

Exchange::Exchange() : server_(std::make_unique<Server>()) {}
Exchange::~Exchange() = default;

int Exchange::Run(const ExchangeHead& head, const std::function<Response()>& respond, std::string& out) {
  return server_->Run(head, respond, out);
}

}  // namespace quipu::http
