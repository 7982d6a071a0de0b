#include "dbctl/catalog/nodes.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/dsl/expand.hpp"
#include "dbctl/dsl/seeder.hpp"

namespace dbctl::catalog {
namespace {

std::vector<std::string> texts(const dsl::Few<std::string_view>& few) {
  return {few.items.begin(), few.items.begin() + static_cast<std::ptrdiff_t>(few.size)};
}

Lookup lookup_of(const dsl::Lookup& l) {
  Lookup out{std::string(l.table), texts(l.columns), {}, texts(l.fields), std::string(l.wanted)};
  for (std::size_t i = 0; i < l.keys; ++i) out.key.push_back(dsl::value_of(l.key[i]));
  return out;
}

Cell cell_of(const dsl::Cell& c) {
  if (c.is_lookup) return lookup_of(c.lookup);
  return dsl::value_of(c.value);
}

class GeneratedRow final : public dsl::Row {
 public:
  explicit GeneratedRow(SeedRow& row) : row_(row) {}
  dsl::Row& set(std::string_view column, const dsl::Cell& cell) override {
    row_.columns.emplace_back(column);
    row_.cells.push_back(cell_of(cell));
    return *this;
  }

 private:
  SeedRow& row_;
};

class Collector final : public dsl::SeederSink {
 public:
  Collector(std::string_view seeder, const dsl::EmbeddedFile* files) : seeder_(seeder), files_(files) {}

  void into(const dsl::IntoHead& head, const std::string_view* columns, std::size_t n, const dsl::Cell* cells,
            std::size_t rows) override {
    Seeding s;
    s.table = head.table;
    s.unique_by = texts(head.key);
    for (std::size_t r = 0; r < rows; ++r) {
      SeedRow row{{columns, columns + n}, {}};
      for (std::size_t i = 0; i < n; ++i) row.cells.push_back(cell_of(cells[r * n + i]));
      s.rows.push_back(std::move(row));
    }
    for (std::size_t i = 0; i < head.generated; ++i) {
      GeneratedRow row(s.rows.emplace_back());
      head.generator(row, i);
    }
    if (!head.file.empty()) embed(s, head.file);
    for (std::size_t i = 0; i < head.resolves.size; ++i) {
      const auto& r = head.resolves.items[i];
      s.resolve.emplace_back(std::string(r.column), lookup_of(r.lookup));
    }
    for (auto& name : texts(head.dependencies))
      if (std::find(body_.after.begin(), body_.after.end(), name) == body_.after.end()) body_.after.push_back(name);
    body_.essential = body_.essential || head.is_essential;
    body_.seedings.push_back(std::move(s));
  }

  SeederBody take() { return std::move(body_); }

 private:
  void embed(Seeding& s, std::string_view path) const {
    std::vector<std::string> known;
    for (const auto* f = files_; f != nullptr; f = f->next) {
      if (f->path == path) {
        s.data_file = std::string(path);
        s.data = {f->begin, static_cast<std::size_t>(f->end - f->begin)};
        return;
      }
      known.emplace_back(f->path);
    }
    throw Error(codes::seed_data, {.summary = std::string(seeder_) + " reads " + std::string(path) +
                                              ", which is not among its domain's data files",
                                   .why = text::did_you_mean(path, known),
                                   .next = {"put the file below the seeders' data folder and build again"}});
  }

  std::string_view seeder_;
  const dsl::EmbeddedFile* files_;
  SeederBody body_;
};

/// The number that the file's name begins with; whether it is a version is the catalog's business.
std::uint64_t version_of(std::string_view file) {
  std::uint64_t version = 0;
  for (const char c : file.substr(file.rfind('/') + 1)) {  // npos + 1 is 0
    if (c < '0' || c > '9') break;
    version = version * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return version;
}

}  // namespace

void register_nodes(Catalog& catalog, std::string_view domain, const dsl::MigrationNode* migrations,
                    const dsl::SeederNode* seeders, const dsl::EmbeddedFile* files) {
  // The list is in the order in which the linker saw the files. Theirs is the catalog's, which finds it easiest so.
  std::vector<std::pair<std::uint64_t, const dsl::MigrationNode*>> nodes;
  for (const auto* m = migrations; m != nullptr; m = m->next) nodes.emplace_back(version_of(m->file), m);
  std::ranges::sort(nodes, {}, [](const auto& node) { return node.first; });
  for (const auto& [version, m] : nodes)
    catalog.add_migration(domain, m->file, [m = m] {
      auto expanded = dsl::expand(*m);
      return Body{std::move(expanded.up), std::move(expanded.down)};
    });
  for (const auto* s = seeders; s != nullptr; s = s->next)
    catalog.add_seeder(domain, s->file, s->name, [s, files] {
      Collector collector(s->name, files);
      s->expand(s->parts, collector);
      return collector.take();
    });
}

}  // namespace dbctl::catalog
