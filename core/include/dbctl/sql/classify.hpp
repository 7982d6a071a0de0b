#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/base/export.hpp"
#include "dbctl/sql/lexical.hpp"

/// What a statement written by hand does, as far as its text tells: a table of patterns from each dialect, read by the
/// one classifier in core.
namespace dbctl::sql {

class Dialect;

/// How a statement stands to a transaction.
enum class InTransaction : std::uint8_t {
  joins,     ///< takes part in it: a rollback undoes the statement
  commits,   ///< commits by itself, and before that what the transaction holds
  refused,   ///< the database refuses it in one, or does nothing there
  controls,  ///< begins, ends or configures one
  unknown
};

/// What can be found out after a crash: whether the statement ran, or whether that matters.
enum class Effect : std::uint8_t {
  definition,  ///< creates, alters or drops the one object it names: unchanged means not run
  identity,    ///< empties or renames: the definition does not tell, the identity does
  repeatable,  ///< a second run changes nothing
  several,     ///< a definition or a renaming of more than one object
  session,     ///< changes nothing but the session; to be replayed after a new connection
  data,        ///< changes rows
  query,       ///< changes nothing
  control,     ///< of transactions
  unknown      ///< CALL, EXECUTE, and what no pattern knows
};

/// A name as the database stores it: without quotes, folded where it folds.
struct ObjectName {
  std::string schema = {};  ///< empty when the statement names none
  std::string name;
  bool operator==(const ObjectName&) const = default;
};

struct StatementClass {
  InTransaction transaction = InTransaction::unknown;
  Effect effect = Effect::unknown;
  std::string object = {};             ///< "table", "index", … in lower case; empty when not known
  std::vector<ObjectName> names = {};  ///< what it acts on; a renaming has pairs: from, to
  std::optional<ObjectName> on = {};   ///< the table of an index or a trigger
  bool reads_data = false;             ///< a session statement whose effect depends on rows: SET @x = (SELECT …)
};

/// One row of a dialect's table; the first that matches the beginning of a statement counts. A pattern is words with
/// one blank between them:
///
///   CREATE      a keyword; any token that is spelled so: ( , = @
///   A|B         one of them
///   [A B]       these or nothing
///   ...         any tokens, those in parentheses skipped
///   ***         any tokens
///   any         one token
///   name        a name, qualified or not, into `names`; `names` a list of them, `renames` a list of a TO b
///   on          a name, into `on`
///   kind:A|B    one of them, into `object`
///   to:A|B      the same, with any tokens but these before it (modifiers: DEFINER = …)
///   END         no more tokens
struct ClassRule {
  std::string_view pattern;
  InTransaction transaction;
  Effect effect;
  std::string_view object = {};
  bool reads_data = false;
};

/// The class of one statement (without its delimiter). Never throws on any text; `unknown` when no rule matches. A
/// definition whose pattern finds no name stays `unknown` in effect, one that finds more is `several`.
DBCTL_API StatementClass classify(std::string_view statement, const LexicalRules& rules,
                                  std::span<const ClassRule> classes);
DBCTL_API StatementClass classify(std::string_view statement, const Dialect& dialect);

/// Standard SQL, for databases whose DDL joins a transaction or commits by itself.
DBCTL_API std::span<const ClassRule> standard_classes(bool transactional_ddl);

}  // namespace dbctl::sql
