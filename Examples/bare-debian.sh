#!/usr/bin/env bash
# From an empty Debian to printed invitations, with the package alone: makes a root of Debian's smallest kind, installs
# the .deb with what it depends on, and lets an ordinary user run Examples/new-cohort.sh there. Leaves nothing behind.
#   bare-debian.sh [tandem_VERSION_ARCHITECTURE.deb]     (else the newest in out/, where `make deb` puts it)
#
#   MIRROR: of Debian (else the one of /etc/apt); SUITE: bookworm. Takes a minute or two, 600 MB of disk, and root's rights.
# What stands in single quotes is for the shell inside the empty Debian.
# shellcheck disable=SC2016
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
fail() { echo "error: $1" >&2; exit "${2:-69}"; }

deb=${1:-$(find "$here/../out" -maxdepth 1 -name 'tandem_*.deb' -printf '%T@ %p\n' 2> /dev/null | sort -n | tail -n 1 | cut -d' ' -f2-)}
[ -n "$deb" ] || fail "there is no .deb in out/: make one with \`make deb\`, or name one" 66
[ -r "$deb" ] || fail "$deb: cannot be read" 66
[ "$(id -u)" = 0 ] || fail "a root of its own needs root's rights (chroot, mount): run it through sudo" 77
command -v debootstrap > /dev/null || fail "no debootstrap here: apt-get install debootstrap"

# In a mount namespace of its own: whatever is mounted is gone with this script, however it ends.
if [ -z "${TANDEM_BARE:-}" ]; then
  TANDEM_BARE=1 exec unshare --mount --propagation private "$0" "$deb"
fi

suite=${SUITE:-bookworm}
mirror=${MIRROR:-$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null |
  sed -nE 's/^(deb( \[[^]]*\])?|URIs:) +(https?:[^ ]*\/debian)\/?( .*)?$/\3/p' | head -n 1 || true)}
mirror=${mirror:-http://deb.debian.org/debian}
work=$(mktemp -d /var/tmp/tandem-bare.XXXXXX)
root=$work/root
clean() {
  umount "$root/proc" 2> /dev/null || true
  rm -rf --one-file-system "$work"
}
trap clean EXIT

say() { printf '\n\033[1m%s\033[0m\n' "$1"; }
inside() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
clerk() { inside HOME=/home/clerk chroot --userspec=clerk:clerk "$root" /bin/bash -c "cd; $1"; }

say "An empty Debian: debootstrap --variant=minbase $suite, from $mirror"
debootstrap --variant=minbase "$suite" "$root" "$mirror" > "$work/log" 2>&1 ||
  { tail -n 5 "$work/log" >&2; fail "Debian cannot be fetched from $mirror: is the network there? MIRROR names another"; }
mount -t proc proc "$root/proc"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
echo "$(chroot "$root" dpkg-query -f '.\n' -W | wc -l) packages, $(du -smx "$root" | cut -f1) MB"

say "The package, with what it depends on: apt-get install ./$(basename "$deb")"
install -m 644 "$deb" "$root/tmp/tandem.deb"
# The archive's lists may be newer than what debootstrap read.
{ inside chroot "$root" apt-get update -q &&
  inside chroot "$root" apt-get install -q -y --no-install-recommends /tmp/tandem.deb; } > "$work/log" 2>&1 ||
  { tail -n 8 "$work/log" >&2; fail "the package cannot be installed in $suite"; }
sed -n '/The following NEW/,/newly installed/p' "$work/log"
inside chroot "$root" useradd --create-home --shell /bin/bash clerk

say "No Swift here but the parts that the package brought"
if chroot "$root" find / -xdev \( -name swiftc -o -name 'swift-*' -o -name swift \) | grep .; then
  fail "a toolchain is here" 70
fi
clerk 'command -v swift || echo "swift: not found"'
clerk 'ldd /usr/bin/tandem* | awk "/=>/ { print \$3 }" | sort -u' > "$work/loaded"
sed -E 's|/[^/]*$||' "$work/loaded" | sort | uniq -c
if grep -vE '^(/usr/lib/tandem/|/usr/bin/\.\./lib/tandem/|(/usr)?/lib/[a-z0-9_]*-linux-gnu/)' "$work/loaded"; then
  fail "the tools load what is neither theirs nor Debian's" 70
fi

say "tandem --version, and where its configuration is found"
clerk 'for tool in /usr/bin/tandem*; do printf "%-16s " "${tool##*/}"; $tool --version; done'
clerk 'tandem-region check && tandem-region list --format table'

say "The whole way, as an ordinary user: new-cohort.sh"
clerk '/usr/share/doc/tandem/examples/new-cohort.sh /usr/bin ~/cohort'

say "The invitations"
clerk 'cd cohort/invitations; ls -l | head -n 8; echo "… $(find . -name "*.ics" | wc -l) files"'
clerk 'cd cohort/invitations; file=$(find . -name "*.ics" | sort | head -n 1); echo "$file:"; tr -d "\r" < "$file"'

say "The manual (man-db is no part of so small a Debian)"
inside chroot "$root" apt-get install -q -y --no-install-recommends man-db > "$work/log" 2>&1 ||
  { tail -n 5 "$work/log" >&2; fail "man-db cannot be installed"; }
clerk 'man -w tandem tandem-match'
clerk 'MANWIDTH=80 man tandem-match | head -n 24'

say "Removed again: apt-get purge tandem"
inside chroot "$root" apt-get purge -q -y tandem > "$work/log" 2>&1 || { tail -n 5 "$work/log" >&2; fail "it cannot be removed" 70; }
if chroot "$root" find /usr /etc /var/lib -xdev -path '*tandem*' | grep .; then fail "the package left something behind" 70; fi
echo "nothing is left"
