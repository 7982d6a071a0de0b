#pragma once
#include <string>
#include <vector>

#include "dbctl/schema/operation.hpp"

/// The fold of migrations: pure functions over the model. `Only` never reaches apply or a dialect: `select` takes
/// it out first, for one target.
namespace dbctl::schema {

/// The operations that run on a database that answers to `targets` (its driver's and its product's name, e.g.
/// {"null", "recorder"}), with every `Only` replaced by its contents or by nothing. Order is kept.
DBCTL_API std::vector<Operation> select(const std::vector<Operation>& operations,
                                        const std::vector<std::string>& targets);
/// Every name that an `Only` in there mentions, each once.
DBCTL_API std::vector<std::string> targets_named(const std::vector<Operation>& operations);

/// The model after the operation. Throws Error (schema_invalid) when the operation does not fit `before`:
/// "orders.user_id references users, which no earlier migration creates". Raw SQL and data leave the model as it is.
DBCTL_API Schema apply(Schema before, const Operation& operation);

/// The operations that undo `operation`, to be run in the order given. Throws Error (schema_irreversible) naming the
/// two ways out: down(...) and the operation's own .reversed_by(...).
DBCTL_API std::vector<Operation> inverse(const Operation& operation, const Schema& before);

/// All of a migration's inverses, last operation first. An `Only` in the list becomes an `Only` of the inverses; where
/// an operation outside needs another inverse because of it (a dropped table that has one column more on one database)
/// that is a programming error: select first.
DBCTL_API std::vector<Operation> inverse(const std::vector<Operation>& operations, const Schema& before);

/// What the inverse of the operation cannot bring back, one line each: "the values of products.tags". Empty: nothing.
DBCTL_API std::vector<std::string> losses(const Operation& operation, const Schema& before);

/// One stable text for checksums and comparison: the same for equal values whatever the database, one line for each
/// fact, texts quoted and escaped so that no line breaks. Of operations everything counts but origins and the size of
/// batches; values keep the kind they were written with. Of a schema column position, the order in which things were
/// added and how an index is built are left out, and defaults are in their type's canonical form:
///
///     table "products"
///       column "id" uuid
///       column "price" decimal<12,2> default decimal "0.00"
///       column "tags" text_array nullable
///       primary_key ("id")
///       check "ck_products_price" "price >= 0"
///       index "idx_products_price" ("price" descending) where "price > 0"
DBCTL_API std::string canonical(const std::vector<Operation>& operations);
DBCTL_API std::string canonical(const Schema& schema);

}  // namespace dbctl::schema
