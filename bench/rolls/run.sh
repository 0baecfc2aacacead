#!/bin/sh
# Both databases in turn; SIZE=1000 for a quick look.
set -e
cd "$(dirname "$0")/../.."
mkdir -p var/bench
for database in sqlite postgresql; do
    if .venv/bin/python bench/rolls/run.py "$database" "${SIZE:-100000}" >"var/bench/rolls-$database.json"; then
        cat "var/bench/rolls-$database.json"
    elif [ "$database" = postgresql ]; then
        echo "rolls: no PostgreSQL server answered; left out" >&2
    else
        exit 1
    fi
done
.venv/bin/python bench/rolls/programmes.py >var/bench/rolls-programmes.json
