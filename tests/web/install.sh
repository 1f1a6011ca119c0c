#!/bin/sh
# Installs Chromium where apt-get works, and fetches the page's pinned parts with npm and pip. Elsewhere it says what is
# left out, and the tests marked "browser" are skipped. The first argument is the environment's Python.
set -u
python=${1:-python3}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
left_out() {
    echo "$1: tests marked 'browser' (the page, offline, keyboard and screen reader) are left out."
    exit 0
}
complete() { "$python" -c "from tests.web import what_is_missing; import sys; sys.exit(bool(what_is_missing()))"; }

complete && exit 0
wanted=""
command -v chromium >/dev/null || command -v google-chrome >/dev/null || wanted="chromium"
command -v npm >/dev/null || wanted="$wanted npm"
if [ -n "$wanted" ]; then
    command -v apt-get >/dev/null || left_out "There is no$wanted, and no apt-get to install it with"
    as_root true 2>/dev/null || left_out "There is no$wanted, and apt-get needs root"
    echo "Installing$wanted ..."
    log=$(mktemp)
    if as_root apt-get update >"$log" 2>&1 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $wanted >>"$log" 2>&1; then
        rm -f "$log"
    else
        tail -n 5 "$log"
        left_out "apt-get could not install$wanted"
    fi
fi
echo "Fetching the page's parts (Pyodide, wheels) ..."
"$python" -c "from addin.web.parts import collect; from tests.web import PARTS, every_part; collect(PARTS, every_part())" ||
    left_out "The page's parts could not be fetched"
