#include "scaffold/plausible.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "dbctl/base/digest.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"
#include "scaffold/names.hpp"

namespace dbctl::scaffold {
namespace {

using schema::Column;
using schema::Table;
using schema::TypeKind;
using Words = std::span<const std::string_view>;
using Made = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view id_space = "6f1d3c1e-5f0b-5d7a-9d0c-2b6d1f8a4e37";

constexpr std::array<std::string_view, 10> first_names{"Amara", "Bruno", "Chiara", "Daniel", "Elif",
                                                       "Farid", "Greta", "Hiro",   "Ines",   "Jonas"};
constexpr std::array<std::string_view, 10> last_names{"Keller", "Lindqvist", "Moreau", "Novak",  "Okafor",
                                                      "Perera", "Quint",     "Rossi",  "Sharma", "Tanaka"};
constexpr std::array<std::string_view, 10> categories{"Electronics", "Clothing", "Books",  "Garden", "Kitchen",
                                                      "Sports",      "Toys",     "Office", "Music",  "Outdoor"};
constexpr std::array<std::string_view, 10> products{"Desk Lamp", "Travel Mug",   "Wool Scarf", "Field Notebook",
                                                    "Chess Set", "Rain Jacket",  "Tea Kettle", "Wireless Mouse",
                                                    "Yoga Mat",  "Garden Shears"};
constexpr std::array<std::string_view, 10> titles{
    "First Steps",    "A Quiet Morning", "Notes on Craft", "The Long Road",   "Small Wonders",
    "Open Questions", "Field Report",    "In Season",      "Behind the Wall", "Last Light"};
constexpr std::array<std::string_view, 10> descriptions{
    "Made to last and easy to repair.", "Light, quiet and quick to set up.",  "A favourite since the first day.",
    "For beginners and old hands.",     "Simple, sturdy and well made.",      "Back in stock after a long wait.",
    "Small enough for any bag.",        "Tested by people who use it daily.", "New this season.",
    "Nothing fancy, but it works."};
constexpr std::array<std::string_view, 10> remarks{"Please call before you deliver.",
                                                   "Leave it with the neighbours.",
                                                   "It is a present: no invoice, please.",
                                                   "The bell does not work.",
                                                   "No hurry.",
                                                   "Second order this month.",
                                                   "Deliver on a weekday, please.",
                                                   "Gift wrapped.",
                                                   "The gate code is in the letter.",
                                                   "Send the invoice by e-mail."};
constexpr std::array<std::string_view, 10> cities{"Lisbon", "Oslo",  "Ghent", "Turin", "Porto",
                                                  "Graz",   "Malmo", "Lyon",  "Cork",  "Gdansk"};
constexpr std::array<std::string_view, 10> countries{"PT", "NO", "BE", "IT", "FR", "AT", "SE", "ES", "IE", "PL"};
constexpr std::array<std::string_view, 10> streets{"Mill Lane",     "Station Road", "High Street", "Park Avenue",
                                                   "Bridge Row",    "Church Walk",  "Harbour Way", "Elm Close",
                                                   "Market Square", "Orchard Road"};
constexpr std::array<std::string_view, 10> companies{"Northwind Tools", "Blue Harbour",  "Oak & Iron",  "Fern Studio",
                                                     "Copper Kettle",   "Lantern Works", "Paper Crane", "Stone Bridge",
                                                     "Green Mile",      "Silver Thread"};
constexpr std::array<std::string_view, 5> statuses{"pending", "paid", "shipped", "delivered", "cancelled"};
constexpr std::array<std::string_view, 5> colours{"blue", "green", "red", "black", "white"};
constexpr std::array<std::string_view, 4> currencies{"EUR", "USD", "GBP", "SEK"};
constexpr std::array<std::string_view, 4> languages{"en", "de", "fr", "pt"};
constexpr std::array<std::string_view, 10> words{"alder", "birch",  "cedar", "dogwood", "elder",
                                                 "fir",   "ginkgo", "hazel", "ivy",     "juniper"};

std::string pick(Words from, std::size_t n) {
  return std::string(from[n % from.size()]);
}

std::string person(std::size_t n) {
  return fmt::format("{} {}", first_names[n % 10], last_names[(n + n / 10) % 10]);
}

std::string dashed(std::string_view text) {
  std::string out;
  for (const char c : text::lower(text)) {
    const bool keeps = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (keeps)
      out += c;
    else if (!out.empty() && !out.ends_with('-'))
      out += '-';
  }
  while (out.ends_with('-')) out.pop_back();
  return out;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, word) != list.end();
}

/// What a thing of this table is called.
std::string thing(const Table& table, std::size_t n) {
  const auto noun = singular(table.name);
  const auto last = noun.substr(noun.rfind('_') + 1);
  if (is_one_of(last, {"user", "customer", "person", "author", "employee", "contact", "member", "client", "patient"}))
    return person(n);
  if (is_one_of(last, {"category", "department", "group", "genre"})) return pick(categories, n);
  if (is_one_of(last, {"product", "item", "article", "good", "part"})) return pick(products, n);
  if (is_one_of(last, {"company", "vendor", "supplier", "brand", "shop", "store"})) return pick(companies, n);
  if (is_one_of(last, {"city", "place", "location", "region"})) return pick(cities, n);
  return pick(titles, n);
}

std::string of_earlier(const Made& row, std::initializer_list<std::string_view> columns) {
  for (const auto& [column, text] : row)
    if (is_one_of(column, columns)) return text;
  return {};
}

/// A name's last word decides: "billing_email" is an e-mail address.
std::string text_for(const Table& table, std::string_view column, std::size_t n, const Made& row) {
  const auto ends = [&](std::initializer_list<std::string_view> list) {
    return std::ranges::any_of(list, [&](std::string_view word) {
      return column == word || (column.ends_with(word) && column[column.size() - word.size() - 1] == '_');
    });
  };
  if (ends({"email", "mail"}))
    return dashed(first_names[n % 10]) + fmt::format(".{}@example.com", dashed(last_names[(n + n / 10) % 10]));
  if (ends({"phone", "mobile", "fax", "telephone"})) return fmt::format("+1 202 555 01{:02}", n % 100);
  if (column == "first_name" || column == "given_name") return pick(first_names, n);
  if (column == "last_name" || column == "surname" || column == "family_name") return pick(last_names, n);
  if (ends({"username", "login", "nickname", "handle"}))
    return dashed(first_names[n % 10]) + fmt::format("{:02}", n + 1);
  if (ends({"slug"})) {
    const auto name = of_earlier(row, {"name", "title"});
    return dashed(name.empty() ? thing(table, n) : name);
  }
  if (ends({"sku"})) return fmt::format("SKU-{}", 1001 + n);
  if (ends({"code", "number", "reference"}))
    return fmt::format("{}-{}", text::upper(singular(table.name).substr(0, 3)), 1001 + n);
  if (ends({"status", "state"})) return pick(statuses, n);
  if (ends({"city", "town"})) return pick(cities, n);
  if (ends({"country"})) return pick(countries, n);
  if (ends({"street", "address"})) return fmt::format("{} {}", n + 3, streets[n % 10]);
  if (ends({"zip", "postcode", "postal_code"})) return fmt::format("{}", 10115 + 37 * n);
  if (ends({"url", "website", "link"})) return fmt::format("https://example.com/{}", words[n % 10]);
  if (ends({"company", "brand", "vendor"})) return pick(companies, n);
  if (ends({"colour", "color"})) return pick(colours, n);
  if (ends({"currency"})) return pick(currencies, n);
  if (ends({"language", "locale"})) return pick(languages, n);
  if (ends({"name", "title", "label"})) return thing(table, n);
  if (ends({"description", "body", "text", "bio", "content", "summary", "about"})) return pick(descriptions, n);
  if (ends({"notes", "note", "comment", "message", "remark", "remarks"})) return pick(remarks, n);
  return pick(words, n);
}

/// At most `size` characters; of words, where that is possible.
std::string cut(std::string text, std::size_t size) {
  if (text.size() <= size) return text;
  text.resize(size);
  while (text.size() > 1 && (text.back() == ' ' || text.back() == '-')) text.pop_back();
  return text;
}

std::string decimal_for(const Column& column, std::size_t n) {
  constexpr std::array<int, 10> amounts{1999, 450, 12900, 799, 2450, 8900, 3500, 1249, 5995, 1800};
  const auto digits = column.type.size - column.type.scale;
  const int whole = digits == 0 ? 0 : amounts[n % 10] / 100 % (digits == 1 ? 10 : digits == 2 ? 100 : 1000);
  if (column.type.scale == 0) return std::to_string(whole);
  auto fraction = fmt::format("{:02}", amounts[n % 10] % 100);
  fraction.resize(column.type.scale, '0');
  return fmt::format("{}.{}", whole, fraction);
}

std::int64_t whole_for(std::string_view column, std::size_t n) {
  const auto row = static_cast<std::int64_t>(n);
  if (column.find("stock") != std::string_view::npos) return 5 * (row + 2);
  if (column.find("quantity") != std::string_view::npos || column.find("count") != std::string_view::npos)
    return 1 + row % 3;
  if (column.find("age") == 0) return 21 + 3 * row;
  if (column.find("year") != std::string_view::npos) return 2015 + row;
  if (column.find("rating") != std::string_view::npos) return 1 + row % 5;
  return row + 1;
}

std::string made_text(const Table& table, const Column& column, std::size_t n, const Made& row) {
  auto text = text_for(table, column.name, n, row);
  if (column.type.kind == TypeKind::string) return cut(std::move(text), column.type.size);
  if (column.type.kind != TypeKind::character) return text;
  text.resize(column.type.size, static_cast<char>('a' + n % 26));
  if (text.ends_with(' ')) text.back() = 'x';  // trailing blanks are not kept
  return text;
}

}  // namespace

Value plausible(const Table& table, const Column& column, std::size_t n, const Made& row) {
  switch (column.type.kind) {
    case TypeKind::boolean:
      return n % 3 != 2;
    case TypeKind::smallint:
    case TypeKind::integer:
    case TypeKind::bigint:
      return whole_for(column.name, n);
    case TypeKind::decimal:
      return Decimal{decimal_for(column, n)};
    case TypeKind::real:
    case TypeKind::double_:
      return 0.5 + static_cast<double>(n) * 1.25;
    case TypeKind::string:
    case TypeKind::text:
    case TypeKind::character:
      return made_text(table, column, n, row);
    case TypeKind::uuid:
      return Uuid{uuid5(id_space, fmt::format("{}.{}.{}", table.name, column.name, n + 1))};
    case TypeKind::binary:
      return schema::coerce(Value(pick(words, n).substr(0, column.type.size == 0 ? 64 : column.type.size)),
                            column.type);
    case TypeKind::date:
      return Date{fmt::format("2024-{:02}-{:02}", 1 + n % 12, 1 + 3 * n % 28)};
    case TypeKind::time:
      return Time{fmt::format("{:02}:30:00.000000", 8 + n % 12)};
    case TypeKind::timestamp:
      return Timestamp{fmt::format("2024-{:02}-{:02} {:02}:30:00.000000", 1 + n % 12, 1 + 3 * n % 28, 8 + n % 12)};
    case TypeKind::json:
      return Json{fmt::format(R"({{"rank":{},"tag":"{}"}})", n + 1, words[n % 10])};
    case TypeKind::text_array:
      return TextArray{{pick(words, n), pick(words, n + 3)}};
    case TypeKind::enumeration:
      return column.type.values[n % column.type.values.size()];
  }
  return Null{};
}

}  // namespace dbctl::scaffold
