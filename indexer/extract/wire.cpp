// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/wire.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "indexer/extract/cbor_limits.h"
#include "indexer/extract/member_path.h"
#include "indexer/extract/reading.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

using nlohmann::json;

Error Unreadable() { return {Code::kInternal, "the extraction process gave an unreadable answer"}; }

Result<json> Parse(std::string_view cbor) {
  if (!CborWithinLimits(cbor, {})) return Unreadable();
  json value = json::from_cbor(cbor.begin(), cbor.end(), true, false);
  if (!value.is_object()) return Unreadable();
  return value;
}

std::string Dump(const json& value) {
  std::string out;
  json::to_cbor(value, nlohmann::detail::output_adapter<char>(out));
  return out;
}

std::string Text(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t Number(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

bool Flag(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

json ToJson(const schema::Scalar& scalar) {
  return std::visit([](const auto& value) { return json(value); }, scalar);
}

json ToJson(const schema::FieldValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* list = std::get_if<std::vector<schema::Scalar>>(&value)) {
    json array = json::array();
    for (const schema::Scalar& scalar : *list) array.push_back(ToJson(scalar));
    return array;
  }
  return nullptr;
}

bool ReadScalar(const json& value, schema::Scalar& out) {
  if (value.is_string()) out = value.get<std::string>();
  if (value.is_number()) out = value.get<double>();
  if (value.is_boolean()) out = value.get<bool>();
  return value.is_string() || value.is_number() || value.is_boolean();
}

bool ReadField(const json& value, schema::FieldValue& out) {
  schema::Scalar scalar;
  if (ReadScalar(value, scalar)) {
    std::visit([&out](auto& inner) { out = std::move(inner); }, scalar);
    return true;
  }
  if (!value.is_array() || value.size() > kMaxFieldValues) return false;
  std::vector<schema::Scalar> list;
  for (const json& element : value) {
    if (!ReadScalar(element, scalar)) return false;
    list.push_back(scalar);
  }
  out = std::move(list);
  return true;
}

json SegmentsToJson(const std::vector<schema::Segment>& segments) {
  json array = json::array();
  for (const schema::Segment& segment : segments) {
    array.push_back(json::array({segment.begin, segment.page, segment.anchor, segment.heading}));
  }
  return array;
}

bool IsBoundary(const std::string& body, std::size_t at) {
  return at < body.size() && (static_cast<unsigned char>(body[at]) & 0xC0) != 0x80;
}

bool ReadSegments(const json& array, schema::Document& document) {
  if (!array.is_array()) return false;
  std::uint32_t last = 0;
  for (const json& row : array) {
    if (!row.is_array() || row.size() != 4 || !row[0].is_number_unsigned() || !row[1].is_number_unsigned() ||
        !row[2].is_string() || !row[3].is_string()) {
      return false;
    }
    const auto begin = row[0].get<std::uint64_t>();
    const auto page = row[1].get<std::uint64_t>();
    if (begin < last || begin >= document.body.size() || page > UINT32_MAX) return false;
    if (!IsBoundary(document.body, begin)) return false;
    last = static_cast<std::uint32_t>(begin);
    document.segments.push_back({.begin = last,
                                 .page = static_cast<std::uint32_t>(page),
                                 .anchor = row[2].get<std::string>(),
                                 .heading = row[3].get<std::string>()});
  }
  return true;
}

bool ReadFields(const json& object, schema::Document& document) {
  if (!object.is_object() || object.size() > kMaxFieldValues) return false;
  for (const auto& [name, value] : object.items()) {
    schema::FieldValue field;
    if (!ReadField(value, field)) return false;
    document.fields.emplace(name, std::move(field));
  }
  return true;
}

json LinksToJson(const std::vector<Link>& links) {
  json array = json::array();
  for (const Link& link : links) array.push_back(json::array({link.url, link.date, link.is_sitemap}));
  return array;
}

bool ReadLinks(const json& answer, PageLinks& page) {
  page.base = TidyLine(Text(answer, "base"), kMaxLinkBytes);
  page.canonical = TidyLine(Text(answer, "canonical"), kMaxLinkBytes);
  page.nofollow = Flag(answer, "nofollow");
  page.is_feed = Flag(answer, "feed");
  const json links = answer.value("links", json::array());
  if (!links.is_array() || links.size() > kMaxListLinks) return false;
  for (const json& row : links) {
    if (!row.is_array() || row.size() != 3 || !row[0].is_string() || !row[1].is_string() ||
        !row[2].is_boolean())
      return false;
    page.links.push_back({.url = TidyLine(row[0].get<std::string>(), kMaxLinkBytes),
                          .date = TidyLine(row[1].get<std::string>(), 64),
                          .is_sitemap = row[2].get<bool>()});
  }
  return true;
}

}  // namespace

std::string EncodeGreeting(const Greeting& greeting) { return Dump(json{{"memory", greeting.memory_bytes}}); }

Result<Greeting> DecodeGreeting(std::string_view cbor) {
  auto message = Parse(cbor);
  if (!message) return message.error();
  return Greeting{.memory_bytes = Number(*message, "memory")};
}

std::string EncodeTask(const TaskMessage& task) {
  return Dump(json{{"name", task.name},
                   {"language", task.language},
                   {"charset", task.charset},
                   {"max", task.max_bytes},
                   {"wanted", static_cast<std::uint64_t>(task.wanted)},
                   {"time", task.time_ms},
                   {"members", task.members},
                   {"membersTime", task.members_ms},
                   {"resumeAt", task.resume_at},
                   {"blame", task.blame}});
}

Result<TaskMessage> DecodeTask(std::string_view cbor) {
  auto message = Parse(cbor);
  if (!message) return message.error();
  const std::uint64_t wanted = Number(*message, "wanted");
  if (wanted > static_cast<std::uint64_t>(Wanted::kUrlList)) return Unreadable();
  return TaskMessage{.name = Text(*message, "name"),
                     .language = Text(*message, "language"),
                     .charset = Text(*message, "charset"),
                     .max_bytes = Number(*message, "max"),
                     .wanted = static_cast<Wanted>(wanted),
                     .time_ms = Number(*message, "time"),
                     .members = Flag(*message, "members"),
                     .members_ms = Number(*message, "membersTime"),
                     .resume_at = Number(*message, "resumeAt"),
                     .blame = Text(*message, "blame")};
}

std::string EncodeAnswer(const AnswerMessage& message) {
  const auto kind = static_cast<std::uint64_t>(message.kind);
  if (message.kind == AnswerMessage::Kind::kBegin)
    return Dump(json{{"kind", kind}, {"number", message.number}});
  const Extracted& extracted = message.extracted;
  const schema::Document& document = extracted.document;
  json fields = json::object();
  for (const auto& [name, value] : document.fields) fields[name] = ToJson(value);
  return Dump(json{{"state", static_cast<std::uint64_t>(extracted.state)},
                   {"kind", kind},
                   {"path", message.path},
                   {"last", message.last},
                   {"ms", static_cast<std::uint64_t>(extracted.elapsed.count())},
                   {"reason", extracted.reason},
                   {"title", document.title},
                   {"body", document.body},
                   {"language", document.language},
                   {"date", document.date},
                   {"type", document.type},
                   {"fields", std::move(fields)},
                   {"segments", SegmentsToJson(document.segments)},
                   {"base", extracted.links.base},
                   {"canonical", extracted.links.canonical},
                   {"nofollow", extracted.links.nofollow},
                   {"feed", extracted.links.is_feed},
                   {"links", LinksToJson(extracted.links.links)}});
}

namespace {

bool ReadExtracted(const json& answer, Extracted& extracted) {
  const auto state = answer.find("state");
  if (state == answer.end() || !state->is_number_unsigned()) return false;
  const auto number = state->get<std::uint64_t>();
  if (number > static_cast<std::uint64_t>(State::kSkipped)) return false;
  extracted.state = static_cast<State>(number);
  extracted.reason = TidyLine(Text(answer, "reason"), kMaxFieldBytes);
  extracted.elapsed = std::chrono::milliseconds(std::min<std::uint64_t>(Number(answer, "ms"), 1U << 31));
  schema::Document& document = extracted.document;
  document.title = TidyLine(Text(answer, "title"), kMaxFieldBytes);
  document.body = Text(answer, "body");
  document.language = TidyLine(Text(answer, "language"), 16);
  document.date = TidyLine(Text(answer, "date"), 64);
  document.type = TidyLine(Text(answer, "type"), 128);
  return ReadFields(answer.value("fields", json::object()), document) &&
         ReadSegments(answer.value("segments", json::array()), document) && ReadLinks(answer, extracted.links);
}

}  // namespace

Result<AnswerMessage> DecodeAnswer(std::string_view cbor) {
  if (cbor.size() > kMaxAnswerBytes) return Unreadable();
  auto message = Parse(cbor);
  if (!message) return message.error();
  const json& answer = *message;
  AnswerMessage decoded;
  const std::uint64_t kind = Number(answer, "kind");
  if (kind > static_cast<std::uint64_t>(AnswerMessage::Kind::kBegin)) return Unreadable();
  decoded.kind = static_cast<AnswerMessage::Kind>(kind);
  decoded.number = Number(answer, "number");
  if (decoded.kind == AnswerMessage::Kind::kBegin) return decoded;
  decoded.last = Flag(answer, "last");
  // A process that was taken over must not choose ids freely.
  if (decoded.kind == AnswerMessage::Kind::kMember) decoded.path = SafeMemberPath(Text(answer, "path"));
  if (!ReadExtracted(answer, decoded.extracted)) return Unreadable();
  return decoded;
}

std::string EncodeLayers(const std::vector<SandboxLayer>& layers) {
  json array = json::array();
  for (const SandboxLayer& layer : layers)
    array.push_back(json::array({layer.name, layer.active, layer.detail}));
  return Dump(json{{"layers", std::move(array)}});
}

Result<std::vector<SandboxLayer>> DecodeLayers(std::string_view cbor) {
  auto message = Parse(cbor);
  if (!message) return message.error();
  std::vector<SandboxLayer> layers;
  for (const json& row : message->value("layers", json::array())) {
    if (!row.is_array() || row.size() != 3 || !row[0].is_string() || !row[1].is_boolean() ||
        !row[2].is_string())
      return Unreadable();
    layers.push_back({.name = row[0].get<std::string>(),
                      .active = row[1].get<bool>(),
                      .detail = row[2].get<std::string>()});
  }
  return layers;
}

}  // namespace quipu::extract
