"""Same rows, same bytes: whatever order and number of threads wrote the warehouse."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from ehpilot.publish import edition as publishing
from ehpilot.publish import marts
from ehpilot.reading import edition as reading
from ehpilot.reading import sums
from tests.publish.editions import copy, publish
from tests.publish.tiny_warehouse import make_warehouse

pytestmark = pytest.mark.slow  # three editions of large tables

MANY = 300_000  # more than two row groups


@pytest.fixture(scope="module")
def by_threads(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """The same rows published from warehouses written by 1, 2 and 8 threads in different orders."""
    found = {}
    for threads in (1, 2, 8):
        out = tmp_path_factory.mktemp(f"threads{threads}")
        shuffle = None if threads == 1 else threads
        found[threads] = publish(out, with_documents=False, shuffle=shuffle, threads=threads, many=MANY)
    return found


def _parquet(edition: Path) -> dict[str, str]:
    return {path: digest for path, digest in sums.read_sums(edition).items() if path.startswith("parquet/")}


def test_parquet_is_byte_equal_with_1_2_and_8_threads(by_threads: dict[int, Path]) -> None:
    clock = {f"parquet/{table.replace('.', '/')}.parquet" for table in reading.CLOCK_TABLES}
    content = [
        {path: digest for path, digest in _parquet(edition).items() if path not in clock}
        for edition in by_threads.values()
    ]
    assert content[0] == content[1] == content[2]
    assert "parquet/inventory/emission.parquet" in content[0]


def test_content_hash_does_not_see_the_clock_but_sees_one_last_bit(by_threads: dict[int, Path], tmp_path: Path) -> None:
    hashes = {reading.info(edition).content_hash for edition in by_threads.values()}
    assert len(hashes) == 1
    first = reading.info(publish(tmp_path / "a", with_documents=False)).content_hash
    # The changed world differs in two rows and in the last bits of one number.
    assert reading.info(publish(tmp_path / "b", with_documents=False, changed=True)).content_hash != first


def test_publishing_itself_on_more_threads_gives_the_same_bytes(tmp_path: Path) -> None:
    warehouse = make_warehouse(tmp_path / "warehouse.duckdb", many=MANY, shuffle=3)
    content = []
    for threads in (1, 8):
        building = publishing.begin(tmp_path / str(threads), 1)
        with pytest.MonkeyPatch.context() as patch:
            many = functools.partial(marts.attached_marts, threads=threads)
            patch.setattr(publishing, "attached_marts", many)
            copy(warehouse, building, threads)
        content.append({path: d for path, d in sums.folder_sums(building).items() if path.startswith("parquet/")})
    assert content[0] == content[1]


def test_rows_of_the_marts_stand_in_key_order(by_threads: dict[int, Path]) -> None:
    with reading.open_marts(by_threads[8]) as con:
        con.execute("set threads = 1")
        stored = con.execute("select enterprise_id, pollutant_id, year from inventory.emission").fetchall()
    assert stored == sorted(stored)
