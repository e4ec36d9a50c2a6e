"""A real browser, axe, and the two sites that it looks at."""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.graph.store import open_graph
from kg.publish.static import Options, publish_site
from kg.publish.vendor import fetch_all, has_package
from tests.publish.browser.browsing import Browser, open_browser

AXE = "axe-core@4.14.1"


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium without a window."""
    pytest.importorskip("selenium", reason="selenium is not installed")
    if not shutil.which("chromium") or not shutil.which("chromedriver"):
        pytest.skip("chromium or chromedriver is not installed (tests/system-packages.txt)")
    with open_browser(tmp_path_factory.mktemp("chromium")) as found:
        yield found


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The script of axe, fetched once by npm into a folder that git ignores."""
    folder = root / "tests" / "node_modules" / AXE
    script = folder / "package" / "axe.min.js"
    if not script.is_file():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("npm is not installed, so axe cannot be fetched")
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "pack", "--silent", "--pack-destination", str(folder), AXE]
        done = subprocess.run(command, capture_output=True, timeout=120, check=False)
        if done.returncode:
            pytest.skip(f"axe could not be fetched: {done.stderr[-200:]!r}")
        with tarfile.open(next(folder.glob("*.tgz"))) as packed:
            packed.extractall(folder, filter="data")
    return script.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def static_site(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the static site, which stands below a folder of its host."""
    folder = tmp_path_factory.mktemp("host")
    with open_graph(graph) as opened:
        publish_site(opened, folder / "some" / "where", Options())
    handler = functools.partial(QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{host.server_port}/some/where"
        host.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """A host of files that writes no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def need_package(folder: str) -> None:
    """Fetches the parts of others where they are not there yet; skips where that cannot be done."""
    if has_package(folder):
        return
    try:
        fetch_all()
    except ResourceError as error:
        pytest.skip(f"{folder} is not there and cannot be fetched: {error}")
