"""Pages of an edition in a real browser: nothing is requested, nothing fails, something is painted."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.area import Area

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--window-size=1200,1600",
)  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is missing: `make system` installs it (root)"),
]


@pytest.mark.parametrize("pattern", ["index.html", "reports/D01_*清单.html", "quality/index.html"])
def test_page_is_whole_and_silent(demo: Area, tmp_path: Path, pattern: str) -> None:
    page = next(demo.latest.glob(pattern))
    picture, log = tmp_path / "page.png", tmp_path / "net.json"
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", f"--log-net-log={log}"]
    command += ["--enable-logging=stderr", f"--screenshot={picture}", page.as_uri()]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "CONSOLE" not in result.stderr
    assert picture.stat().st_size > 20_000
    asked = [url for url in _requested(log) if url.startswith(("http:", "https:", "ws:")) and page.stem in url]
    assert asked == []
    assert not [url for url in _requested(log, initiator=page.as_uri()) if not url.startswith(("file:", "data:"))]


def _requested(log: Path, initiator: str | None = None) -> list[str]:
    """URLs of the network log; of one page only, where ``initiator`` names it."""
    text = log.read_text(encoding="utf-8").rstrip().rstrip(",")
    try:
        events = json.loads(text)["events"]
    except json.JSONDecodeError:
        events = json.loads(text + "]}")["events"]
    found = []
    for event in events:
        parameters = event.get("params", {})
        url = parameters.get("url")
        if url and (initiator is None or str(parameters.get("initiator", "")).startswith("file:")):
            found.append(url)
    return found
