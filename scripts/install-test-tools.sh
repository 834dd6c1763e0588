#!/bin/sh
# Brings the judges that the tests ask: poppler, qpdf, OpenSSL and Chromium from the
# distribution; what requirements.txt names from PyPI into a Python environment of
# their own, what package.json names from npm beside it (the last that runs on Node 18,
# which the distribution has).
#
#     scripts/install-test-tools.sh PYTHON NODE
set -eu
python=$1
node=$2
tests=$(dirname "$0")/../tests

missing=
command -v pdftotext >/dev/null && command -v pdffonts >/dev/null || missing="$missing poppler-utils"
command -v qpdf >/dev/null || missing="$missing qpdf"
command -v openssl >/dev/null || missing="$missing openssl"
# Debian keeps the means to make an environment in a package of its own.
python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
command -v chromium >/dev/null || missing="$missing chromium"
command -v node >/dev/null && command -v npm >/dev/null || missing="$missing nodejs npm"
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

# Whether what a list names lies in a folder already.
has() { cmp -s "$tests/$1" "$2/$1"; }

if ! has requirements.txt "$python"; then
  echo "Bringing what tests/requirements.txt names ..."
  python3 -m venv --clear "$python"
  "$python/bin/python" -m pip install --quiet --disable-pip-version-check -r "$tests/requirements.txt"
  cp "$tests/requirements.txt" "$python"
fi
if ! has package.json "$node"; then
  echo "Bringing what tests/package.json names ..."
  rm -rf "$node" && mkdir -p "$node/new"
  cp "$tests/package.json" "$node/new"
  npm install --prefix "$node/new" --silent --no-audit --no-fund --ignore-scripts
  mv "$node/new"/* "$node" && rm -rf "$node/new"
fi
