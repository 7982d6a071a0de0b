#pragma once
/// What a model header includes: a struct whose static mapping() says which column is which member, and typed reads:
/// `dbctl::rows<Product>(database, dbctl::where(&Product::sku, "IPH15-128"))`.
#include "dbctl/model/mapping.hpp"
#include "dbctl/model/rows.hpp"
