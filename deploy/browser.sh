#!/bin/sh
# Fetches a browser for the browser tests where there is none: Debian's when root, else Playwright's own.
set -u
cd "$(dirname "$0")/.."
command -v chromium-headless-shell >/dev/null 2>&1 && exit 0
debian() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }
fetched() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null 2>&1; }
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 || continue
    # The one without a window takes a quarter less of the processor; where it cannot be had at once, the one there will do.
    if debian; then fetched chromium-headless-shell || true; fi
    exit 0
done
ls "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium-*/ >/dev/null 2>&1 && exit 0
if debian; then
    echo "Fetching Debian's chromium and a Chinese font"
    apt-get update -qq >/dev/null 2>&1
    for name in chromium-headless-shell chromium; do
        fetched "$name" fonts-noto-cjk && exit 0
    done
fi
echo "Fetching Playwright's chromium"
.venv/bin/python -m playwright install chromium >/dev/null 2>&1 && exit 0
echo "No browser could be fetched: the browser tests will be left out and named at the end." >&2
[ -z "${CI:-}" ]
