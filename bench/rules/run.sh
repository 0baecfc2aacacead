#!/bin/sh
# A million households here and by OpenFisca-Core, in turn; HOUSEHOLDS=20000 for a quick look. Not 0 where a goal is missed.
set -eu
cd "$(dirname "$0")/../.."
if uv --version >/dev/null 2>&1; then uv=uv; else uv=".venv/bin/python -m uv"; fi
# The readers and writers are for measuring only, and so is OpenFisca (AGPL), in an environment of its own.
UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv $uv sync --frozen --inexact --group bench --quiet
peer=var/bench/rules/openfisca
if [ ! -x $peer/bin/python ] || ! cmp -s bench/rules/requirements.txt $peer/installed; then
    .venv/bin/python -m venv $peer
    $peer/bin/python -m pip install --quiet --disable-pip-version-check -r bench/rules/requirements.txt
    cp bench/rules/requirements.txt $peer/installed
fi
exec .venv/bin/python bench/rules/run.py $peer/bin/python "${HOUSEHOLDS:-1000000}"
