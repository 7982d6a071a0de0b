#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/schema/model.hpp"

/// Words for messages.
namespace dbctl::schema::describe {

/// `products.sku`, `order_items(order_id, product_id)`.
std::string columns(std::string_view table, const std::vector<std::string>& columns);

template <class List>
std::vector<std::string> names(const List& list) {
  std::vector<std::string> out;
  for (const auto& item : list) out.push_back(item.name);
  return out;
}

}  // namespace dbctl::schema::describe
