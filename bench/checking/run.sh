#!/bin/sh
# How often the arithmetic checker is right on the corpus, and how long it takes. Not 0 where a goal is missed.
set -eu
cd "$(dirname "$0")/../.."
.venv/bin/python bench/checking/score.py
echo
.venv/bin/python bench/checking/size.py
