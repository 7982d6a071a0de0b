#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/catalog/seeder.hpp"
#include "dbctl/schema/operation.hpp"

/// The migrations and seeders of all loaded domains, in order.
namespace dbctl::catalog {

/// What a migration does. `down` is empty when the author wrote none: it is derived then.
struct Body {
  std::vector<schema::Operation> up;
  std::optional<std::vector<schema::Operation>> down = {};
};

/// One migration. Nothing of its body exists until `body()` is called.
struct Migration {
  std::string domain;
  std::string version;  ///< 14 digits
  std::string name;     ///< "create_catalogue"
  std::string file;     ///< as the compiler saw it
  std::function<Body()> body;

  std::string id() const { return version + "_" + name; }
};

/// Where the bodies come from: a plugin file whose build-id tells whether its checksums are still known.
struct Domain {
  std::string name;
  std::string file;      ///< the plugin
  std::string build_id;  ///< hexadecimal; empty: unknown, checksums are computed
};

/// Used by one thread at a time.
class DBCTL_API Catalog {
 public:
  Catalog();
  ~Catalog();
  Catalog(Catalog&&) noexcept;
  Catalog& operator=(Catalog&&) noexcept;

  /// Throws Error (catalog_duplicate).
  void add_domain(Domain domain);
  /// `file` is a path that ends in <14 digits>_<name>.<ext>; throws Error (catalog_file_name, catalog_duplicate).
  void add_migration(std::string_view domain, std::string_view file, std::function<Body()> body);
  /// Throws Error (catalog_duplicate).
  void add_seeder(std::string_view domain, std::string_view file, std::string_view name,
                  std::function<SeederBody()> body);

  const std::vector<Domain>& domains() const noexcept;
  /// By version, then domain.
  const std::vector<Migration>& migrations() const;
  /// By name.
  const std::vector<Seeder>& seeders() const;
  /// By version, `version_name` or name, each also as `domain/…`; throws Error (catalog_unknown_migration) with a
  /// did-you-mean, or with the names to choose from when there are several.
  const Migration& find(std::string_view version_or_name) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dbctl::catalog
