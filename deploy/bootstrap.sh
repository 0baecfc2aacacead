#!/bin/sh
# Makes .venv and installs exactly what uv.lock says, and what else is asked for (--group spark). Needs a Python of 3.11 or newer
# with venv, and a package registry.
set -eu
cd "$(dirname "$0")/.."

# Some machines forbid bytecode; without it every start costs seconds.
unset PYTHONDONTWRITEBYTECODE || true

find_python() {
    # A python3.12 on the path may be a version manager's shim that cannot run, so each is tried by running it.
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 "$HOME"/.pyenv/versions/3.1[1-9]*/bin/python3; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

if ! python=$(find_python); then
    echo "No Python of 3.11 or newer with venv was found. On Debian: apt-get install python3 python3-venv" >&2
    exit 1
fi

if uv --version >/dev/null 2>&1; then
    uv=uv
else
    # An environment made by uv has no pip; making it again puts pip in and takes nothing away.
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        echo "Making .venv with $python"
        "$python" -m venv .venv
    fi
    .venv/bin/python -m uv --version >/dev/null 2>&1 || .venv/bin/python -m pip install --quiet "uv>=0.9,<1"
    uv=".venv/bin/python -m uv"
fi

echo "Installing the locked dependencies"
# --inexact: keeps uv itself where it lives in the same environment.
UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv $uv sync --frozen --inexact --compile-bytecode --quiet --python "$python" "$@"
# Only what is installed is compiled above; the platform itself lies in src.
.venv/bin/python -m compileall -q src
touch .venv/.installed
