#pragma once
#include <string>
#include <string_view>

/// Names in the forms that C++, SQL and files want them.
namespace dbctl::scaffold {

/// "OrderItem", "orderItem", "order-item" and "order item": "order_item".
std::string snake(std::string_view name);
/// "order_item": "OrderItem".
std::string pascal(std::string_view name);
/// Of an English noun, in the last word of a snake_case name: "category" is "categories", "order_item" "order_items".
std::string plural(std::string_view noun);
/// The other way round: "categories" is "category".
std::string singular(std::string_view noun);

/// A word that C++ keeps for itself, or that cannot be a model's member for another reason: what a standard header
/// defines as a macro, and `mapping`, which every model has.
bool is_cpp_keyword(std::string_view word);

/// The name of a class, for a model or a seeder, from any spelling of it. Throws Error (make_name), showing `example`.
std::string type_name(std::string_view given, std::string_view what, std::string_view example);

/// Text as a C++ string literal, with its quotes.
std::string literal(std::string_view text);

}  // namespace dbctl::scaffold
