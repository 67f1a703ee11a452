"""The reader of a file, by what the file is.

Belongs here: which kind goes to which reader. Does not belong here: finding out the kind (``folder.sniff``), reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from ehpilot.landing.grid import FileRefused, Grid
from ehpilot.landing.readers import aermod, csv_text, excel, features, json_records
from ehpilot.landing.readers.options import ReadOptions
from ehpilot.landing.readers.sniffed import Sniffed


def open_grids(
    connection: duckdb.DuckDBPyConnection, path: Path, sniffed: Sniffed, options: ReadOptions | None = None
) -> Iterator[Grid]:
    """The grids of a file as the form wants it opened. ``FileRefused``: no grid can be read at all."""
    if sniffed.error:
        raise FileRefused(sniffed.error, sniffed.message)
    chosen: dict[str, Callable[[duckdb.DuckDBPyConnection, Path, Sniffed, ReadOptions], Iterator[Grid]]] = {
        "xlsx": excel.open_workbook, "xls": excel.open_workbook, "csv": csv_text.open_csv, "epw": csv_text.open_epw,
        "json": json_records.open_json, "geojson": features.open_layers, "gpkg": features.open_layers,
        "shp": features.open_layers, "aermod": aermod.open_plotfile,
    }  # fmt: skip
    yield from chosen[sniffed.kind](connection, Path(path), sniffed, options or ReadOptions())
