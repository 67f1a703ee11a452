"""Fixtures that several suites share: one small demo area, built once a session through the command line; questions
to the hand-made warehouse of a folder.

Does not belong here: fixtures of one suite.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import settings

from ehpilot.executors import collect_seldom
from tests.area import Area, ehpilot

SCALE = 0.12

# The same examples on every run, so that a submission is judged by its own changes;
# HYPOTHESIS_PROFILE=default searches on. No deadline: a busy machine is no fault of the code.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


collect_seldom()  # as the command line does

# Fixtures that cost a build: all tests that share one run in one worker, so that it is built once. The costliest come
# first: the other worker does the rest meanwhile (--no-loadscope-reorder; else the groups with most tests come first).
SHARED_BUILDS = {"changed": "demo", "second_edition": "demo", "demo": "demo", "dbt_run": "dbt"}
FIRST = ["demo", "dbt"]


def _group(item: pytest.Item) -> str:
    """Of a shared build its name; a folder's own ``warehouse`` is shared by the folder; else one module is a group."""
    fixtures = getattr(item, "fixturenames", ())
    shared = [SHARED_BUILDS[name] for name in fixtures if name in SHARED_BUILDS]
    module = item.nodeid.partition("::")[0]
    return shared[0] if shared else module.rpartition("/")[0] if "warehouse" in fixtures else module


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one group run in one worker (``pytest -n 2 --dist loadgroup``), the costliest groups first."""
    groups = {item: _group(item) for item in items}
    for item, group in groups.items():
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: (groups[item] not in FIRST, FIRST.index(groups[item]) if groups[item] in FIRST else 0))


def pytest_sessionfinish() -> None:
    """What lives to the end is no garbage: pytest looks five times for some, among all that was parsed."""
    gc.freeze()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Say so where pytest-xdist has not grouped the tests: each worker would build everything, in silence."""
    is_grouped = any("@" in item.nodeid.rpartition("]")[2] for item in session.items)
    if getattr(session.config.option, "loadgroup", False) and session.items and not is_grouped:
        raise pytest.UsageError("pytest-xdist groups no tests with this version of pytest; see pyproject.toml")


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the key that hashes personal fields, so that tests leave the user's own alone."""
    folder = tmp_path_factory.mktemp("keys")
    os.environ["EHPILOT_KEY_DIR"] = str(folder)
    return folder


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small fictional landing folder, hostile files and names among its own, and its truth."""
    folder = tmp_path_factory.mktemp("demo")
    landing, truth = str(folder / "landing"), str(folder / "truth")
    result = ehpilot("demo", "--out", landing, "--truth", truth, "--scale", str(SCALE), "--hostile")
    assert result.returncode == 0, result.stderr
    return folder / "landing", folder / "truth"


@pytest.fixture(scope="session")
def demo(demo_files: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory, key_folder: Path) -> Area:
    """The small demo area, built once. Tests must not change it."""
    landing, truth = demo_files
    area = Area(landing, truth, tmp_path_factory.mktemp("out"))
    result = area.build()
    assert result.returncode == 0, result.stdout + result.stderr
    return area


@pytest.fixture(scope="session")
def second_edition(demo: Area, tmp_path_factory: pytest.TempPathFactory) -> Area:
    """A copy of the built demo area, to be changed and built again."""
    folder = tmp_path_factory.mktemp("second")
    shutil.copytree(demo.landing, folder / "landing", symlinks=True)
    shutil.copytree(demo.out, folder / "out", symlinks=True)
    return Area(folder / "landing", demo.truth, folder / "out")


@pytest.fixture
def ask(warehouse: duckdb.DuckDBPyConnection) -> Callable[..., list[tuple[Any, ...]]]:
    """``ask(sql, *values)`` → rows of the hand-made warehouse of the test's folder (its ``warehouse``)."""
    return lambda sql, *values: warehouse.execute(sql, list(values)).fetchall()
