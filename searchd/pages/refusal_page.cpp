// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/refusal_page.h"

#include <string>

#include "searchd/pages/html.h"
#include "searchd/pages/page_frame.h"

namespace quipu::searchd {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'";

std::string_view SentenceFor(Code code, const PageTexts& texts) {
  if (code == Code::kMissingAuthorizationHeader) return texts.needs_key;
  return code == Code::kTooManyRequests ? texts.too_often : texts.key_refused;
}

}  // namespace

http::Response RefusalPage(int status, const Error& error, const Brand& brand,
                           std::string_view accept_language) {
  PageFrame page;
  page.brand = &brand;
  page.texts = &TextsFor(accept_language);
  std::string html;
  AppendHead(html, page, TitleOf(page), false);
  html += "<body class=\"results\">\n" + brand.header_html + "<main id=\"main\">\n<h1>" +
          EscapeHtml(TitleOf(page)) + "</h1>\n<p class=\"problem\" role=\"alert\">" +
          EscapeHtml(SentenceFor(error.code, *page.texts)) + "</p>\n";
  AppendEnd(html, page);
  return {.status = status,
          .content_type = "text/html; charset=utf-8",
          .body = std::move(html),
          .headers = {{"Content-Security-Policy", std::string(kPolicy)},
                      {"Cache-Control", "no-store"},
                      {"Vary", "Accept-Language"}}};
}

}  // namespace quipu::searchd
