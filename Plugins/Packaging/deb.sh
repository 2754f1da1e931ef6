#!/usr/bin/env bash
# deb.sh BUILT FOLDER: makes FOLDER/tandem_VERSION_ARCHITECTURE.deb of the tools built in BUILT, and prints its path.
#
# The same tools and tree give the same bytes: every time is $SOURCE_DATE_EPOCH (else the commit's), every list is sorted.
set -euo pipefail
umask 022
export LC_ALL=C TZ=UTC
[ $# = 2 ] || { echo "usage: deb.sh BUILT FOLDER" >&2; exit 64; }
mkdir -p "$2"
built=$(cd "$1" && pwd) folder=$(cd "$2" && pwd)
source=$(cd "$(dirname "$0")/../.." && pwd)
here=$source/Plugins/Packaging
for program in dpkg-deb dpkg-shlibdeps; do
  command -v "$program" > /dev/null || { echo "error: no $program here: apt-get install dpkg-dev" >&2; exit 69; }
done

# `tandem 1.0.0 (817cd23, modified)`: the version, and behind it what tells two builds of one version apart.
words=$("$built/tandem" --version)
epoch=${SOURCE_DATE_EPOCH:-$(git -c safe.directory="$source" -C "$source" log -1 --format=%ct 2> /dev/null ||
  stat -c %Y "$source/Package.swift")}
export SOURCE_DATE_EPOCH=$epoch
version=$(echo "$words" | awk '{ print $2 }')
commit=$(echo "$words" | sed -nE 's/.*\(([0-9a-f]{7,40})(, modified)?\)$/\1\2/p' | sed 's/, /./')
version=$version+$(date -d "@$epoch" +%Y%m%d.%H%M)${commit:+.$commit}
architecture=$(dpkg --print-architecture)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
"$here/install.sh" "$built" "$root" /usr
doc=$root/usr/share/doc/tandem

# As Debian keeps these: manuals and changelog packed, the licence within `copyright`.
find "$root/usr/share/man" -name '*.1' -exec gzip -9n {} +
rm "$doc/LICENSE"
install -m 644 "$here/debian/copyright" "$doc/copyright"
printf 'tandem (%s) unstable; urgency=medium\n\n  * Built from %s.\n\n -- %s  %s\n' \
  "$version" "${commit:-a tree without git}" "$(sed -n 's/^Maintainer: //p' "$here/debian/control")" \
  "$(date -R -d "@$epoch")" | gzip -9n > "$doc/changelog.gz"
install -D -m 644 "$here/debian/lintian-overrides" "$root/usr/share/lintian/overrides/tandem"

# dpkg-shlibdeps wants a source package around it, if only its control file.
mkdir -p "$work/shlibs/debian" "$root/DEBIAN"
printf 'Source: tandem\n\nPackage: tandem\nArchitecture: any\n' > "$work/shlibs/debian/control"
depends=$(cd "$work/shlibs" && dpkg-shlibdeps -O --ignore-missing-info -l"$root/usr/lib/tandem" \
  "$root"/usr/bin/* "$root"/usr/lib/tandem/*.so* 2> "$work/shlibs.log" | sed -n 's/^shlibs:Depends=//p') ||
  { cat "$work/shlibs.log" >&2; exit 70; }
size=$(find "$root/usr" "$root/etc" -type f -printf '%s\n' | awk '{ n += int(($1 + 1023) / 1024) } END { print n }')
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" -e "s/@DEPENDS@/$depends/" \
  "$here/debian/control" > "$root/DEBIAN/control"
(cd "$root" && find etc -type f | sed 's|^|/|' | sort) > "$root/DEBIAN/conffiles"
(cd "$root" && find usr -type f | sort | xargs -d '\n' md5sum) > "$root/DEBIAN/md5sums"

find "$root" -print0 | xargs -0 touch -h -d "@$epoch"
deb=$folder/tandem_${version}_$architecture.deb
# With more threads xz writes other blocks.
dpkg-deb --root-owner-group --threads-max=1 -Zxz --build "$root" "$deb" > /dev/null
echo "$deb"
