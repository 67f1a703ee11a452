"""A press holds its edition open, reads no other in its place, and lets it go at its end.

Does not belong here: what documents print (``test_forms``).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import openpyxl
import pytest

from ehpilot.reading.edition import MARTS_FILE
from ehpilot.reporting.open_edition import OpenEdition
from ehpilot.reporting.press import Press


@pytest.fixture
def own(edition: Path, tmp_path: Path) -> Path:
    """A copy of the tiny edition that a test may write."""
    folder = tmp_path / "0001"
    folder.mkdir()
    shutil.copyfile(edition / MARTS_FILE, folder / MARTS_FILE)
    return folder


def words(press: Press, edition: Path, to: Path) -> str:
    (result,) = press.render("D01", edition, to, ["xlsx"])
    assert result.path is not None, result.reason
    sheet = openpyxl.load_workbook(result.path).worksheets[0]
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def renumbered(edition: Path, number: int, aside: Path) -> None:
    """Put marts in the place of an edition's own, as another build of its number would."""
    shutil.copyfile(edition / MARTS_FILE, aside)
    with duckdb.connect(str(aside)) as connection:
        connection.execute("update meta.edition set edition_no = ?", [number])
    aside.replace(edition / MARTS_FILE)


def test_documents_that_follow_each_other_find_it_open(
    project: Path, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    begin = OpenEdition.__init__

    def count(self: OpenEdition, folder: Path) -> None:
        opened.append(folder)
        begin(self, folder)

    monkeypatch.setattr(OpenEdition, "__init__", count)
    with Press(project) as press:
        assert words(press, own, tmp_path / "a") == words(press, own, tmp_path / "b")
    assert opened == [own.resolve()]


def test_other_marts_under_its_name_are_read_anew(project: Path, own: Path, tmp_path: Path) -> None:
    with Press(project) as press:
        assert "第1版" in words(press, own, tmp_path / "a")
        renumbered(own, 9, tmp_path / "aside.duckdb")
        assert "第9版" in words(press, own, tmp_path / "b")


def test_after_its_end_the_marts_may_be_written(project: Path, own: Path, tmp_path: Path) -> None:
    with Press(project) as press:
        words(press, own, tmp_path / "a")
    with duckdb.connect(str(own / MARTS_FILE)) as connection:
        connection.execute("update meta.edition set edition_no = 2")
