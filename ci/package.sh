#!/usr/bin/env bash
# The Debian packages of dbctl, for the suite that this runs on: installs what that needs, builds, packs and checks them.
# They are then in build/package/packages. On a bare Debian 12 or 13.
#
#   ci/package.sh [--unchecked]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[[ $# == 0 || $* == --unchecked ]] || { sed -n '2,5p' "$0" >&2; exit 2; }
ci/packages.sh install package

# Pages and changelogs bear the day of the sources, so that the same sources make the same packages.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || stat -c %Y CMakeLists.txt)}
export SOURCE_DATE_EPOCH
# Compiled as Debian compiles; without debug information, which packing would strip off again.
export DEB_CXXFLAGS_MAINT_STRIP=-g
CXXFLAGS="$(dpkg-buildflags --get CXXFLAGS) $(dpkg-buildflags --get CPPFLAGS)"
LDFLAGS=$(dpkg-buildflags --get LDFLAGS)
export CXXFLAGS LDFLAGS

cmake --fresh --preset package
cmake --build --preset package
rm -rf build/package/packages
cpack --preset package
rm -rf build/package/packages/_CPack_Packages
[[ $* == --unchecked ]] || ci/package_check.sh build/package/packages
