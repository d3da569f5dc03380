#!/bin/sh
# Installs the Debian packages named in the arguments where it may, and names them clearly where it may not.
missing=""
for package in "$@"; do
    dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ]; then
    run=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    run="sudo"
else
    run="none"
fi
if [ "$run" != none ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing:$missing"
    # shellcheck disable=SC2086
    $run env DEBIAN_FRONTEND=noninteractive sh -c "apt-get update -qq && apt-get install -y -qq $missing >/dev/null" && exit 0
fi
echo "Please install these system packages by hand (as root: apt-get install$missing)." >&2
echo "Without tesseract-ocr only the engine 'tesseract' is missing; without python3-venv the set-up can't go on." >&2
exit 0
