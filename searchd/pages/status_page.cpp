// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/status_page.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

#include "core/search/score_parts.h"
#include "quipu/version.h"
#include "searchd/pages/html.h"
#include "searchd/pages/page_frame.h"
#include "searchd/pages/page_link.h"
#include "searchd/pages/related_links.h"
#include "searchd/pages/terminal_text.h"

namespace quipu::searchd {
namespace {

using Out = std::back_insert_iterator<std::string>;

const PageTexts& English() { return TextsFor("en"); }
std::string Count(std::uint64_t count) { return ShowCount(count, English()); }

std::string ShowBytes(std::uint64_t bytes) {
  constexpr double kThousand = 1000;
  auto size = static_cast<double>(bytes);
  if (size < kThousand) return fmt::format("{} B", bytes);
  for (const std::string_view unit : {"kB", "MB"}) {
    size /= kThousand;
    if (size < kThousand) return fmt::format("{:.1f} {}", size, unit);
  }
  return fmt::format("{:.1f} GB", size / kThousand);
}

/// A row of a table of facts; `html` is ours or escaped already.
void AppendRow(std::string& out, std::string_view name, std::string_view html) {
  fmt::format_to(Out(out), "<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", name, html);
}

void AppendForm(std::string& out, const StatusPage& page) {
  out += "<header>\n<h1 class=\"name\">Quipu: status</h1>\n";
  fmt::format_to(
      Out(out),
      "<form role=\"search\" action=\"./\" method=\"get\">\n<div class=\"box\"><input type=\"search\" "
      "name=\"q\" value=\"{}\" placeholder=\"A query to explain\" aria-label=\"A query to explain\" "
      "autocomplete=\"off\" spellcheck=\"false\"><button type=\"submit\">Explain</button></div>\n"
      "<select name=\"index\" aria-label=\"Index\">\n",
      EscapeHtml(page.query));
  for (const IndexStatus& index : page.indexes) {
    fmt::format_to(Out(out), "<option value=\"{0}\"{1}>{0}</option>\n", EscapeHtml(index.uid),
                   index.uid == page.index ? " selected" : "");
  }
  // A list of choices must have one.
  if (page.indexes.empty()) out += "<option value=\"\">none</option>\n";
  out += "</select>\n</form>\n</header>\n";
}

void AppendScore(std::string& out, const search::Hit& hit) {
  fmt::format_to(Out(out),
                 "<table class=\"score\">\n<thead><tr><th scope=\"col\">score</th><th scope=\"col\">part"
                 "</th><th scope=\"col\">documents</th></tr></thead>\n<tbody>\n");
  for (const search::ScorePart& part : hit.score_parts) {
    fmt::format_to(
        Out(out), "<tr><td class=\"number\">{:.4f}</td><td>{}</td><td class=\"number\">{}</td></tr>\n",
        part.score, EscapeHtml(search::DescribePart(part)), part.documents > 0 ? Count(part.documents) : "");
  }
  out += "</tbody></table>\n";
}

void AppendHit(std::string& out, const search::Hit& hit) {
  const schema::Document& document = hit.document;
  const std::string title = OnlyMarks(EmphasizedTitle(hit));
  const std::string url = PublicAddress(document);
  fmt::format_to(Out(out), "<li><h3{}>{}</h3>\n", LanguageAttribute(document.language),
                 url.empty() ? title : fmt::format("<a href=\"{}\">{}</a>", EscapeHtml(url), title));
  fmt::format_to(Out(out), "<p class=\"facts\"><span>{:.4f}</span><code>{}</code></p>\n", hit.score,
                 EscapeHtml(document.id));
  AppendScore(out, hit);
  out += "</li>\n";
}

void AppendExplained(std::string& out, const StatusPage& page) {
  if (!page.problem.empty()) {
    fmt::format_to(Out(out), "<p class=\"problem\" role=\"alert\">{}</p>\n", EscapeHtml(page.problem));
    return;
  }
  if (page.explained == nullptr) return;
  const search::SearchResult& result = *page.explained;
  fmt::format_to(Out(out), "<section>\n<h2>“{}” in {}</h2>\n<p class=\"summary\">{}{} {}{}</p>\n",
                 EscapeHtml(page.query), EscapeHtml(page.index), result.total_is_exact ? "" : "more than ",
                 Count(result.total), result.total == 1 ? "document" : "documents",
                 result.partial ? "; cut short by the deadline" : "");
  if (result.corrected) {
    fmt::format_to(
        Out(out), "<p class=\"note\">{} “{}”</p>\n",
        result.corrected->applied ? "Also searched:" : "Only offered:", EscapeHtml(result.corrected->text));
  }
  fmt::format_to(Out(out), "<details open><summary>How it was read</summary>\n<pre>{}</pre></details>\n",
                 EscapeHtml(result.explanation));
  out += "<details><summary>Where the time went</summary>\n<table>\n";
  for (const search::StageTime& time : result.times) {
    AppendRow(out, EscapeHtml(time.name),
              fmt::format("{:.3f} ms", static_cast<double>(time.nanoseconds) / 1e6));
  }
  out += "</table></details>\n";
  if (!result.hits.empty()) {
    out += "<ol class=\"explained\">\n";
    for (const search::Hit& hit : result.hits) AppendHit(out, hit);
    out += "</ol>\n";
  }
  out += "</section>\n";
}

void AppendProblems(std::string& out, const FinishedJob& job) {
  if (job.problems.empty()) return;
  out +=
      "<table class=\"problems\">\n<thead><tr><th scope=\"col\">state</th><th scope=\"col\">document</th>"
      "<th scope=\"col\">reason</th></tr></thead>\n<tbody>\n";
  for (const JobProblem& problem : job.problems) {
    fmt::format_to(Out(out), "<tr><td>{}</td><td><code>{}</code></td><td>{}</td></tr>\n",
                   EscapeHtml(problem.state), EscapeHtml(problem.id), EscapeHtml(problem.reason));
  }
  out +=
      "</tbody></table>\n<p class=\"hint\">At most ten are kept here; <code>quipu-indexer run --report "
      "FILE</code> "
      "tells of every document.</p>\n";
}

void AppendJob(std::string& out, const IndexStatus& index) {
  if (index.running_job) {
    const RunningJob& job = *index.running_job;
    fmt::format_to(Out(out), "<p class=\"note\">A job is running since {}: {}{}{}.</p>\n",
                   EscapeHtml(job.started_at), EscapeHtml(job.stage),
                   job.total > 0 ? fmt::format(", {} of {}", Count(job.done), Count(job.total)) : "",
                   job.problems > 0 ? fmt::format(", {} problems", Count(job.problems)) : "");
  }
  if (!index.last_job) {
    out += "<p class=\"hint\">No job has run yet: <code>quipu-indexer run</code>.</p>\n";
    return;
  }
  const FinishedJob& job = *index.last_job;
  fmt::format_to(Out(out), "<h3>Last job: {}</h3>\n", EscapeHtml(job.state));
  if (!job.message.empty()) fmt::format_to(Out(out), "<p class=\"note\">{}</p>\n", EscapeHtml(job.message));
  AppendProblems(out, job);
  std::string counts;
  for (const auto& [state, count] : job.counts) {
    if (count > 0)
      counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", EscapeHtml(state), Count(count));
  }
  fmt::format_to(Out(out), "<p class=\"facts\"><span>{}</span><span>{:.1f} s</span><span>{}</span></p>\n",
                 EscapeHtml(job.started_at), job.seconds, counts);
}

std::string Languages(const index::IndexFacts& facts) {
  std::string html;
  for (const std::string& language : facts.languages) {
    const auto counted = facts.language_counts.find(language);
    fmt::format_to(Out(html), "{}<bdi{}>{}</bdi>{}", html.empty() ? "" : ", ", LanguageAttribute(language),
                   EscapeHtml(OwnNameOf(language)),
                   counted == facts.language_counts.end() ? "" : " " + Count(counted->second));
  }
  return html.empty() ? "none known" : html;
}

void AppendIndex(std::string& out, const IndexStatus& index) {
  fmt::format_to(Out(out), "<section>\n<h2>{} <code>{}</code></h2>\n", EscapeHtml(index.title),
                 EscapeHtml(index.uid));
  if (index.facts) {
    out += "<table>\n";
    AppendRow(out, "Documents", Count(index.facts->documents));
    AppendRow(out, "Languages", Languages(*index.facts));
    AppendRow(out, "Generation",
              fmt::format("{}, commit {}", index.facts->generation, index.facts->revision));
    AppendRow(out, "Updated", EscapeHtml(index.facts->updated_at));
    AppendRow(out, "Size", ShowBytes(index.bytes));
    out += "</table>\n";
  } else {
    fmt::format_to(Out(out), "<p class=\"note\">Not open: {}</p>\n", EscapeHtml(index.unavailable));
  }
  AppendJob(out, index);
  out += "</section>\n";
}

void AppendServer(std::string& out, const http::ServerCounts& server) {
  out += "<section>\n<h2>Server</h2>\n<table>\n";
  AppendRow(out, "Version", fmt::format("{} <code>{:.12}</code>", kVersion, kCommitSha));
  AppendRow(out, "Requests", Count(server.requests));
  AppendRow(out, "Refused for overload", Count(server.rejected));
  AppendRow(out, "Connections", Count(server.connections));
  AppendRow(out, "Searches", fmt::format("{} run, {} wait", Count(server.running), Count(server.queued)));
  out += "</table>\n</section>\n";
}

void AppendQueries(std::string& out, std::string_view name, const std::vector<QueryCounts::Line>& lines) {
  fmt::format_to(Out(out), "<h3>{}</h3>\n", name);
  if (lines.empty()) {
    out += "<p class=\"hint\">Nothing that five people or more asked in one day.</p>\n";
    return;
  }
  out +=
      "<table>\n<thead><tr><th scope=\"col\">Query</th><th scope=\"col\">Index</th><th "
      "scope=\"col\">People</th></tr></thead>\n<tbody>\n";
  for (const QueryCounts::Line& line : lines) {
    fmt::format_to(Out(out), "<tr><td dir=\"auto\">{}</td><td>{}</td><td>{}</td></tr>\n",
                   EscapeHtml(line.query), EscapeHtml(line.index), Count(line.people));
  }
  out += "</tbody>\n</table>\n";
}

void AppendAsked(std::string& out, const std::optional<QueryCounts::Report>& asked) {
  out += "<section>\n<h2>What is searched for</h2>\n";
  if (asked) {
    AppendQueries(out, "Most often", asked->top);
    AppendQueries(out, "And nothing found", asked->without_hits);
  } else {
    out +=
        "<p class=\"hint\">Queries are not counted; searchd.count_queries = true counts them without keeping "
        "who asked.</p>\n";
  }
  out += "</section>\n";
}

}  // namespace

std::string RenderStatusPage(const StatusPage& page) {
  PageFrame frame;
  frame.texts = &English();
  std::string out;
  AppendHead(out, frame, "Quipu: status", false);
  out += "<body class=\"status\">\n";
  AppendForm(out, page);
  out += "<main id=\"main\">\n";
  AppendExplained(out, page);
  for (const IndexStatus& index : page.indexes) AppendIndex(out, index);
  if (page.indexes.empty()) out += "<p class=\"hint\">No index is configured.</p>\n";
  AppendAsked(out, page.asked);
  AppendServer(out, page.server);
  AppendEnd(out, frame);
  return out;
}

}  // namespace quipu::searchd
