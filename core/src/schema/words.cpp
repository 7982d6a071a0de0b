#include "schema/words.hpp"

#include <string>

#include "dbctl/base/text.hpp"

namespace dbctl::schema::words {
namespace {

// every word between two blanks
constexpr std::string_view reserved =
    " accessible add all alter analyse analyze and any array as asc asensitive asymmetric authorization autoincrement "
    "before between bigint binary blob both by call cascade case cast change char character check collate collation "
    "column commit concurrently condition constraint continue convert create cross cube cume_dist current_catalog "
    "current_date current_role current_schema current_time current_timestamp current_user cursor database databases "
    "day_hour day_microsecond day_minute day_second dec decimal declare default deferrable delayed delete dense_rank "
    "desc describe deterministic distinct distinctrow div do double drop dual each else elseif empty enclosed end "
    "escape escaped except exists exit explain false fetch first_value float float4 float8 for force foreign freeze "
    "from full fulltext function general generated get grant group grouping groups having high_priority "
    "hour_microsecond hour_minute hour_second if ignore ilike in index infile initially inner inout insensitive insert "
    "int int1 int2 int3 int4 int8 integer intersect interval into is isnull iterate join json_table key keys kill lag "
    "last_value lateral lead leading leave left like limit linear lines load localtime localtimestamp lock long "
    "longblob longtext loop low_priority manual match maxvalue mediumblob mediumint mediumtext middleint "
    "minute_microsecond minute_second mod modifies natural not nothing notnull nth_value ntile null numeric of offset "
    "on only optimize option optionally or order out outer outfile over overlaps parallel partition percent_rank "
    "placing precision primary procedure purge qualify range rank read read_write reads real recursive references "
    "regexp release rename repeat replace require resignal restrict return returning revoke right rlike row "
    "row_number rownum rows schema schemas second_microsecond select sensitive separator session_user set show signal "
    "similar slow smallint some spatial specific sql sqlexception sqlstate sqlwarning ssl starting stored "
    "straight_join symmetric system system_user table tablesample terminated then tinyblob tinyint tinytext to "
    "trailing transaction trigger true undo union unique unlock unsigned update usage use user using utc_date "
    "utc_time utc_timestamp values varbinary varchar varcharacter variadic varying verbose virtual when where while "
    "window with write xor year_month zerofill ";

constexpr std::string_view others =
    " absent at bit bool boolean bytea century cidr class conditional ctid date datetime day days decade document dow "
    "doy epoch error fixed float32 glob hour hours inet infinity isodow isoyear json jsonb julian keep local matched "
    "member memory microsecond microseconds millennium milliseconds minute minutes money month months nan national "
    "nchar nfc nfd nfkc nfkd no none normalized now nulls object oid omit operator passing path precedes quarter "
    "quotes ref rowid _rowid_ scalar second seconds serial signed sounds soundex string substring succeeds tableoid "
    "text time timestamp timestamptz timetz timezone timezone_hour timezone_minute trim unbounded unconditional "
    "unknown uuid value week without wrapper xmin year years zone ";

bool has(std::string_view list, std::string_view word) {
  return list.find(' ' + text::lower(word) + ' ') != std::string_view::npos;
}

}  // namespace

bool is_reserved(std::string_view word) {
  return has(reserved, word);
}

bool is_known(std::string_view word) {
  return is_reserved(word) || has(others, word);
}

}  // namespace dbctl::schema::words
