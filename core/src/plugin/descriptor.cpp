#include "dbctl/plugin/descriptor.hpp"

namespace dbctl::plugin {

CatalogBuilder::~CatalogBuilder() = default;

}  // namespace dbctl::plugin
