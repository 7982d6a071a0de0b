#include <dbctl/domain.hpp>

DBCTL_DOMAIN_PLUGIN(torture)
