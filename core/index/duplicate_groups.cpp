// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/duplicate_groups.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace quipu::index {
namespace {

using Edge = std::pair<std::uint32_t, std::uint32_t>;

/// Texts are compared if they agree in all places of one band. With ten bands of three, of texts that have
/// four fifths in common one pair in a thousand is missed.
constexpr std::size_t kBands = 10;
constexpr std::size_t kBandPlaces = 3;
/// Different texts of one band that later ones are compared with.
constexpr std::size_t kMaxCentres = 64;

/// The distinct sketches, and the documents that have each.
class Nodes {
 public:
  explicit Nodes(std::span<const Sketched> documents) : documents_(documents), order_(documents.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
    std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::tie(documents[a].sketch, documents[a].content, a) <
             std::tie(documents[b].sketch, documents[b].content, b);
    });
    for (std::uint32_t i = 0; i < order_.size(); ++i) {
      if (i == 0 || At(i).sketch != At(i - 1).sketch) begins_.push_back(i);
    }
  }

  std::uint32_t count() const { return static_cast<std::uint32_t>(begins_.size()); }
  const Sketch& sketch(std::uint32_t node) const { return At(begins_[node]).sketch; }
  std::span<const std::uint32_t> members(std::uint32_t node) const {
    const std::size_t end = node + 1 < begins_.size() ? begins_[node + 1] : order_.size();
    return std::span(order_).subspan(begins_[node], end - begins_[node]);
  }
  /// The least of its contents.
  const std::string& content(std::uint32_t node) const { return At(begins_[node]).content; }

 private:
  const Sketched& At(std::uint32_t place) const { return documents_[order_[place]]; }

  std::span<const Sketched> documents_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> begins_;
};

std::uint64_t BandKey(const Sketch& sketch, std::size_t band) {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < kBandPlaces; ++i) key = key << 16U | sketch[band * kBandPlaces + i];
  return key;
}

/// Pairs among nodes that agree in a band: each with those before it that are like none before them, so that
/// a thousand copies cost a thousand comparisons and not half a million.
void ConnectBand(const Nodes& nodes, std::span<const std::pair<std::uint64_t, std::uint32_t>> band,
                 std::vector<Edge>& edges) {
  std::vector<std::uint32_t> centres;
  for (const auto& [key, node] : band) {
    bool alone = true;
    for (const std::uint32_t centre : centres) {
      if (EqualPlaces(nodes.sketch(centre), nodes.sketch(node)) < kAlikePlaces) continue;
      edges.emplace_back(centre, node);
      alone = false;
    }
    if (alone && centres.size() < kMaxCentres) centres.push_back(node);
  }
}

std::vector<Edge> Connect(const Nodes& nodes) {
  std::vector<Edge> edges;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keys(nodes.count());
  for (std::size_t band = 0; band < kBands; ++band) {
    for (std::uint32_t node = 0; node < nodes.count(); ++node)
      keys[node] = {BandKey(nodes.sketch(node), band), node};
    std::sort(keys.begin(), keys.end());
    for (std::size_t begin = 0; begin < keys.size();) {
      std::size_t end = begin + 1;
      while (end < keys.size() && keys[end].first == keys[begin].first) ++end;
      if (end - begin > 1) ConnectBand(nodes, std::span(keys).subspan(begin, end - begin), edges);
      begin = end;
    }
  }
  const std::size_t one_way = edges.size();
  for (std::size_t i = 0; i < one_way; ++i) edges.emplace_back(edges[i].second, edges[i].first);
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

/// For each node the centre of its star: the nodes with the most neighbours come first and take those
/// neighbours that nobody has.
std::vector<std::uint32_t> Stars(std::uint32_t count, const std::vector<Edge>& edges) {
  std::vector<std::uint32_t> begins(count + 1, 0);
  for (const Edge& edge : edges) ++begins[edge.first + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  const auto degree = [&](std::uint32_t node) { return begins[node + 1] - begins[node]; };
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return degree(a) > degree(b); });
  std::vector<std::uint32_t> centre_of(count, count);
  for (const std::uint32_t node : order) {
    if (centre_of[node] != count) continue;
    centre_of[node] = node;
    for (std::uint32_t i = begins[node]; i < begins[node + 1]; ++i) {
      std::uint32_t& centre = centre_of[edges[i].second];
      if (centre == count) centre = node;
    }
  }
  return centre_of;
}

}  // namespace

std::vector<std::string> GroupDuplicates(std::span<const Sketched> documents) {
  const Nodes nodes(documents);
  const std::vector<std::uint32_t> centre_of = Stars(nodes.count(), Connect(nodes));
  std::vector<std::size_t> sizes(nodes.count(), 0);
  std::vector<std::string> keys(nodes.count());
  for (std::uint32_t node = 0; node < nodes.count(); ++node) {
    const std::uint32_t centre = centre_of[node];
    sizes[centre] += nodes.members(node).size();
    if (keys[centre].empty() || nodes.content(node) < keys[centre]) keys[centre] = nodes.content(node);
  }
  std::vector<std::string> result(documents.size());
  for (std::uint32_t node = 0; node < nodes.count(); ++node) {
    const std::uint32_t centre = centre_of[node];
    if (sizes[centre] < 2) continue;
    for (const std::uint32_t document : nodes.members(node)) result[document] = keys[centre];
  }
  return result;
}

}  // namespace quipu::index
