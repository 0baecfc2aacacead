"""Every vendored front-end file is the one named in `vendor.lock`, byte for byte.

    python -m anmin.web.vendor            # verify what is committed (no network)
    python -m anmin.web.vendor --fetch    # fetch the locked versions through npm, rewrite files and lock

Nothing is loaded from another machine at run time, so these files are committed. To raise a version or add an
icon, edit `vendor.lock` (its hashes are rewritten by `--fetch`) and look at the gallery page afterwards.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TypedDict

HERE = Path(__file__).parent
LOCK = HERE / "vendor.lock"
FOLDER = HERE / "static" / "vendor"
SPRITE = "tabler-icons.svg"

# Manifest storage follows this comment and stops when the map it names is not there.
_SOURCE_MAP = re.compile(rb"^\s*(?://[#@]\s*sourceMappingURL=.*|/\*[#@]\s*sourceMappingURL=.*?\*/)\s*$", re.MULTILINE)


class VendoredFile(TypedDict):
    """Where a file lies in its npm package, where it lies here, and what it must hash to."""

    source: str
    path: str
    sha256: str


class Package(TypedDict):
    """One npm package, pinned to one version."""

    name: str
    version: str
    licence: str
    files: list[VendoredFile]


class Lock(TypedDict):
    """What `vendor.lock` says."""

    packages: list[Package]
    icons: list[str]


def read_lock() -> Lock:
    """Return what `vendor.lock` says."""
    lock: Lock = json.loads(LOCK.read_text(encoding="utf-8"))
    return lock


def faults(folder: Path = FOLDER) -> list[str]:
    """Return one sentence for every file that is missing, changed, or present without being locked."""
    found: list[str] = []
    locked: set[str] = set()
    for package in read_lock()["packages"]:
        for file in package["files"]:
            locked.add(file["path"])
            path = folder / file["path"]
            if not path.is_file():
                found.append(f"{file['path']}: missing ({package['name']} {package['version']})")
            elif _sha256(path.read_bytes()) != file["sha256"]:
                found.append(f"{file['path']}: differs from {package['name']} {package['version']} in vendor.lock")
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    found += [f"{path}: not in vendor.lock" for path in sorted(present - locked)]
    return found


def fetch() -> None:
    """Bring the folder to the locked versions and write the hashes of what arrived into the lock."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed to fetch vendored files; it is not needed to run the platform.")
    lock = read_lock()
    with tempfile.TemporaryDirectory(prefix="anmin-vendor-") as scratch:
        wanted = [f"{package['name']}@{package['version']}" for package in lock["packages"]]
        # --ignore-scripts: a package gets to hand us files, not to run code on this machine.
        command = [
            npm,
            "install",
            "--prefix",
            scratch,
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            *wanted,
        ]
        subprocess.run(command, check=True, cwd=scratch)  # noqa: S603  fixed command, versions from our own lock
        modules = Path(scratch) / "node_modules"
        for package in lock["packages"]:
            root = modules / package["name"]
            manifest = json.loads((root / "package.json").read_text(encoding="utf-8"))
            if (manifest["version"], manifest["license"]) != (package["version"], package["licence"]):
                raise SystemExit(f"{package['name']}: got {manifest['version']} under {manifest['license']}")
            for file in package["files"]:
                if file["path"] == SPRITE:
                    content = sprite(root / file["source"], lock["icons"])
                else:
                    content = _SOURCE_MAP.sub(b"", (root / file["source"]).read_bytes())
                target = FOLDER / file["path"]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                file["sha256"] = _sha256(content)
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def sprite(folder: Path, names: list[str]) -> bytes:
    """Return one SVG holding a `<symbol>` for each named outline icon; refuses an icon that does not exist."""
    symbols = []
    for name in sorted(set(names)):
        path = folder / f"{name}.svg"
        if not path.is_file():
            raise SystemExit(f"No outline icon is called {name!r}.")
        text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", text, flags=re.DOTALL)
        # Every icon opens with an invisible 24 by 24 square that we do not need.
        inner = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>', "", inner)
        inner = re.sub(r"\s*\n\s*", "", inner)
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
            f'stroke-linecap="round" stroke-linejoin="round">{inner}</symbol>'
        )
    body = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'.encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def main(arguments: list[str] | None = None) -> int:
    """Verify the vendored files, or fetch them first; the result is the process's exit status."""
    parser = argparse.ArgumentParser(description="Verify or fetch the vendored front-end files.")
    parser.add_argument("--fetch", action="store_true", help="fetch the locked versions through npm first")
    if parser.parse_args(arguments).fetch:
        fetch()
    found = faults()
    for sentence in found:
        sys.stderr.write(sentence + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
