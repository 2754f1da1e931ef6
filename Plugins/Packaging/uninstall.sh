#!/usr/bin/env bash
# uninstall.sh ROOT PREFIX: takes away what install.sh put there. The configuration stays where it was changed.
set -euo pipefail
[ $# = 2 ] || { echo "usage: uninstall.sh ROOT PREFIX" >&2; exit 64; }
root=$1 prefix=${2%/}
source=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=Plugins/Packaging/places.sh
. "$source/Plugins/Packaging/places.sh"

to=$root$prefix
for tool in $tools; do
  rm -f "$to/bin/$tool" "$to/share/man/man1/$tool.1" "$to/share/bash-completion/completions/$tool" \
    "$to/share/zsh/site-functions/_$tool" "$to/share/fish/vendor_completions.d/$tool.fish"
done
rm -rf "$to/lib/tandem" "$to/share/doc/tandem"

(cd "$source/Config" && find . -type f) | while read -r file; do
  cmp -s "$source/Config/$file" "$root$configuration/$file" && rm "$root$configuration/$file"
done || true
if [ -d "$root$configuration" ]; then
  find "$root$configuration" -depth -type d -empty -delete
  if [ -d "$root$configuration" ]; then
    echo "note: what was changed in $configuration stays; remove it by hand where it is not wanted" >&2
  fi
fi
# Folders that are empty now were most likely ours.
(cd "$root/" && rmdir -p --ignore-fail-on-non-empty ".$prefix/bin" ".$prefix/lib" ".$prefix/etc" \
  ".$prefix/share/man/man1" ".$prefix/share/doc" ".$prefix/share/bash-completion/completions" \
  ".$prefix/share/zsh/site-functions" ".$prefix/share/fish/vendor_completions.d" 2> /dev/null) || true
