// SPDX-License-Identifier: GPL-2.0-or-later
#include <unistd.h>

#include <system_error>

#include "core/config/config.h"

namespace quipu::config {
namespace {

class PathCheck {
 public:
  explicit PathCheck(const Config& config) : config_(config) {}

  void Folder(const std::string& key, const std::filesystem::path& path) { Check(key, path, true); }
  void File(const std::string& key, const std::filesystem::path& path) {
    if (!path.empty()) Check(key, path, false);
  }

  std::vector<Fault> Faults() && { return std::move(faults_); }

 private:
  void Check(const std::string& key, const std::filesystem::path& path, bool folder) {
    std::error_code failure;
    const std::filesystem::file_status status = std::filesystem::status(path, failure);
    if (status.type() == std::filesystem::file_type::not_found) {
      Add(key, path, "there is no such " + std::string(folder ? "folder" : "file"));
    } else if (failure) {
      Add(key, path, failure.message());
    } else if (std::filesystem::is_directory(status) != folder) {
      Add(key, path, folder ? "this is not a folder" : "this is a folder, not a file");
    } else if (::access(path.c_str(), folder ? R_OK | X_OK : R_OK) != 0) {
      Add(key, path, "this user may not read it");
    }
  }

  void Add(const std::string& key, const std::filesystem::path& path, const std::string& reason) {
    const auto at = config_.positions.find(key);
    Fault fault;
    if (at != config_.positions.end())
      fault = {.line = at->second.line, .column = at->second.column, .message = ""};
    fault.message = "`" + key + "`: " + path.string() + ": " + reason;
    faults_.push_back(std::move(fault));
  }

  const Config& config_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> CheckPaths(const Config& config) {
  PathCheck check(config);
  check.File("searchd.keys_file", config.searchd.keys_file);
  check.File("searchd.tls_certificate", config.searchd.tls_certificate);
  check.File("searchd.tls_key", config.searchd.tls_key);
  check.File("searchd.page_logo", config.searchd.page_logo);
  check.File("searchd.page_header_file", config.searchd.page_header_file);
  check.File("searchd.page_footer_file", config.searchd.page_footer_file);
  for (const auto& [name, index] : config.indexes) {
    const std::string prefix = "indexes." + name + ".";
    check.File(prefix + "synonyms_file", index.synonyms_file);
    check.File(prefix + "pins_file", index.pins_file);
    check.File(prefix + "relevance_file", index.relevance_file);
    check.File(prefix + "stopwords_file", index.stopwords_file);
    for (std::size_t i = 0; i < index.sources.size(); ++i) {
      const Source& source = index.sources[i];
      const std::string key = prefix + "sources[" + std::to_string(i) + "].path";
      if (source.type == SourceType::kFolder) {
        check.Folder(key, source.path);
      } else if (source.path != "-") {
        check.File(key, source.path);
      }
      check.File(prefix + "sources[" + std::to_string(i) + "].ca_file", source.ca_file);
    }
  }
  return std::move(check).Faults();
}

}  // namespace quipu::config
