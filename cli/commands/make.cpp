#include <fmt/format.h>

#include "commands/commands.hpp"
#include "context.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "offline.hpp"
#include "sources.hpp"
#include "text_file.hpp"

namespace dbctl::cli {
namespace {

using scaffold::Draft;
using scaffold::Key;
using scaffold::Place;

enum class Kind : unsigned char { model, migration, seeder };

class Make : public Command {
  void declare(Arguments& a) override {
    a.action<Kind>(kind_, {{"model", Kind::model}, {"migration", Kind::migration}, {"seeder", Kind::seeder}},
                   "a model with its migration; one migration; one seeder");
    a.positional("NAME", name_, "OrderItem; create_orders_table, add_phone_to_users, …; OrderSeeder");
    a.value({"--table"}, table_, "TABLE", "its table (model: the plural of NAME; migration: as NAME says)");
    a.value({"--fields"}, fields_, "FIELDS",
            "model, migration: \"name:string(120)|unique,price:decimal,user_id:uuid\"");
    a.choice<std::optional<Key>>({"--key"}, key_, {{"uuid", Key::uuid}, {"int", Key::integer}, {"dual", Key::dual}},
                                 "model, migration: the primary key (uuid)");
    a.flag({"--with-seeder"}, with_seeder_, "model: its seeder too");
    a.flag({"--create"}, create_, "migration: it creates the table, whatever its name says");
    a.list({"--deps"}, after_, "A,B",
           "seeder: the seeders that run before it; foreign keys are looked up in their rows");
    a.value({"--data"}, data_, "FILE", "seeder: its rows, JSON, YAML or CSV, instead of made-up ones");
    a.flag({"--force"}, force_, "overwrite what is there; asks for each file by its name");
  }

  Exit run(Context& context) override {
    if (!name_) throw missing("a NAME", "NAME");
    check_flags();
    const auto fields = fields_ ? scaffold::parse_fields(*fields_) : std::vector<scaffold::Field>{};
    const auto place = source_place(context);
    const auto schema = scaffold::tables_of(context.catalog(), offline_names(context));
    const scaffold::Turn turn(place.migrations);
    const auto draft = make(context, schema, place, fields, version(context, turn));
    scaffold::write(draft.files, [&](const std::filesystem::path& file) { return may_overwrite(context, file); });
    report(context, draft);
    return Exit::done;
  }

  static Error missing(const std::string& what, const std::string& where) {
    return Error(codes::usage, {.summary = "dbctl make needs " + what, .where = where, .next = {"dbctl make --help"}});
  }

  /// A flag that this kind would not look at.
  void check_flags() const {
    const auto refuse_unless = [](bool fits, bool given, const char* flag, const char* whose) {
      if (given && !fits)
        throw Error(codes::usage, {.summary = fmt::format("{} is for dbctl make {}", flag, whose),
                                   .where = flag,
                                   .next = {fmt::format("leave out {}", flag), "dbctl make --help"}});
    };
    const bool seeder = kind_ == Kind::seeder;
    refuse_unless(!seeder, fields_.has_value(), "--fields", "model and migration");
    refuse_unless(!seeder, key_.has_value(), "--key", "model and migration");
    refuse_unless(kind_ == Kind::model, with_seeder_, "--with-seeder", "model");
    refuse_unless(kind_ == Kind::migration, create_, "--create", "migration");
    refuse_unless(seeder, !after_.empty(), "--deps", "seeder");
    refuse_unless(seeder, data_.has_value(), "--data", "seeder");
    if (seeder && !table_) throw missing("a table for the seeder", "--table");
  }

  static std::string version(Context& context, const scaffold::Turn& turn) {
    auto taken = turn.versions();
    for (const auto& migration : context.catalog().migrations()) taken.push_back(migration.version);
    return scaffold::next_version(taken, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  }

  Draft make(Context& context, const schema::Schema& schema, const Place& place,
             const std::vector<scaffold::Field>& fields, const std::string& version) const {
    const auto& catalog = context.catalog();
    const auto key = key_.value_or(Key::uuid);
    if (kind_ == Kind::model)
      return scaffold::make_model({*name_, table_.value_or(""), fields, key, with_seeder_}, catalog, schema, place,
                                  version);
    if (kind_ == Kind::migration)
      return scaffold::make_migration({*name_, table_.value_or(""), create_, fields, key}, schema, place, version);
    return scaffold::make_seeder(
        {*name_, *table_, after_, data_.value_or(""), data_ ? read_text_file(context.globals.path(*data_)) : ""},
        catalog, schema, place);
  }

  bool may_overwrite(Context& context, const std::filesystem::path& file) const {
    if (!force_) return false;
    if (context.globals.yes) return true;
    if (!context.out.can_ask())
      throw Error(codes::no_terminal, {.summary = fmt::format("{} is not overwritten without consent", file.string()),
                                       .where = file.string(),
                                       .why = "there is no terminal to ask on",
                                       .next = {"the same command with --yes"}});
    const auto answer = context.out.ask(fmt::format("Overwrite {}? [y/N] ", file.string()));
    return answer == "y" || answer == "yes";
  }

  static void report(Context& context, const Draft& draft) {
    auto created = Json::array();
    for (const auto& file : draft.files) {
      context.out.say(fmt::format("{} {}", context.out.paint(Style::good, "wrote"), file.path.string()));
      created.push_back(file.path.string());
    }
    for (const auto& note : draft.notes) context.out.note("note: " + note);
    context.out.document({{"written", created}, {"notes", draft.notes}});
  }

  Kind kind_ = Kind::model;
  std::optional<std::string> name_, table_, fields_, data_;
  std::optional<Key> key_;
  std::vector<std::string> after_;
  bool with_seeder_ = false, create_ = false, force_ = false;
};

}  // namespace

std::unique_ptr<Command> make_make() {
  return std::make_unique<Make>();
}

}  // namespace dbctl::cli
