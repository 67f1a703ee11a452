"""The sheet for the wall: all nineteen, their lights and documents; what is urged; figures of the edition's own tables.

Does not belong here: the rules of lights (tests/dbt_inventory/test_pilot).
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from ehpilot.publish import board_page
from tests.area import Area


def page(demo: Area) -> str:
    return (demo.latest / board_page.FILE).read_text(encoding="utf-8")


def test_all_nineteen_stand_on_it_with_their_lights(demo: Area) -> None:
    tiles = re.findall(r'class="tile (\w+)">\s*<p class="name">(D\d\d)', page(demo))
    rows = demo.sql("select deliverable_id, light from report.annual_deliverable")
    assert len(tiles) == 19
    assert {name: colour for colour, name in tiles} == {
        row["deliverable_id"]: board_page.COLOURS[row["light"]] for row in rows
    }
    assert "演示数据（虚构）" in page(demo)


def test_documents_of_the_edition_are_linked_and_the_front_page_links_it(demo: Area) -> None:
    made = json.loads((demo.latest / "reports" / "index.json").read_text(encoding="utf-8"))["documents"]
    wanted = {f"../{one['path']}" for one in made if one["path"] and re.fullmatch(r"D\d\d", one["document_id"])}
    linked = set(re.findall(r'href="([^"]+)"', page(demo)))
    assert wanted and wanted <= linked
    assert all((demo.latest / Path(board_page.FILE).parent / link).resolve().is_file() for link in linked)
    assert f'href="{board_page.FILE}"' in (demo.latest / "index.html").read_text(encoding="utf-8")


def test_what_is_urged_is_the_list_of_the_summary(demo: Area) -> None:
    urged = demo.sql("select row_no, matter from report.annual_supervision order by row_no")
    assert urged
    section = page(demo).partition("督办清单")[2].partition("</table>")[0]
    assert section.count("<tr><td>") == len(urged) and all(row["matter"] in section for row in urged)


def test_the_sheet_is_sealed_with_the_edition(demo: Area) -> None:
    assert board_page.FILE in {
        line.split("  ", 1)[1] for line in (demo.latest / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    }
