#!/usr/bin/env bash
# Tests/python-environment.sh REQUIREMENTS FOLDER: makes a Python environment with the packages that a file pins, or keeps the one that is there.
#
# The file lists every package with its version, those that others need too: nothing else is installed. A copy of the file,
# written last, says that the environment is complete; without an equal copy everything is made again. Debian's own Python is
# used, whichever else is first on the PATH.
set -euo pipefail
requirements=$1 folder=$2
python=/usr/bin/python3
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV PIP_TARGET PIP_PREFIX PIP_USER PIP_REQUIRE_VIRTUALENV

mkdir -p "$(dirname "$folder")"
# Two runs of make take turns.
exec 9> "$folder.lock"
flock 9
if cmp -s "$requirements" "$folder/requirements.txt" && [ -x "$folder/bin/python3" ]; then exit 0; fi

[ -x "$python" ] || { echo "error: $python is missing: sudo apt-get install python3-venv" >&2; exit 69; }
echo "making $folder from $requirements"
rm -rf "$folder"
"$python" -m venv "$folder"
# An environment's path is part of its scripts, so that it is made where it stays.
"$folder/bin/python3" -I -m pip install --quiet --disable-pip-version-check --no-deps --prefer-binary --use-pep517 \
  --requirement "$requirements" || {
  echo "error: the packages of $requirements were not installed (see above); with a network, run the same command again" >&2
  exit 69
}
told=$("$folder/bin/python3" -I -m pip --disable-pip-version-check check) || {
  echo "$told" >&2
  echo "error: $requirements lacks a package or pins one that does not fit" >&2
  exit 78
}
cp "$requirements" "$folder/requirements.part"
mv "$folder/requirements.part" "$folder/requirements.txt"
