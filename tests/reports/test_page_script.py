"""The page's own script in a real browser: tables sort and filter, a cell says where it comes from, nothing is asked of
any host. The test adds a script that uses the page as a reader does and writes down what it saw."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync", "--dump-dom",
         "--disable-background-networking", "--disable-component-update", "--virtual-time-budget=5000",
         "--enable-logging=stderr")  # fmt: skip
READER = """
<script>
window.addEventListener("load", () => {
  const table = document.querySelector("th .origin").closest("table"), seen = {};
  const column = (n) => [...table.tBodies[0].rows].map((row) => row.cells[n].textContent);
  const shown = () => [...table.tBodies[0].rows].filter((row) => !row.hidden).length;
  const button = table.tHead.rows[0].cells[3].querySelector("button");
  seen.focusable = (button.focus(), document.activeElement === button);
  button.click(); seen.up = column(3); seen.up_mark = table.tHead.rows[0].cells[3].getAttribute("aria-sort");
  button.click(); seen.down = column(3); seen.down_mark = table.tHead.rows[0].cells[3].getAttribute("aria-sort");
  const input = document.querySelector(".press-tools input");
  input.value = "SCRIPT"; input.dispatchEvent(new Event("input")); seen.filtered = shown();
  input.value = ""; input.dispatchEvent(new Event("input")); seen.all = shown();
  const key = (target, name) => target.dispatchEvent(new KeyboardEvent("keydown", {key: name, bubbles: true}));
  const first = [...table.tBodies[0].rows].find((row) => row.cells[0].textContent === "1").cells[0];
  first.focus(); key(first, "ArrowRight"); seen.walked = document.activeElement.cellIndex;
  key(first, "Enter"); seen.trace = document.querySelector("#press-origin code").textContent;
  seen.open = !document.querySelector("#press-origin").hidden;
  key(document.body, "Escape"); seen.closed = document.querySelector("#press-origin").hidden;
  seen.scopes = [...document.querySelectorAll("thead th")].every((head) => head.scope === "col");
  const asked = performance.getEntriesByType("resource").map((entry) => entry.name);
  seen.asked = asked.filter((url) => !url.startsWith("data:"));
  const note = document.createElement("pre"); note.id = "seen"; note.textContent = JSON.stringify(seen);
  document.body.append(note);
});
</script>
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is missing: `make system` installs it (root)"),
]


def test_tables_sort_filter_and_say_where_a_number_comes_from(made: dict[str, Path], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(made["html"].read_text(encoding="utf-8").replace("</body>", f"{READER}</body>"), encoding="utf-8")
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "CONSOLE" not in result.stderr
    (note,) = html.fromstring(result.stdout).xpath("//pre[@id='seen']")
    seen = json.loads(note.text_content())
    numbers = [float(text) for text in seen["up"]]
    assert numbers == sorted(numbers) and len(set(numbers)) > 3
    assert [float(text) for text in seen["down"]] == sorted(numbers, reverse=True)
    assert (seen["up_mark"], seen["down_mark"]) == ("ascending", "descending")
    assert seen["focusable"] and seen["open"] and seen["closed"] and seen["scopes"]
    assert 0 < seen["filtered"] < seen["all"] == len(numbers)
    assert seen["walked"] == 1
    assert seen["trace"] == "ehpilot trace report.d01_pollutant 'row_no=1' --column row_no"
    assert seen["asked"] == []
