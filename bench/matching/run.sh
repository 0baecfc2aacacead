#!/bin/sh
# A million persons against two million dirty rows, here and by Splink 5. PERSONS=100000 ROWS=200000 SEEDS=1 for a quick look.
# Not 0 where a goal is missed.
set -eu
cd "$(dirname "$0")/../.."
peer=var/bench/matching/splink
if [ ! -x $peer/bin/python ] || ! cat bench/matching/requirements.txt bench/matching/febrl.txt | cmp -s - $peer/installed; then
    python3 -m venv $peer
    $peer/bin/python -m pip install --quiet --disable-pip-version-check -r bench/matching/requirements.txt
    $peer/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r bench/matching/febrl.txt
    cat bench/matching/requirements.txt bench/matching/febrl.txt > $peer/installed
fi
exec .venv/bin/python bench/matching/run.py $peer/bin/python
