#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/catalog/catalog.hpp"
#include "dbctl/scaffold/fields.hpp"
#include "dbctl/schema/model.hpp"

/// Generators: from a few words to files that read as if written by hand. Drafts are pure; `write` is the only function
/// here that changes a file. Used by one thread at a time.
namespace dbctl::scaffold {

/// Where a domain keeps its sources.
struct Place {
  std::string domain;
  std::filesystem::path migrations, seeders, models;
};

struct File {
  std::filesystem::path path;
  std::string text;
};

struct Draft {
  std::vector<File> files;                         ///< what a generator wants to write
  std::vector<std::string> notes;                  ///< what it decided by itself, one sentence each
  std::vector<schema::Operation> operations = {};  ///< of its migration, if there is one
};

enum class Key : std::uint8_t { uuid, integer, dual };

/// The tables after all migrations, for a database that answers to `targets`; throws Error (schema_invalid).
DBCTL_API schema::Schema tables_of(const catalog::Catalog& catalog, const std::vector<std::string>& targets);

/// The first version that is greater than all in `taken`, not before `now`. Throws Error (make_name) when the calendar
/// has none.
DBCTL_API std::string next_version(const std::vector<std::string>& taken, std::chrono::sys_seconds now);

struct ModelRequest {
  std::string name;   ///< "OrderItem", or any other spelling of it
  std::string table;  ///< empty: the plural of the name
  std::vector<Field> fields;
  Key key = Key::uuid;
  bool with_seeder = false;
};
/// A model header, and the migration that makes its table; without fields the header alone, for a table that is there.
/// `before` is what the catalog's migrations make. Throws Error (make_name, make_exists, make_schema, schema_invalid).
DBCTL_API Draft make_model(const ModelRequest& request, const catalog::Catalog& catalog, const schema::Schema& before,
                           const Place& place, const std::string& version);

struct MigrationRequest {
  std::string name;
  std::string table;  ///< empty: guessed from the name
  bool create = false;
  std::vector<Field> fields;
  Key key = Key::uuid;
};
/// `create_x_table`, `add_y_to_x`, `drop_y_from_x`, `add_index_to_x_on_a_b`, `drop_x_table`; any other name is an empty
/// migration. Throws Error (make_name, make_schema, schema_invalid).
DBCTL_API Draft make_migration(const MigrationRequest& request, const schema::Schema& before, const Place& place,
                               const std::string& version);

struct SeederRequest {
  std::string name;  ///< "ProductSeeder"
  std::string table;
  std::vector<std::string> after;  ///< names of seeders, whose tables foreign keys are looked up in
  std::string data_file = {};      ///< a path; empty: rows are made up
  std::string data = {};           ///< its contents
};
/// Throws Error (make_name, make_schema, seed_unknown, seed_cycle, seed_data).
DBCTL_API Draft make_seeder(const SeederRequest& request, const catalog::Catalog& catalog, const schema::Schema& schema,
                            const Place& place);

/// The domain of a project in this folder: its name in the form of names, "My Shop" is "my_shop". Throws Error
/// (make_name).
DBCTL_API std::string project_name(const std::filesystem::path& folder);
/// "my_shop" is "MyShop".
DBCTL_API std::string class_name(std::string_view name);

/// Whether a file that is there may be overwritten.
using Overwrite = std::function<bool(const std::filesystem::path&)>;
/// Writes all files or none. Throws Error: make_exists where one is there and `overwrite` says no (empty: it does),
/// make_write.
DBCTL_API void write(const std::vector<File>& files, const Overwrite& overwrite);

/// One generator at a time in a folder, which is made where it is not there: holds a lock on it while it lives.
class DBCTL_API Turn {
 public:
  /// Waits for its turn. Throws Error (make_write).
  explicit Turn(const std::filesystem::path& folder);
  ~Turn();
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  /// The versions of the migrations in the folder.
  std::vector<std::string> versions() const;

 private:
  std::filesystem::path folder_;
  int descriptor_ = -1;
};

}  // namespace dbctl::scaffold
