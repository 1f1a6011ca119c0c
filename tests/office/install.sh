#!/bin/sh
# Installs LibreOffice, the judge of formulas and maker of pictures, where apt-get works. Elsewhere it says what is left out, and the
# tests marked "office" are skipped.
set -u
packages="libreoffice-calc python3-uno poppler-utils fonts-crosextra-carlito"

complete() {
    command -v soffice >/dev/null && command -v pdftoppm >/dev/null &&
        /usr/bin/python3 -c 'import uno' 2>/dev/null && ls /usr/share/fonts/truetype/crosextra/Carlito* >/dev/null 2>&1
}
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
left_out() {
    echo "LibreOffice is not installed and $1: tests marked 'office' (formulas recalculated, pictures, PDF) are left out."
    exit 0
}

complete && exit 0
command -v apt-get >/dev/null || left_out "there is no apt-get to install it with"
as_root true 2>/dev/null || left_out "apt-get needs root"
echo "Installing LibreOffice ($packages) ..."
log=$(mktemp)
if as_root apt-get update >"$log" 2>&1 &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages >>"$log" 2>&1; then
    rm -f "$log"
else
    tail -n 5 "$log"
    left_out "apt-get could not install it"
fi
