#!/usr/bin/env bash
# Tests/python-environment.sh [--check] REQUIREMENTS FOLDER: makes a Python environment with the packages that a file pins, or
# keeps the one that is there. With --check it makes nothing: exit code 1 where the environment is not complete.
#
# The file lists every package with its version, those that others need too: nothing else is installed. A copy of the file,
# written last, says that the environment was made completely. Without an equal copy, or where a file of a package is missing
# since, everything is made again. Debian's own Python is used, whichever else is first on the PATH.
set -euo pipefail
only_check=
if [ "$1" = --check ]; then only_check=1; shift; fi
requirements=$1 folder=$2
python=/usr/bin/python3
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV PIP_TARGET PIP_PREFIX PIP_USER PIP_REQUIRE_VIRTUALENV

is_complete() {
  cmp -s "$requirements" "$folder/requirements.txt" && "$folder/bin/python3" -I - "$requirements" << 'END'
import importlib.metadata, sys

for line in open(sys.argv[1]):
    name, _, version = line.partition("#")[0].strip().partition("==")
    if not name:
        continue
    try:
        package = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        sys.exit(f"{name} is missing")
    if package.version != version:
        sys.exit(f"{name} is {package.version}, not {version}")
    # Compiled files come and go.
    for file in package.files or []:
        if file.suffix != ".pyc" and not file.locate().exists():
            sys.exit(f"{file} of {name} is missing")
END
}

if [ -n "$only_check" ]; then
  is_complete || exit 1
  exit 0
fi
mkdir -p "$(dirname "$folder")"
# Two runs of make take turns.
exec 9> "$folder.lock"
flock 9
if is_complete; then exit 0; fi

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
