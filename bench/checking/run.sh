#!/bin/sh
# How often the arithmetic checker is right on the corpus, and how long it takes. Not 0 where a goal is missed.
# The reports of unseen/ give a figure to read, not a gate: nobody mends the checker by them.
set -eu
cd "$(dirname "$0")/../.."
.venv/bin/python bench/checking/score.py
printf '\nReports that the checker was not mended by:\n'
.venv/bin/python bench/checking/score.py bench/checking/unseen || true
printf '\nMisprints of what is believed, told:\n'
.venv/bin/python bench/checking/misprint.py --share 0.2
echo
.venv/bin/python bench/checking/size.py
