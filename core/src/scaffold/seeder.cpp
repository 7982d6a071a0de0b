#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/scaffold/scaffold.hpp"
#include "dbctl/schema/coerce.hpp"
#include "scaffold/names.hpp"
#include "scaffold/references.hpp"
#include "scaffold/rows.hpp"

namespace dbctl::scaffold {
namespace {

using schema::Table;

std::string quoted_list(const std::vector<std::string>& names) {
  std::string code;
  for (const auto& name : names) code += (code.empty() ? "" : ", ") + literal(name);
  return code;
}

std::string file_code(const std::string& name, const std::string& into) {
  return fmt::format(
      "#include <dbctl/seeder.hpp>\n\nnamespace {{\nusing namespace dbctl::dsl;\n\n"
      "const seeder {}{{\"{}\",\n    {}}};\n}}  // namespace\n",
      snake(name), name, into);
}

std::string into_code(const Table& table, const std::vector<std::string>& unique_by,
                      const std::vector<std::string>& after) {
  auto code = fmt::format("into(\"{}\").unique_by({})", table.name, quoted_list(unique_by));
  if (!after.empty()) code += fmt::format(".after({})", quoted_list(after));
  return code;
}

std::string rows_code(const Rows& rows) {
  auto code = fmt::format("\n        .columns({})", quoted_list(rows.columns));
  for (const auto& cells : rows.cells) code += fmt::format("\n        .row({})", text::join(cells, ", "));
  return code;
}

/// --data: the rows are in a file, whose fields are columns or name a row of another table.
class FromData {
 public:
  FromData(const Table& table, const schema::Schema& schema, const std::map<std::string, Seeded>& seeded,
           std::vector<seed::Record> records, std::string file)
      : table_(table), schema_(schema), seeded_(seeded), records_(std::move(records)), file_(std::move(file)) {
    if (records_.empty()) refuse("the data file has no rows", {});
    for (const auto& record : records_)
      for (const auto& [name, value] : record) fields_.insert(name);
  }

  std::string resolves() {
    std::string code;
    for (const auto& key : table_.foreign_keys) {
      if (key.columns.size() != 1 || fields_.contains(key.columns.front())) continue;
      const auto found = seeded_.find(key.references);
      const auto name = alias(key);
      if (found == seeded_.end() || name.empty()) continue;
      code += fmt::format("\n        .resolve(\"{}\", lookup(\"{}\").by(\"{}\").from(\"{}\"))", key.columns.front(),
                          key.references, column_for(found->second, name), name);
      resolved_.insert(name);
    }
    return code;
  }

  std::vector<std::string> unique_by() const {
    auto key = natural_key(table_);
    if (std::ranges::all_of(key, [&](const auto& column) { return fields_.contains(column); })) return key;
    for (const auto& column : table_.columns)
      if (fields_.contains(column.name) && distinct(column.name)) return {column.name};
    refuse("no field of the data finds its row again", {"add a field whose values differ: a slug, a code, an id"});
  }

  /// Every field is a column or resolved, every value fits.
  void check() const {
    std::vector<std::string> columns;
    for (const auto& column : table_.columns) columns.push_back(column.name);
    std::size_t n = 0;
    for (const auto& record : records_) {
      ++n;
      for (const auto& [name, value] : record) {
        const auto* column = table_.find_column(name);
        if (column == nullptr && !resolved_.contains(name))
          refuse(fmt::format("\"{}\" is no column of {}", name, table_.name), {text::did_you_mean(name, columns)}, n);
        if (column == nullptr) continue;
        try {
          schema::coerce(value, column->type);
        } catch (const std::invalid_argument& problem) {
          refuse(fmt::format("the value of \"{}\" does not fit", name), {problem.what()}, n);
        }
      }
    }
  }

 private:
  [[noreturn]] void refuse(std::string summary, std::vector<std::string> next, std::size_t row = 0) const {
    throw Error(codes::seed_data, {.summary = std::move(summary),
                                   .where = row == 0 ? file_ : fmt::format("{}, row {}", file_, row),
                                   .next = std::move(next)});
  }

  /// "category" for category_id.
  std::string alias(const schema::ForeignKey& key) const {
    const auto& column = key.columns.front();
    for (const auto& name :
         {column.ends_with("_id") ? column.substr(0, column.size() - 3) : column, singular(key.references)})
      if (fields_.contains(name) && table_.find_column(name) == nullptr) return name;
    return {};
  }

  /// The column of the other seeder's rows that holds what the field says.
  std::string column_for(const Seeded& other, const std::string& name) const {
    const auto* value = field(records_.front(), name);
    for (const auto& row : other.rows)
      for (const auto& [column, found] : row)
        if (value != nullptr && to_text(found) == to_text(*value)) return column;
    return other.unique_by.empty() ? "id" : other.unique_by.front();
  }

  bool distinct(const std::string& column) const {
    std::set<std::string> seen;
    return std::ranges::all_of(records_, [&](const auto& record) {
      const auto* value = field(record, column);
      return value != nullptr && !is_null(*value) && seen.insert(to_text(*value)).second;
    });
  }

  const Table& table_;
  const schema::Schema& schema_;
  const std::map<std::string, Seeded>& seeded_;
  std::vector<seed::Record> records_;
  std::string file_;
  std::set<std::string> fields_, resolved_;
};

std::string seeder_name(const std::string& given) {
  auto name = type_name(given, "seeder", "ProductSeeder");
  if (is_cpp_keyword(snake(name)))
    throw Error(codes::make_name, {.summary = fmt::format("\"{}\" is a keyword of C++", snake(name)),
                                   .where = "NAME",
                                   .next = {name + "Seeder"}});
  return name;
}

void refuse_another(const catalog::Catalog& catalog, const std::string& name, const std::filesystem::path& file) {
  for (const auto& seeder : catalog.seeders())
    if (seeder.name == name && std::filesystem::path(seeder.file).filename() != file.filename())
      throw Error(codes::make_exists, {.summary = fmt::format("there is a seeder {} already", name),
                                       .where = seeder.file,
                                       .next = {"choose another name"}});
}

}  // namespace

Draft make_seeder(const SeederRequest& request, const catalog::Catalog& catalog, const schema::Schema& schema,
                  const Place& place) {
  const auto name = seeder_name(request.name);
  const auto* table = schema.find(request.table);
  if (table == nullptr)
    throw Error(codes::make_schema, {.summary = fmt::format("no migration creates the table {}", request.table),
                                     .where = "--table",
                                     .next = {text::did_you_mean(request.table, schema.tables.names())}});
  const auto file = place.seeders / (snake(name) + ".cpp");
  refuse_another(catalog, name, file);
  const auto seeded = seeded_before(catalog, name, request.after);
  Draft draft;
  if (request.data_file.empty()) {
    auto rows = made_up_rows(*table, schema, seeded, catalog);
    draft.files.push_back({file, file_code(name, into_code(*table, rows.unique_by, request.after) + rows_code(rows))});
    draft.notes = std::move(rows.notes);
    return draft;
  }
  if (!seed::is_data_file(request.data_file))
    throw Error(codes::seed_data, {.summary = fmt::format("{} is no .json, .csv or .yaml file", request.data_file),
                                   .where = "--data",
                                   .next = {"the end of its name says how it is read"}});
  const auto data = "data/" + std::filesystem::path(request.data_file).filename().string();
  FromData from(*table, schema, seeded, seed::parse_data(request.data, request.data_file), request.data_file);
  const auto resolves = from.resolves();
  from.check();
  draft.files.push_back({file, file_code(name, into_code(*table, from.unique_by(), request.after) + resolves +
                                                   fmt::format("\n        .rows_from(\"{}\")", data))});
  std::error_code none;  // a file that is already where it belongs stays as it is
  if (!std::filesystem::equivalent(place.seeders / data, request.data_file, none))
    draft.files.push_back({place.seeders / data, request.data});
  return draft;
}

}  // namespace dbctl::scaffold
