#!/bin/sh
# Brings the judges that the tests ask: poppler and qpdf from the distribution,
# what requirements.txt names from PyPI into a Python environment of their own.
#
#     scripts/install-test-tools.sh FOLDER
set -eu
folder=$1
wanted=$(dirname "$0")/../tests/requirements.txt

missing=
command -v pdftotext >/dev/null && command -v pdffonts >/dev/null || missing="$missing poppler-utils"
command -v qpdf >/dev/null || missing="$missing qpdf"
# Debian keeps the means to make an environment in a package of its own.
python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
if [ -n "$missing" ]; then
  if ! command -v apt-get >/dev/null; then
    echo "Please install:$missing" >&2
    exit 1
  fi
  root() {
    if [ "$(id -u)" = 0 ]; then env DEBIAN_FRONTEND=noninteractive "$@"
    else sudo DEBIAN_FRONTEND=noninteractive "$@"; fi
  }
  echo "Bringing$missing ..."
  root apt-get update -qq
  # The names are split on purpose.
  # shellcheck disable=SC2086
  root apt-get install -qq -y --no-install-recommends $missing >/dev/null
fi

cmp -s "$wanted" "$folder/requirements.txt" && exit 0
echo "Bringing what tests/requirements.txt names ..."
python3 -m venv --clear "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check -r "$wanted"
cp "$wanted" "$folder/requirements.txt"
