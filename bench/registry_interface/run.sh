#!/bin/sh
# The public compliance suite against our own server: SUITE names a checkout of it (OpenSPP/spdci-compliance) with its packages installed.
set -eu
cd "$(dirname "$0")/../.."
if [ -z "${SUITE:-}" ]; then
    echo "registry_interface: not run, SUITE names no checkout of the compliance suite"
    exit 0
fi
folder="${FOLDER:-var/bench/county-tiny}"
if [ ! -e "$folder/anmin.sqlite3" ] || [ -e "$folder/unfinished" ]; then
    .venv/bin/anmin demo build --scenario tiny --folder "$folder"
fi
exec .venv/bin/python bench/registry_interface/run.py "$folder" "$SUITE"
