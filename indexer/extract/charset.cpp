// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/charset.h"

#include <iconv.h>
#include <uchardet.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kSampleBytes = 256ULL << 10;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct Mark {
  std::string_view bytes;
  const char* charset;
};
// UTF-32 first: its little-endian mark begins with that of UTF-16.
constexpr std::array kMarks = {
    Mark{"\xEF\xBB\xBF"sv, "UTF-8"},        Mark{"\xFF\xFE\x00\x00"sv, "UTF-32LE"},
    Mark{"\x00\x00\xFE\xFF"sv, "UTF-32BE"}, Mark{"\xFF\xFE"sv, "UTF-16LE"},
    Mark{"\xFE\xFF"sv, "UTF-16BE"},
};

/// An open iconv converter to UTF-8.
class Converter {
 public:
  explicit Converter(const std::string& charset) : handle_(iconv_open("UTF-8", charset.c_str())) {}
  ~Converter() {
    if (ok()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  bool ok() const { return handle_ != reinterpret_cast<iconv_t>(-1); }  // NOLINT(performance-no-int-to-ptr)

  std::string Convert(std::string_view bytes, std::size_t unit) {
    std::string out;
    std::array<char, 16384> buffer{};
    char* in = const_cast<char*>(bytes.data());  // NOLINT: iconv's signature; it does not write
    std::size_t left = bytes.size();
    while (left > 0) {
      char* to = buffer.data();
      std::size_t room = buffer.size();
      const std::size_t result = iconv(handle_, &in, &left, &to, &room);
      const int error = errno;
      out.append(buffer.data(), buffer.size() - room);
      if (result != static_cast<std::size_t>(-1) || error == E2BIG) continue;
      out += kReplacement;
      const std::size_t skip = std::min(left, unit);
      in += skip;
      left -= skip;
    }
    return out;
  }

 private:
  iconv_t handle_;
};

std::string WithReplacements(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const CodePoint c = DecodeUtf8(utf8, at);
    out += c.valid ? utf8.substr(at, c.size) : kReplacement;
    at += c.size;
  }
  return out;
}

std::size_t UnitOf(std::string_view charset) {
  if (charset.substr(0, 6) == "UTF-32") return 4;
  return charset.substr(0, 6) == "UTF-16" ? 2 : 1;
}

DecodedText Convert(std::string_view bytes, const std::string& charset) {
  if (charset == "UTF-8") return {IsValidUtf8(bytes) ? std::string(bytes) : WithReplacements(bytes), charset};
  Converter converter(charset);
  if (!converter.ok()) return {WithReplacements(bytes), "UTF-8"};
  return {converter.Convert(bytes, UnitOf(charset)), charset};
}

/// UTF-16 or UTF-32 without a mark: Latin text has its NULs always at the same places.
const char* GuessWide(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, 4096 & ~3ULL);
  if (sample.size() < 4) return nullptr;
  std::array<std::size_t, 4> nuls{};
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample[i] == '\0') ++nuls[i % 4];
  }
  const std::size_t quarter = sample.size() / 4;
  const auto most = [quarter](std::size_t n) { return n * 10 >= quarter * 7; };
  const auto few = [quarter](std::size_t n) { return n * 20 <= quarter; };
  if (most(nuls[1]) && most(nuls[2]) && most(nuls[3]) && few(nuls[0])) return "UTF-32LE";
  if (most(nuls[0]) && most(nuls[1]) && most(nuls[2]) && few(nuls[3])) return "UTF-32BE";
  if (most(nuls[1]) && most(nuls[3]) && few(nuls[0]) && few(nuls[2])) return "UTF-16LE";
  if (most(nuls[0]) && most(nuls[2]) && few(nuls[1]) && few(nuls[3])) return "UTF-16BE";
  return nullptr;
}

/// What the bytes are as UTF-8, in a sample: characters of several bytes, and faults.
struct Utf8Tally {
  std::size_t wide = 0;
  std::size_t faults = 0;
};
Utf8Tally TallyUtf8(std::string_view bytes) {
  Utf8Tally tally;
  for (std::size_t at = 0; at < bytes.size();) {
    if ((bytes[at] & 0x80) == 0) {  // nearly all: not worth a call
      ++at;
      continue;
    }
    const CodePoint c = DecodeUtf8(bytes, at);
    if (!c.valid) ++tally.faults;
    if (c.valid && c.size > 1) ++tally.wide;
    at += c.size;
  }
  return tally;
}

std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

/// Browsers read Latin-1 as windows-1252, since that is what pages and files hold. Others have one name
/// for iconv and another in the wild.
std::string UsableName(std::string_view name) {
  const std::string upper = Upper(name);
  if (upper == "ISO-8859-1" || upper == "LATIN1" || upper == "ASCII" || upper == "US-ASCII")
    return "WINDOWS-1252";
  if (upper == "ISO-8859-9") return "WINDOWS-1254";
  if (upper == "TIS-620" || upper == "ISO-8859-11") return "WINDOWS-874";
  if (upper == "GB2312" || upper == "GBK") return "GB18030";
  if (upper == "SHIFT_JIS" || upper == "SHIFT-JIS" || upper == "X-SJIS") return "CP932";
  if (upper == "EUC-KR" || upper == "KS_C_5601-1987") return "UHC";
  if (upper == "BIG5") return "BIG5-HKSCS";
  if (upper == "UTF8") return "UTF-8";
  if (upper == "X-MAC-CYRILLIC") return "MAC-CYRILLIC";
  return upper;
}

bool IsLatin(std::string_view charset) {
  constexpr std::array<std::string_view, 14> kOthers = {
      "WINDOWS-1251", "KOI8-R",       "ISO-8859-5",  "IBM855",       "IBM866",
      "MAC-CYRILLIC", "WINDOWS-1253", "ISO-8859-7",  "WINDOWS-1255", "ISO-8859-8",
      "WINDOWS-1256", "ISO-8859-6",   "WINDOWS-874", "VISCII"};
  return std::find(kOthers.begin(), kOthers.end(), charset) == kOthers.end();
}

/// In scripts other than Latin most letters are high bytes; a few among ASCII letters are accents, and
/// the detector's bolder guesses about them are wrong more often than windows-1252 is.
bool MostlyAscii(std::string_view bytes) {
  std::size_t high = 0;
  std::size_t letters = 0;
  for (const char c : bytes) {
    const char lower = static_cast<char>(c | 0x20);
    if ((static_cast<unsigned char>(c) & 0x80) != 0) ++high;
    if (lower >= 'a' && lower <= 'z') ++letters;
  }
  return high * 5 < letters;
}

std::string DetectCharset(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, kSampleBytes);
  const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(), &uchardet_delete);
  if (!detector || uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0)
    return "WINDOWS-1252";
  uchardet_data_end(detector.get());
  const std::string name = UsableName(uchardet_get_charset(detector.get()));
  if (name.empty() || name == "UTF-8") return "WINDOWS-1252";
  if (!IsLatin(name) && MostlyAscii(sample)) return "WINDOWS-1252";
  return Converter(name).ok() ? name : "WINDOWS-1252";
}

/// ISO-2022 is 7-bit: as UTF-8 it is valid and wrong.
bool HasEscapes(std::string_view bytes) {
  return bytes.substr(0, kSampleBytes).find("\x1B$"sv) != std::string_view::npos;
}

}  // namespace

DecodedText DecodeText(std::string_view bytes, std::string_view declared) {
  for (const Mark& mark : kMarks) {
    if (bytes.substr(0, mark.bytes.size()) == mark.bytes)
      return Convert(bytes.substr(mark.bytes.size()), mark.charset);
  }
  if (const char* wide = GuessWide(bytes)) return Convert(bytes, wide);
  if (HasEscapes(bytes)) {
    const std::string charset = DetectCharset(bytes);
    if (charset.substr(0, 8) == "ISO-2022") return Convert(bytes, charset);
  }
  // A file of mostly good UTF-8 with a stray byte is a damaged UTF-8 file, not one in another charset.
  const Utf8Tally tally = TallyUtf8(bytes.substr(0, kSampleBytes * 4));
  if (tally.faults == 0 || tally.faults * 20 < tally.wide) return Convert(bytes, "UTF-8");
  std::string charset = UsableName(declared);
  if (charset.empty() || UnitOf(charset) > 1 || charset == "UTF-8" || !Converter(charset).ok())
    charset = DetectCharset(bytes);
  return Convert(bytes, charset);
}

bool LooksLikeText(std::string_view utf8) {
  const std::string_view sample = utf8.substr(0, 65536);
  std::size_t junk = 0;
  std::size_t all = 0;
  for (std::size_t at = 0; at < sample.size(); ++all) {
    if (sample[at] >= ' ' && sample[at] < '\x7F') {  // nearly all: not worth a call
      ++at;
      continue;
    }
    const CodePoint c = DecodeUtf8(sample, at);
    at += c.size;
    if (c.value == 0) return false;
    if (IsControl(c.value) || c.value == 0xFFFD) ++junk;
  }
  return junk * 50 <= all;
}

void PreloadCharsets() {
  for (const char* name :
       {"WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1255",
        "WINDOWS-1256", "WINDOWS-1257", "ISO-8859-2",   "ISO-8859-15",  "KOI8-R",       "KOI8-U",
        "CP932",        "EUC-JP",       "GB18030",      "BIG5-HKSCS",   "UHC",          "WINDOWS-874",
        "WINDOWS-1258", "MACINTOSH",    "MAC-CYRILLIC", "CP437",        "CP850",        "CP866",
        "JOHAB",        "ISO-8859-5"}) {
    // Never closed: the C library unloads a converter that nobody holds.
    [[maybe_unused]] const iconv_t held = iconv_open("UTF-8", name);
  }
}

}  // namespace quipu::extract
