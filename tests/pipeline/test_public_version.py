"""The public version of a document lets no name, code, id, path or coordinate of the inventory out, in any format.

Does not belong here: what may be public (``tests/reports``, the register), where is looked (``tests.reports.leaks``).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ehpilot.register import Register
from ehpilot.reporting.project import documents
from tests.area import Area
from tests.reports.leaks import leaks, secrets

DOCUMENTS = sorted(set(documents()) - {"DOSSIER"})  # dossiers have no public version


@pytest.fixture(scope="module")
def public(demo: Area, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every document of the demo area in its public form, in every format."""
    folder = tmp_path_factory.mktemp("public")
    result = demo.run("report", "--all", "--public", "--to", str(folder))
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture(scope="module")
def wanted(demo: Area) -> dict[str, set[str]]:
    """What no public file may hold."""
    return secrets(demo.latest)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_public_file_names_nobody(public: Path, wanted: dict[str, set[str]], document: str) -> None:
    assert all(wanted.values()), "nothing to look for"
    files = sorted(public.rglob(f"{document}_*"))
    for is_annex in (False, True):
        found = {path.suffix for path in files if ("证据附录" in path.name) == is_annex}
        formats = {f".{format}" for format in Register.load().documents[document].meta["formats"]}
        assert found == formats | ({".xlsx"} if is_annex else set())
    assert [leak for path in files for leak in leaks(path, wanted)] == []


def test_the_public_map_names_nobody(demo: Area, public: Path, wanted: dict[str, set[str]]) -> None:
    page, data = public / "map" / "index.html", public / "map" / "data.js"
    assert [leak for path in (page, data) for leak in leaks(path, wanted)] == []
    assert leaks(demo.latest / "map" / "data.js", wanted), "the authorities' map has names: the search must find them"


def test_the_search_finds_what_the_authorities_version_prints(demo: Area, wanted: dict[str, set[str]]) -> None:
    """Else an empty finding would say nothing: in each format, names and codes."""
    for suffix in ("html", "docx", "pdf", "xlsx"):
        path = next(path for path in demo.latest.glob(f"reports/D02_*.{suffix}") if "证据附录" not in path.name)
        kinds = {leak.split(": ")[1] for leak in leaks(path, wanted)}
        assert {"core.dim_enterprise.name", "inventory.enterprise_match.source_key"} <= kinds, suffix


def test_gaps_are_counted_by_kind(public: Path) -> None:
    (page,) = public.rglob("D02_*_证据附录*.html")
    text = page.read_text(encoding="utf-8")
    assert "记录未采用的原因" in text and "未能读入的文件" in text
