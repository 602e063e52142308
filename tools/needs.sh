#!/usr/bin/env bash
# Gets from Debian what is missing, if it may (root, or sudo without a password); else says so in one line.
#   tools/needs.sh setup    Python with venv, Node and npm
#   tools/needs.sh test     the servers and the browser that tests talk to, and a font with Chinese characters
set -euo pipefail

packages=()
stop() { echo "sartor: $*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }
needs() { packages+=("$1"); }

setup() {
  local python=${PYTHON:-python3}
  has "$python" || stop "$python is missing; Sartor needs Python 3.11 or newer"
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "Sartor needs Python 3.11 or newer; $python is $("$python" -V 2>&1)"
  "$python" -c 'import ensurepip, venv' 2>/dev/null || needs python3-venv
  has node || stop "node is missing; Sartor is built with Node 20 or newer"
  node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' ||
    stop "Sartor is built with Node 20 or newer; this is $(node --version)"
  has npm || needs npm
}

test_() {
  # Without Debian's PostgreSQL the tests use the one in a Python wheel, so it is asked for only where it is free.
  if [ -z "${SARTOR_TEST_POSTGRES:-}" ] && ! compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; then
    may_install && needs postgresql
  fi
  has redis-server || needs redis-server
  [ -n "${SARTOR_TEST_CHROMIUM:-}" ] || has chromium-headless-shell || has chromium || has chromium-browser ||
    has google-chrome || needs chromium
  { has fc-list && [ -n "$(fc-list :lang=zh)" ]; } || needs fonts-noto-cjk
}

may_install() { has apt-get && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }

install() {
  may_install || stop "missing: ${packages[*]} (Debian: sudo apt-get install ${packages[*]})"
  local as=()
  [ "$(id -u)" = 0 ] || as=(sudo -n)
  echo "sartor: installing ${packages[*]}"
  "${as[@]}" apt-get update -qq
  # The same Chromium without a window starts and draws faster; older Debians do not have it.
  if apt-cache show chromium-headless-shell >/dev/null 2>&1; then packages=("${packages[@]/%chromium/chromium-headless-shell}"); fi
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}

case "${1:-}" in
  setup) setup ;;
  test) test_ ;;
  *) stop "usage: tools/needs.sh setup|test" ;;
esac
[ ${#packages[@]} -eq 0 ] || install
