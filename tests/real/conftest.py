"""The profiles over real open data, built once a session, for tests that need the data itself.

The folder of the data is ``EHPILOT_REAL``; without it these tests are skipped. ``EHPILOT_REAL_BUILT`` names a folder
where ``make real`` has already built, and saves the building.

Does not belong here: figures, other ways to read the files.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from ehpilot.runs.open_data import build_profile
from tests.area import Area


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of the open data."""
    named = os.environ.get("EHPILOT_REAL")
    if not named:
        pytest.skip("EHPILOT_REAL is not set: it names the folder of the real open data (make test-real sets it)")
    folder = Path(named)
    assert folder.is_dir(), f"EHPILOT_REAL={named} is no folder"
    return folder.resolve()


def _built(name: str, real: Path, tmp_path_factory: pytest.TempPathFactory) -> Area:
    before = os.environ.get("EHPILOT_REAL_BUILT")
    to = Path(before).resolve() if before else tmp_path_factory.mktemp("real")
    if not before:
        build_profile(name, real, to)
    return Area(to / name / "landing", to / name / "truth", to / name / "out", name)


@pytest.fixture(scope="session")
def gulf_coast(real: Path, tmp_path_factory: pytest.TempPathFactory, key_folder: Path) -> Area:
    """Texas and Louisiana, one edition."""
    return _built("gulf_coast", real, tmp_path_factory)


@pytest.fixture(scope="session")
def illinois(real: Path, tmp_path_factory: pytest.TempPathFactory, key_folder: Path) -> Area:
    """Illinois, six yearly editions."""
    return _built("illinois", real, tmp_path_factory)


@pytest.fixture(scope="session")
def minnesota(real: Path, tmp_path_factory: pytest.TempPathFactory, key_folder: Path) -> Area:
    """Minnesota's monitoring, one edition."""
    return _built("minnesota", real, tmp_path_factory)


@pytest.fixture(scope="session")
def zhejiang_open(real: Path, tmp_path_factory: pytest.TempPathFactory, key_folder: Path) -> Area:
    """Open Chinese data, one edition."""
    return _built("zhejiang_open", real, tmp_path_factory)


@pytest.fixture(scope="session", params=["gulf_coast", "illinois", "zhejiang_open"])
def area(request: pytest.FixtureRequest) -> Area:
    """Each of the three whose files are recounted and traced."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def landed(area: Area) -> duckdb.DuckDBPyConnection:
    """The working warehouse of the newest build, read only: raw tables are not part of an edition."""
    return warehouse(area)


def warehouse(area: Area) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the working warehouse of an area."""
    return duckdb.connect(str(area.out / "work" / "warehouse.duckdb"), read_only=True)
