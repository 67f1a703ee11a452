"""`ehpilot demo` writes into a folder that is absent, empty or its own, and never over a user's file.

Does not belong here: what the files hold (test_generator.py).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ehpilot.demo import FolderError, own_folder, write_demo
from ehpilot.demo.own_folder import MARKER
from tests.area import ehpilot

SMALL = 0.02


@pytest.fixture(autouse=True)
def _few_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four files and a link in the generator's stead; the command line, a process of its own, has the real one."""

    def generate(out: Path, truth: Path, seed: int, scale: float, as_of: date, *, is_hostile: bool) -> None:
        texts = {out / "decisions" / "决定_2026.csv": "d", truth / "sites.csv": f"{seed} {scale} {is_hostile}"}
        texts |= {out / "monitoring" / f"VOCs在线_2026{month:02d}.csv": "v" for month in range(6, as_of.month + 1)}
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        (out / "link").symlink_to("../../nowhere")

    monkeypatch.setattr(own_folder, "generate", generate)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An own folder of an earlier day."""
    write_demo(tmp_path / "landing", scale=SMALL, as_of=date(2026, 7, 31))
    return tmp_path / "landing"


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_nothing_is_written_beside_the_folder(folder: Path) -> None:
    assert [path.name for path in folder.parent.iterdir()] == ["landing"]
    assert (folder / "truth" / "sites.csv").is_file() and (folder / MARKER).is_file()


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "landing").mkdir()
    write_demo(tmp_path / "landing", tmp_path / "truth", scale=SMALL)
    assert (tmp_path / "truth" / "sites.csv").is_file() and not (tmp_path / "landing" / "truth").exists()


@pytest.mark.parametrize("option", ["out", "truth"])
def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path, option: str) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "sites.csv").write_text("mine", encoding="utf-8")
    folders = {"out": tmp_path / "landing", "truth": tmp_path / "true"} | {option: theirs}
    result = ehpilot("demo", "--out", str(folders["out"]), "--truth", str(folders["truth"]), "--scale", str(SMALL))
    assert result.returncode == 2 and str(theirs) in result.stderr
    assert files(tmp_path) == {"theirs/sites.csv": b"mine"}


def test_an_own_folder_becomes_what_a_new_one_would_be(folder: Path, tmp_path: Path) -> None:
    write_demo(folder, scale=SMALL, as_of=date(2026, 6, 30))
    write_demo(tmp_path / "new", scale=SMALL, as_of=date(2026, 6, 30))
    assert files(folder) == files(tmp_path / "new")


def test_files_of_a_user_stay(folder: Path) -> None:
    (folder / "decisions" / "mine.csv").write_text("mine", encoding="utf-8")
    write_demo(folder, scale=SMALL, as_of=date(2026, 8, 31))
    assert (folder / "decisions" / "mine.csv").read_text(encoding="utf-8") == "mine"


def test_a_changed_file_stops_the_writing(folder: Path) -> None:
    changed = folder / "decisions" / "决定_2026.csv"
    changed.write_text("mine", encoding="utf-8")
    before = files(folder)
    with pytest.raises(FolderError, match="决定_2026"):
        write_demo(folder, scale=SMALL)
    assert files(folder) == before


def test_a_file_in_the_way_stops_the_writing(folder: Path) -> None:
    (folder / "monitoring" / "VOCs在线_202608.csv").write_text("mine", encoding="utf-8")
    before = files(folder)
    with pytest.raises(FolderError, match="202608"):
        write_demo(folder, scale=SMALL, as_of=date(2026, 8, 31))
    assert files(folder) == before


def test_true_values_are_no_landing_files(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="truth"):
        write_demo(tmp_path / "landing", tmp_path / "landing" / "permit", scale=SMALL)
    assert not (tmp_path / "landing").exists()
