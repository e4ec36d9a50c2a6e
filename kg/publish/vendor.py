"""Fetches what the site uses of others, once: the query editor and the engine that runs in browsers.

``kg assets`` asks npm for two packages of fixed versions, compares their checksums, and puts the few
files that pages load, with their licences, into ``kg/publish/assets/vendor``.  Without them the query page is a plain
form, and the static site has no query page of its own.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ResourceError

VENDOR = Path(__file__).resolve().parent / "assets" / "vendor"


@dataclass(frozen=True, slots=True)
class Package:
    """A package of npm: its folder here, version, checksum, licence, and the files that are kept by their new names."""

    name: str
    folder: str
    version: str
    integrity: str
    licence: str
    files: tuple[tuple[str, str], ...]


PACKAGES = (
    Package(
        "oxigraph",
        "oxigraph",
        "0.5.11",
        "sha512-zKdgmp1tsrutGzC1lCCywwZRPpLJKaJnKSDWoY2hIhMiwiCRRXNN1DU7WUyTInBvgPKT8Y5N+RgwTL8qKXpLng==",
        "MIT OR Apache-2.0",
        (("web.js", "web.js"), ("web_bg.wasm", "web_bg.wasm"), ("README.md", "README.md")),
    ),
    Package(
        "@triply/yasgui",
        "yasgui",
        "4.2.28",
        "sha512-HN1neZqERSGoDyk/Fg40nI+F0tHnaBxjqizhN0mur2Kj0oJsklBsFMRk/M+wW+ohy8dSEn7AgX3H0pPrV/wmVg==",
        "MIT",
        (
            ("build/yasgui.min.js", "yasgui.min.js"),
            ("build/yasgui.min.css", "yasgui.min.css"),
            ("LICENSE.txt", "LICENSE.txt"),
            ("build/yasgui.min.js.LICENSE.txt", "LICENSES-BUNDLED.txt"),
        ),
    ),
)


def has_package(folder: str) -> bool:
    """Whether a package has been fetched."""
    return (VENDOR / folder / "VERSION").is_file()


def fetch_all(target: Path = VENDOR, *, again: bool = False) -> list[str]:
    """Fetches every package that is not there in its version, or all where ``again``; gives the names of those fetched.

    Raises ResourceError where npm is missing or fails, or where a package is not the one that was checked.
    """
    fetched = []
    for package in PACKAGES:
        stamp = target / package.folder / "VERSION"
        stands = f"{package.name} {package.version}\n"
        if not again and stamp.is_file() and stamp.read_text(encoding="utf-8").startswith(stands):
            continue
        _fetch(package, target / package.folder)
        fetched.append(f"{package.name} {package.version}")
    return fetched


def _fetch(package: Package, folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise ResourceError("npm is not installed", where=package.name, hint="install Node.js; the site works without")
    with tempfile.TemporaryDirectory() as temporary:
        command = [npm, "pack", "--silent", "--pack-destination", temporary, f"{package.name}@{package.version}"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=temporary)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ResourceError(f"npm failed ({error})", where=package.name, hint="is there a network?") from error
        packed = next(iter(sorted(Path(temporary).glob("*.tgz"))), None)
        if done.returncode or packed is None:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise ResourceError(f"npm failed ({reason})", where=package.name, hint="is there a network?")
        check_integrity(packed.read_bytes(), package)
        _unpack(packed, package, folder)


def check_integrity(content: bytes, package: Package) -> None:
    """Raises ResourceError where these are not the bytes that were checked."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    if found != package.integrity:
        raise ResourceError("the package is not the one that was checked", where=package.name, hint="do not use it")


def _unpack(packed: Path, package: Package, folder: Path) -> None:
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    with tarfile.open(packed) as archive:
        for name, own in package.files:
            member = archive.extractfile(f"package/{name}")
            if member is None:
                raise ResourceError(f"the package has no {name}", where=package.name)
            (fresh / own).write_bytes(member.read())
    stamp = f"{package.name} {package.version}\nlicence: {package.licence}\n{package.integrity}\n"
    (fresh / "VERSION").write_text(stamp, encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.replace(folder)
