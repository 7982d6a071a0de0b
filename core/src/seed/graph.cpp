#include <algorithm>
#include <map>
#include <set>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/seed/seed.hpp"

namespace dbctl::seed {
namespace {

/// All seeders by name with what they declare.
class Graph {
 public:
  explicit Graph(const catalog::Catalog& catalog) {
    for (const auto& s : catalog.seeders()) {
      const auto body = s.body();
      Node node{s.name, s.domain, s.file, body.after, {}, body.essential};
      for (const auto& seeding : body.seedings)
        if (std::find(node.tables.begin(), node.tables.end(), seeding.table) == node.tables.end())
          node.tables.push_back(seeding.table);
      nodes_.emplace(s.name, std::move(node));
    }
  }

  const Node& at(const std::string& name, const std::string& asked_by) const {
    const auto it = nodes_.find(name);
    if (it != nodes_.end()) return it->second;
    throw Error(codes::seed_unknown, {.summary = "there is no seeder " + name,
                                      .where = asked_by,
                                      .why = text::did_you_mean(name, names()),
                                      .next = {"dbctl seed --list"}});
  }
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& [name, node] : nodes_) out.push_back(name);
    return out;
  }

 private:
  std::map<std::string, Node> nodes_;
};

/// Depth first, dependencies before dependents; the path is the circle when it closes.
class Walk {
 public:
  explicit Walk(const Graph& graph) : graph_(graph) {}

  void visit(const Node& node) {
    if (done_.contains(node.name)) return;
    const auto open = std::find(path_.begin(), path_.end(), node.name);
    if (open != path_.end()) circle({open, path_.end()}, node);
    path_.push_back(node.name);
    for (const auto& dependency : node.after)
      visit(graph_.at(dependency, node.file + ", .after(\"" + dependency + "\")"));
    path_.pop_back();
    done_.insert(node.name);
    order_.push_back(node);
  }
  std::vector<Node> take() { return std::move(order_); }

 private:
  [[noreturn]] static void circle(std::vector<std::string> path, const Node& node) {
    path.push_back(node.name);
    throw Error(codes::seed_cycle, {.summary = "seeders depend on each other in a circle: " + text::join(path, " -> "),
                                    .where = node.file,
                                    .next = {"take out one .after(...) of this circle"}});
  }

  const Graph& graph_;
  std::set<std::string> done_;
  std::vector<std::string> path_;
  std::vector<Node> order_;
};

void check_protected(const std::vector<Node>& selected, const Request& request) {
  for (const auto& n : selected) {
    if (n.essential || std::find(request.only.begin(), request.only.end(), n.name) != request.only.end()) continue;
    Error error(codes::policy_essential,
                {.summary = n.name + " would run as a dependency, and it is neither essential nor named",
                 .where = n.file,
                 .why = "this environment is protected"});
    if (request.only.empty()) {
      error.add_next("mark it .essential()");
    } else {
      error.add_next("name it too: --only " + text::join(request.only, ",") + "," + n.name);
      error.add_next("or mark it .essential()");
    }
    throw error;
  }
}

}  // namespace

std::vector<Node> order(const catalog::Catalog& catalog, const Request& request) {
  const Graph graph(catalog);
  Walk walk(graph);
  const bool all = request.only.empty();
  if (all && !request.with_dependencies)
    throw Error(codes::usage, {.summary = "--no-deps says which dependencies stay out, so it needs --only",
                               .next = {"dbctl seed --only NAME --no-deps", "dbctl seed"}});
  for (const auto& name : all ? graph.names() : request.only) {
    const auto& node = graph.at(name, "");
    if (all && request.protect && !node.essential) continue;
    if (!request.domain.empty() && node.domain != request.domain) {
      if (all) continue;
      throw Error(codes::seed_unknown, {.summary = name + " is no seeder of domain " + request.domain,
                                        .where = node.file,
                                        .why = "it belongs to domain " + node.domain,
                                        .next = {"leave out --domain"}});
    }
    walk.visit(node);
  }
  auto selected = walk.take();  // in order, also where what lies between stays out
  if (!request.with_dependencies)
    std::erase_if(selected,
                  [&](const Node& n) { return std::ranges::find(request.only, n.name) == request.only.end(); });
  if (request.protect) check_protected(selected, request);
  return selected;
}

}  // namespace dbctl::seed
