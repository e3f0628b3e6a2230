// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/filter/ocr.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "indexer/extract/utf8.h"
#include "indexer/filter/child_program.h"
#include "indexer/filter/private_folder.h"

namespace quipu::filter {
namespace {

using Clock = std::chrono::steady_clock;
using extract::Extracted;
using extract::FileTask;
using extract::State;

constexpr int kTotalTime = 10;  // times that of one page
constexpr std::size_t kMaxLanguages = 4;

Extracted Empty(std::string reason, const std::string& type) {
  Extracted extracted;
  extracted.state = State::kEmpty;
  extracted.reason = std::move(reason);
  extracted.document.type = type;
  return extracted;
}

/// The lines of a text.
std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// Reads one file's pages.
class Ocr {
 public:
  Ocr(const OcrSetup& setup, const FileTask& task, const std::string& type)
      : setup_(setup), task_(task), type_(type), deadline_(Clock::now() + kTotalTime * setup.timeout) {}

  Extracted Run() {
    const bool pdf = type_ == "pdf";
    for (const char* program : {"tesseract", "pdftoppm"}) {
      if (!FindProgram(program).empty() || (!pdf && program == std::string("pdftoppm"))) continue;
      return Empty(fmt::format("needs OCR, and {} is not installed", program), type_);
    }
    languages_ = Languages();
    copy_ = folder_.Copy(task_.fd, task_.max_bytes, "input");
    if (!pdf) {
      Page(copy_, 0);
      return Finish();
    }
    for (int page = 1; !ended_; ++page) {
      if (page > kMaxOcrPages) {
        shortfall_ = fmt::format("only the first {} pages were read", kMaxOcrPages);
        break;
      }
      if (Clock::now() >= deadline_) {
        shortfall_ = fmt::format("out of time after {} pages", page - 1);
        break;
      }
      PdfPage(page);
    }
    return Finish();
  }

 private:
  ChildResult Call(std::vector<std::string> command) const {
    ChildTask child;
    child.command = std::move(command);
    child.folder = folder_.path();
    child.timeout = setup_.timeout;
    child.stop = setup_.stop;
    return RunChild(child);
  }

  /// What the source says, if tesseract has it, else all that is installed: it tells them apart itself.
  std::string Languages() const {
    const ChildResult listed = Call({"tesseract", "--list-langs"});
    std::vector<std::string> lines = Lines(listed.output);
    const std::string wanted = TesseractLanguage(task_.language);
    if (std::find(lines.begin(), lines.end(), wanted) != lines.end()) return wanted;
    std::string languages;
    std::size_t count = 0;
    for (const std::string& line : lines) {
      const bool name = line.size() >= 3 && line.size() <= 12 && line != "osd" && line != "equ" &&
                        line.find_first_of(" :/") == std::string::npos;
      if (!name || ++count > kMaxLanguages) continue;
      languages += (languages.empty() ? "" : "+") + line;
    }
    return languages;
  }

  void PdfPage(int page) {
    const std::string number = std::to_string(page);
    const std::filesystem::path picture = folder_.path() / "page.png";
    const ChildResult drawn = Call({"pdftoppm", "-f", number, "-l", number, "-r", "200", "-gray", "-png",
                                    "-singlefile", copy_.string(), (folder_.path() / "page").string()});
    std::error_code error;
    // Behind the last page it draws nothing.
    if (!drawn.ok || !std::filesystem::exists(picture, error)) {
      ended_ = true;
      if (page == 1) fault_ = drawn.ok ? "no page could be drawn" : drawn.reason;
      return;
    }
    Page(picture, static_cast<std::uint32_t>(page));
    std::filesystem::remove(picture, error);
  }

  void Page(const std::filesystem::path& picture, std::uint32_t page) {
    std::vector<std::string> command = {"tesseract", picture.string(), "stdout"};
    if (!languages_.empty()) command.insert(command.end(), {"-l", languages_});
    const ChildResult read = Call(std::move(command));
    if (!read.ok) {
      if (fault_.empty()) fault_ = read.reason;
      ended_ = ended_ || setup_.stop.stop_requested();
      return;
    }
    FileTask text;
    text.fd = FileInMemory(read.output).Release();
    text.name = task_.name + ".txt";
    text.language = task_.language;
    Extracted extracted = setup_.extract(std::move(text));
    if (extracted.state == State::kIndexed || extracted.state == State::kTruncated)
      Append(std::move(extracted.document), page);
  }

  void Append(schema::Document read, std::uint32_t page) {
    schema::Document& document = result_.document;
    if (document.body.empty()) {
      document.title = std::move(read.title);
      document.language = std::move(read.language);
    } else {
      document.body += "\n\n";
    }
    if (page > 0)
      document.segments.push_back({.begin = static_cast<std::uint32_t>(document.body.size()),
                                   .page = page,
                                   .anchor = "",
                                   .heading = ""});
    document.body += read.body;
  }

  Extracted Finish() {
    if (result_.document.body.empty()) {
      if (fault_.empty()) {
        Extracted nothing = Empty("no text was recognised", type_);
        // Most pictures have none; that is no news, unlike a document without words.
        if (type_ != "pdf") nothing.state = State::kSkipped;
        return nothing;
      }
      Extracted failed = Empty("OCR failed: " + fault_, type_);
      failed.state = State::kFailed;
      return failed;
    }
    result_.document.type = type_;
    result_.state = State::kIndexed;
    if (!shortfall_.empty() || !fault_.empty()) {
      result_.state = State::kTruncated;
      result_.reason = shortfall_.empty() ? "OCR failed on a page: " + fault_ : shortfall_;
    }
    return std::move(result_);
  }

  const OcrSetup& setup_;
  const FileTask& task_;
  const std::string& type_;
  Clock::time_point deadline_;
  PrivateFolder folder_;
  std::filesystem::path copy_;
  std::string languages_;
  Extracted result_;
  std::string shortfall_;
  std::string fault_;
  bool ended_ = false;
};

}  // namespace

bool NeedsOcr(const Extracted& extracted) {
  static constexpr std::array<std::string_view, 7> kPictures = {
      "image/png", "image/jpeg", "image/tiff", "image/gif", "image/bmp", "image/webp", "image/jp2"};
  const std::string& type = extracted.document.type;
  if (type == "pdf") {
    // Scanners and Bates stamps print numbers on pages that are pictures.
    return extracted.state == State::kEmpty ||
           (extracted.state == State::kIndexed && !extract::HasLetters(extracted.document.body));
  }
  return extracted.state == State::kSkipped &&
         std::find(kPictures.begin(), kPictures.end(), type) != kPictures.end();
}

Extracted ReadWithOcr(const OcrSetup& setup, const FileTask& task, const std::string& type) {
  return Ocr(setup, task, type).Run();
}

std::string TesseractLanguage(const std::string& iso_code) {
  struct Name {
    std::string_view iso;
    std::string_view tesseract;
  };
  static constexpr std::array kNames = {
      Name{"ar", "ara"},    Name{"bg", "bul"}, Name{"ca", "cat"}, Name{"cs", "ces"}, Name{"da", "dan"},
      Name{"de", "deu"},    Name{"el", "ell"}, Name{"en", "eng"}, Name{"es", "spa"}, Name{"et", "est"},
      Name{"eu", "eus"},    Name{"fa", "fas"}, Name{"fi", "fin"}, Name{"fr", "fra"}, Name{"gl", "glg"},
      Name{"he", "heb"},    Name{"hi", "hin"}, Name{"hr", "hrv"}, Name{"hu", "hun"}, Name{"id", "ind"},
      Name{"it", "ita"},    Name{"ja", "jpn"}, Name{"ko", "kor"}, Name{"lt", "lit"}, Name{"lv", "lav"},
      Name{"nl", "nld"},    Name{"no", "nor"}, Name{"pl", "pol"}, Name{"pt", "por"}, Name{"qu", "que"},
      Name{"ro", "ron"},    Name{"ru", "rus"}, Name{"sk", "slk"}, Name{"sl", "slv"}, Name{"sr", "srp"},
      Name{"sv", "swe"},    Name{"th", "tha"}, Name{"tr", "tur"}, Name{"uk", "ukr"}, Name{"vi", "vie"},
      Name{"zh", "chi_sim"}};
  const auto* found =
      std::find_if(kNames.begin(), kNames.end(), [&](const Name& name) { return name.iso == iso_code; });
  return found == kNames.end() ? "" : std::string(found->tesseract);
}

}  // namespace quipu::filter
