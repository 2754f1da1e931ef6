#!/usr/bin/env bash
# packages.sh PACKAGE…: installs the Debian packages that are missing, as root or through sudo.
set -euo pipefail
missing=()
for package in "$@"; do
  dpkg-query -W -f='${Status}' "$package" 2> /dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

rights=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo > /dev/null || {
    echo "error: not root, and no sudo here: have these packages installed: ${missing[*]}" >&2
    exit 77
  }
  rights=(sudo)
fi
apt() {
  "${rights[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 "$@" > "$log" 2>&1 || {
    tail -n 5 "$log" >&2
    echo "error: apt-get $1 failed (see above); missing are: ${missing[*]}" >&2
    exit 69
  }
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "installing ${missing[*]}"
apt update
apt install -y --no-install-recommends "${missing[@]}"
