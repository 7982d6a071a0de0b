#pragma once
#include "context.hpp"
#include "dbctl/scaffold/scaffold.hpp"

namespace dbctl::cli {

/// Where the sources of the domain are that --domain names, or of the only one that there is: in the tree of dbctl
/// itself each domain has its folders below migrations/, seeders/ and plugins/domains/; a project of its own has
/// migrations/, seeders/ and models/. Throws Error (usage) where there are several and none is named.
scaffold::Place source_place(Context& context);

}  // namespace dbctl::cli
