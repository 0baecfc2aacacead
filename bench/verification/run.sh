#!/bin/sh
# The full check of the roll against ten deliveries; ROWS=200000 for large ones.
set -e
cd "$(dirname "$0")/../.."
mkdir -p var/bench
.venv/bin/python bench/verification/run.py "${ROWS:-20000}" | tee var/bench/verification.json
