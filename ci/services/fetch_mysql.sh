#!/usr/bin/env bash
# fetch_mysql.sh DIR: MySQL and the libraries it needs, out of Debian unstable, into DIR. Nothing is installed: apt has a
# configuration and a state of its own and cannot run dpkg; it lists, it downloads, and the archives are unpacked into DIR.
# DIR/bin/{mysqld,mysql,mysqldump} run the programs through that folder's own loader and libraries.
# On failure the reason, one line, is on stderr.
set -euo pipefail
dir=$1
[[ ! -e $dir/complete ]] || exit 0
why() { echo "$1: $(grep -am 1 '^E: ' "$dir/fetch.log" || tail -n 1 "$dir/fetch.log")" >&2; exit 1; }
mkdir -p "$dir" && rm -rf "${dir:?}"/*
: >"$dir/fetch.log"
command -v apt-get dpkg-deb >/dev/null || { echo "this is not Debian: no apt-get, no dpkg-deb" >&2; exit 1; }

# shellcheck source=/dev/null
. /etc/os-release
mirror=${DBCTL_DEBIAN_MIRROR:-}
[[ -n $mirror || $ID != debian ]] ||  # the machine's own
  mirror=$(apt-get --print-uris update | sed -nE "s#^'([^']+)/dists/${VERSION_CODENAME:-sid}/.*#\1#p" | head -n 1)
architecture=$(dpkg --print-architecture)
apt=$dir/apt
mkdir -p "$apt"/etc/{apt.conf.d,preferences.d,sources.list.d} "$apt"/state/lists/partial "$apt"/cache/archives/partial
: >"$apt/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian} sid main" >"$apt/etc/sources.list"
{
  apt-config dump | grep -E '^Acquire::(https?|ForceIPv[46]|Check-[A-Za-z-]+)(::|\b)' || true # proxies and their like
  cat <<X
Dir "$apt"; Dir::Bin::dpkg "/bin/false"; Dir::Bin::methods "/usr/lib/apt/methods"; Dir::Etc "etc"; Dir::State "state";
Dir::State::status "$apt/status"; Dir::Cache "cache"; Dir::Etc::netrc "/etc/apt/auth.conf"; Dir::Etc::netrcparts "/etc/apt/auth.conf.d";
APT::Architecture "$architecture"; APT::Architectures { "$architecture"; }; APT::Install-Recommends "false"; APT::Sandbox::User "";
Acquire::Languages "none"; Acquire::PDiffs "false"; Acquire::Retries "3"; Acquire::http::Timeout "20";
Acquire::Check-Valid-Until "false"; // a mirror may be a frozen one; its signature is checked all the same
X
} >"$apt/apt.conf"
export APT_CONFIG=$apt/apt.conf
apt-get -q -o APT::Update::Error-Mode=any update >>"$dir/fetch.log" 2>&1 || why "Debian unstable cannot be read"
apt-get -s install mysql-server-core mysql-client-core >"$apt/plan" 2>>"$dir/fetch.log" || why "Debian unstable has no installable MySQL"
unneeded='perl.*|libperl.*|libgdbm.*|libdb5.*|libc-gconv.*|gcc-.*-base|.*-common|openssl-provider-.*' # perl: for scripts only
mapfile -t packages < <(awk '/^Inst/ {print $2}' "$apt/plan" | grep -vxE "$unneeded")
(cd "$apt" && apt-get -q download "${packages[@]}") >>"$dir/fetch.log" 2>&1 || why "download failed"
for archive in "$apt"/*.deb; do dpkg-deb -x "$archive" "$dir/root" 2>>"$dir/fetch.log" || why "cannot unpack ${archive##*/}"; done
rm -rf "$apt" "$dir"/root/usr/share/{doc,man,lintian,bug}

mkdir "$dir/bin"
loader=$(find "$dir/root/usr/lib" -name 'ld-linux*' -type f | head -n 1)
for program in sbin/mysqld bin/mysql bin/mysqldump; do
  printf '#!/bin/sh\nexec "%s" --inhibit-cache --library-path "%s" "%s" "$@"\n' "$loader" "${loader%/*}" "$dir/root/usr/$program" >"$dir/bin/${program#*/}"
done
chmod 755 "$dir"/bin/*
for program in "$dir"/bin/*; do "$program" --version >>"$dir/fetch.log" 2>&1 || why "${program##*/} does not run"; done
touch "$dir/complete"
