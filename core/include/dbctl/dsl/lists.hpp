#pragma once

/// What a domain plugin holds: three hidden lists of its .so, filled while it is loaded and never changed after. Each
/// object's constructor links `this` in and does nothing else. The domain macro hands the heads to dbctl.
namespace dbctl::dsl {

struct MigrationNode;
struct SeederNode;
struct EmbeddedFile;

namespace detail {

__attribute__((visibility("hidden"))) inline constinit const MigrationNode* first_migration = nullptr;
__attribute__((visibility("hidden"))) inline constinit const SeederNode* first_seeder = nullptr;
__attribute__((visibility("hidden"))) inline constinit const EmbeddedFile* first_file = nullptr;

}  // namespace detail
}  // namespace dbctl::dsl
