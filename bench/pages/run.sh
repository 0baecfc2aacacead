#!/bin/sh
# The demo county is built where it is missing (a minute or two), then served and visited; SCENARIO=tiny for a quick look.
set -eu
cd "$(dirname "$0")/../.."
scenario="${SCENARIO:-2024H1}"
folder="${FOLDER:-var/bench/county-$scenario}"
if [ ! -e "$folder/anmin.sqlite3" ] || [ -e "$folder/unfinished" ]; then
    .venv/bin/anmin demo build --scenario "$scenario" --folder "$folder"
fi
exec .venv/bin/python bench/pages/run.py "$folder" "$scenario"
