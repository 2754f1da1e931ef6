#!/usr/bin/env bash
# install.sh BUILT ROOT PREFIX: puts the tools built in the folder BUILT under ROOT/PREFIX, with all that belongs to them.
#
# Called by `make install` and by deb.sh; needs no network. The day on the man pages is $SOURCE_DATE_EPOCH's.
set -euo pipefail
umask 022
[ $# = 3 ] || { echo "usage: install.sh BUILT ROOT PREFIX" >&2; exit 64; }
built=$1 root=$2 prefix=${3%/}
source=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=Plugins/Packaging/places.sh
. "$source/Plugins/Packaging/places.sh"
for program in patchelf strip install; do
  command -v "$program" > /dev/null || { echo "error: no $program here: apt-get install patchelf binutils" >&2; exit 69; }
done

to=$root$prefix
install -d "$to/bin" "$to/lib/tandem" "$to/share" "$root$configuration" "$to/share/doc/tandem/examples"

# The tools look for the runtime in lib/tandem alone: the place of the toolchain that built them must not matter.
for tool in $tools; do
  install -m 755 "$built/$tool" "$to/bin/$tool"
  strip "$to/bin/$tool"
  # shellcheck disable=SC2016 # the loader expands $ORIGIN
  patchelf --set-rpath '$ORIGIN/../lib/tandem' "$to/bin/$tool"
done

# Of the Swift runtime, what the tools load.
# shellcheck disable=SC2086 # a list of names
(cd "$built" && ldd $tools) | awk '/\/swift\/linux\// { print $3 }' | sort -u | while read -r library; do
  install -m 644 "$library" "$to/lib/tandem/"
  strip --strip-unneeded "$to/lib/tandem/${library##*/}"
done

"$built/tool-pages" "$built" "$to/share" --date "$(date -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%F)"

# A configuration that the department has changed stays: what is new is laid beside it.
(cd "$source/Config" && find . -type f) | sort | while read -r file; do
  place=$root$configuration/$file
  if [ -e "$place" ] && ! cmp -s "$source/Config/$file" "$place"; then
    echo "note: $configuration/${file#./} was changed here and stays; the new one is $configuration/${file#./}.new" >&2
    place=$place.new
  fi
  install -D -m "$([ -x "$source/Config/$file" ] && echo 755 || echo 644)" "$source/Config/$file" "$place"
done

tar -C "$source/Examples" --exclude=__pycache__ --exclude='*.pyc' --exclude=out --exclude=.venv -cf - . |
  tar -C "$to/share/doc/tandem/examples" --no-same-owner -xf -
install -m 644 "$source/README.md" "$source/LICENSE" "$to/share/doc/tandem/"
install -d "$to/share/doc/tandem/guide"
install -m 644 "$source"/Sources/tandem/Documentation.docc/*.md "$to/share/doc/tandem/guide"
chmod -R u=rwX,go=rX "$to/share/doc/tandem" "$to/share/man" "$to/share/bash-completion/completions" \
  "$to/share/zsh/site-functions" "$to/share/fish/vendor_completions.d" 2> /dev/null || true
