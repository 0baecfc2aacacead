#!/bin/sh
# A million households here and by OpenFisca-Core, in turn; HOUSEHOLDS=20000 for a quick look. Not 0 where a goal is missed.
set -eu
cd "$(dirname "$0")/../.."
uv=uv
if ! uv --version >/dev/null 2>&1; then
    # Not the one in .venv: where uv makes that anew it leaves itself out.
    uv=var/bench/tools/bin/uv
    if [ ! -x $uv ]; then
        .venv/bin/python -m venv var/bench/tools
        var/bench/tools/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"
    fi
fi
# Each side in an environment of its own: ours with the readers and writers that are for measuring only, OpenFisca's because of
# its licence (AGPL) and its pins.
house=var/bench/rules/house
UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=$house $uv sync --frozen --no-dev --group bench --quiet
peer=var/bench/rules/openfisca
if [ ! -x $peer/bin/python ] || ! cmp -s bench/rules/requirements.txt $peer/installed; then
    .venv/bin/python -m venv $peer
    $peer/bin/python -m pip install --quiet --disable-pip-version-check -r bench/rules/requirements.txt
    cp bench/rules/requirements.txt $peer/installed
fi
exec $house/bin/python bench/rules/run.py $peer/bin/python "${HOUSEHOLDS:-1000000}"
