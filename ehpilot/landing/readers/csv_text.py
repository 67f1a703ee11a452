"""Delimited text: exact for any file, streamed through DuckDB for big ones.

Two engines. ``csv_records`` (Python's csv module, strict) is the reference and reads small and irregular files;
DuckDB's read_csv reads big regular ones and must account for every record, else the reference engine reads the file
again. A record of another width than the table is a reject with its text; nothing is cut or padded. Only trailing empty
fields beyond the table's width are dropped.

Belongs here: csv and EPW to grids. Does not belong here: encodings (``text_scan``), headers (forms).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pyarrow as pa

from ehpilot.landing.grid import HEAD_ROWS, FileRefused, Grid, column_names, head_of, table_of
from ehpilot.landing.readers.container import open_bytes
from ehpilot.landing.readers.csv_duckdb import LargeCsv
from ehpilot.landing.readers.csv_records import (
    Records,
    guess_delimiter,
    guess_table,
    read_records,
    records_table,
    text_columns,
)
from ehpilot.landing.readers.options import ReadOptions
from ehpilot.landing.readers.sniffed import Sniffed
from ehpilot.landing.readers.text_scan import recode

SMALL_FILE_BYTES = 8_000_000
_HEAD_BYTES = 1 << 20

EPW_COLUMNS = (  # EnergyPlus Auxiliary Programs, "EPW CSV Format": names of the fields of a data line, in order
    "year", "month", "day", "hour", "minute", "data_source_flags", "temperature_c", "dew_point_c",
    "relative_humidity_pct",
    "pressure_pa", "extraterrestrial_horizontal_wh_m2", "extraterrestrial_direct_wh_m2", "horizontal_infrared_wh_m2",
    "global_radiation_wh_m2", "direct_radiation_wh_m2", "diffuse_horizontal_wh_m2", "global_horizontal_lux",
    "direct_normal_lux", "diffuse_horizontal_lux", "zenith_luminance_cd_m2", "wind_direction_deg", "wind_speed_m_s",
    "cloud_cover_tenth", "opaque_sky_cover", "visibility_km", "ceiling_height_m", "present_weather_observation",
    "present_weather_codes", "precipitable_water_mm", "aerosol_optical_depth", "snow_depth_cm", "days_since_snow",
    "albedo", "precipitation_depth_mm", "precipitation_quantity_h",
)  # fmt: skip
EPW_STATION_COLUMNS = (
    "station_name",
    "station_id",
    "latitude",
    "longitude",
    "utc_offset_h",
    "elevation_m",
    "observed_at",
)
EPW_MISSING = {  # same page: the numbers that mean "missing"
    "temperature_c": ["99.9"], "dew_point_c": ["99.9"], "relative_humidity_pct": ["999"], "pressure_pa": ["999999"],
    "wind_direction_deg": ["999"], "wind_speed_m_s": ["999"], "cloud_cover_tenth": ["99"], "opaque_sky_cover": ["99"],
    "visibility_km": ["9999"], "ceiling_height_m": ["99999"], "precipitable_water_mm": ["999"],
    "aerosol_optical_depth": [".999", "0.999"], "snow_depth_cm": ["999"], "days_since_snow": ["99"], "albedo": ["999"],
    "precipitation_depth_mm": ["999"], "precipitation_quantity_h": ["99"], "global_radiation_wh_m2": ["9999"],
    "direct_radiation_wh_m2": ["9999"], "diffuse_horizontal_wh_m2": ["9999"], "horizontal_infrared_wh_m2": ["9999"],
    "extraterrestrial_horizontal_wh_m2": ["9999"], "extraterrestrial_direct_wh_m2": ["9999"],
    "global_horizontal_lux": ["999900"], "direct_normal_lux": ["999900"], "diffuse_horizontal_lux": ["999900"],
    "zenith_luminance_cd_m2": ["99990", "9999"],
}  # fmt: skip
EPW_HEADER_LINES = 8


def open_csv(con: duckdb.DuckDBPyConnection, path: Path, sniffed: Sniffed, options: ReadOptions) -> Iterator[Grid]:
    """The one grid of a csv file. ``options``: delimiter, schema. ``FileRefused`` FILE-TRUNCATED: a quote is never
    closed.
    """
    size = sniffed.scan.size_bytes if sniffed.scan else sniffed.size_bytes
    if size <= options.get("small_file_bytes", SMALL_FILE_BYTES):
        with open_bytes(path, sniffed.is_gzip) as file:
            text, odd_lines = decoded(file.read(), sniffed.encoding)
        delimiter = options.get("delimiter") or guess_delimiter(text[:_HEAD_BYTES])
        yield SmallCsv.of(con, text, delimiter, sniffed.encoding, odd_lines)
        return
    yield _large(con, path, sniffed, options)


def decoded(content: bytes, encoding: str) -> tuple[str, list[int]]:
    """The text of a small file without marks at its end and inside (a file appended to another brings its BOM), and
    the numbers of the lines that are in another encoding than the rest (UTF-8 in a GBK file)."""
    if not encoding.startswith("utf-16"):
        content = content.rstrip(b"\x00\x1a")
    if encoding != "gb18030":
        text = content.decode(encoding, errors="replace")
        return _without_marks(text), []
    lines = content.split(b"\n")
    odd = {number for number, line in enumerate(lines, start=1) if _is_other_encoding(line)}
    if len(odd) == sum(1 for line in lines if not line.isascii()):
        odd = set()
    texts = [line.decode("utf-8" if n in odd else encoding, errors="replace") for n, line in enumerate(lines, start=1)]
    return _without_marks("\n".join(texts)), sorted(odd)


def _without_marks(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\n\ufeff", "\n").rstrip("\x1a\x00")


def _is_other_encoding(line: bytes) -> bool:
    """True for a line of GBK's file that is UTF-8: every letter beyond ASCII a Chinese one of three bytes."""
    if line.isascii():
        return False
    try:
        letters = [letter for letter in line.decode("utf-8") if ord(letter) > 127]
    except UnicodeDecodeError:
        return False
    return len(letters) > 1 and all(ord(letter) >= 0x2E80 for letter in letters)


def _large(con: duckdb.DuckDBPyConnection, path: Path, sniffed: Sniffed, options: ReadOptions) -> Grid:
    """A big file as plain UTF-8 under a name without wildcards, recoded or unpacked if it must be."""
    folder = TemporaryDirectory(prefix="ehpilot_csv_")
    plain = Path(folder.name) / "data.csv"
    if sniffed.is_gzip or sniffed.encoding not in ("utf-8", "utf-8-sig"):
        recode(path, sniffed.is_gzip, sniffed.encoding, plain)
    else:
        plain.symlink_to(path.resolve())
    with plain.open("rb") as file:
        start = file.read(_HEAD_BYTES).decode("utf-8-sig", errors="ignore")
    whole_lines = start[: start.rfind("\n") + 1] or start
    delimiter = options.get("delimiter") or guess_delimiter(whole_lines)
    records = read_records(io.StringIO(whole_lines, newline=""), delimiter, limit=HEAD_ROWS, is_head=True)
    grid = LargeCsv(
        con, "csv", "", -1, max((len(f) for f in records.fields), default=0), _texts(records), records.numbers,
        encoding=sniffed.encoding, schema=options.get("schema", ""),
    )  # fmt: skip
    scan = sniffed.scan if plain.is_symlink() else None  # the scan of another file counted other bytes
    grid.prepare(plain, delimiter, folder, records, None if scan is None else scan.n_lines)
    return grid


def _texts(records: Records) -> list[list[str | None]]:
    return [[text or None for text in fields] for fields in records.fields[:HEAD_ROWS]]


class SmallCsv(Grid):
    """A csv file held in memory as records; its table is cut when the header is known."""

    records: Records

    @classmethod
    def of(
        cls, con: duckdb.DuckDBPyConnection, text: str, delimiter: str, encoding: str, odd_lines: Sequence[int] = ()
    ) -> SmallCsv:
        """Reads all records of a text. ``odd_lines``: numbers of those in another encoding, which are rejects."""
        records = read_records(io.StringIO(text, newline=""), delimiter)
        records.put_aside(odd_lines)
        width = max((len(fields) for fields in records.fields), default=0)
        grid = cls(
            con, "csv", "", records.n_records, width, _texts(records), records.numbers[:HEAD_ROWS], encoding=encoding,
            blank_rows=np.array(records.blanks, dtype=np.int64),
        )  # fmt: skip
        grid.records = records
        return grid

    @property
    def is_large(self) -> bool:
        """Never: see ``Grid.is_large``."""
        return False

    def all_rows(self) -> pa.Table:
        """See ``Grid.all_rows``."""
        width = max((len(fields) for fields in self.records.fields), default=0)
        padded = [fields + [""] * (width - len(fields)) for fields in self.records.fields]
        return table_of(text_columns(padded, width), pa.array(self.records.numbers, pa.int64()))

    def rows(self, first_row: int | None = None, n_columns: int | None = None) -> pa.Table:
        """See ``Grid.rows``; fills ``rejects`` and ``blank_rows``."""
        guessed_row, width = guess_table(self.records, n_columns)
        table, self.rejects = records_table(self.records, first_row or guessed_row, width)
        self.blank_rows = np.array(self.records.blanks, dtype=np.int64)
        return table


def open_epw(con: duckdb.DuckDBPyConnection, path: Path, sniffed: Sniffed, options: ReadOptions) -> Iterator[Grid]:
    """The hours of an EPW weather file; the facts of its LOCATION line stand in every row. Row = line of the file.

    ``observed_at`` is the beginning of the hour, made of the file's year, month, day and hour (1–24, hour-ending).
    """
    with open_bytes(path, sniffed.is_gzip) as file:
        text = file.read().decode(sniffed.encoding).removeprefix("\ufeff")
    records = read_records(io.StringIO(text, newline=""), ",")
    location = records.fields[0]
    if len(location) < 10:
        raise FileRefused("FILE-TYPE", "EPW文件的LOCATION行不完整")
    facts = [location[1], location[5], location[6], location[7], location[8], location[9]]
    n_header = _epw_header_lines(text)
    data, rejects = records_table(records, n_header + 1, len(EPW_COLUMNS))
    station = [pa.repeat(pa.scalar(fact.strip() or None, pa.string()), data.num_rows) for fact in facts]
    station.append(_epw_hours(data))
    table = pa.Table.from_arrays(
        [data.column(0), *station, *data.columns[1:]], names=column_names(len(station) + len(EPW_COLUMNS))
    )
    names: list[str | None] = [*EPW_STATION_COLUMNS, *EPW_COLUMNS]
    grid = Grid(
        con, "epw", "", table.num_rows, len(names), [names, *head_of(table, HEAD_ROWS - 1)],
        [n_header, *table.column(0).slice(0, HEAD_ROWS - 1).to_pylist()], header_is_given=True, rejects=rejects,
        missing_marks={k: list(v) for k, v in EPW_MISSING.items()}, encoding=sniffed.encoding, _table=lambda: table,
        blank_rows=np.array([b for b in records.blanks if b > n_header], dtype=np.int64),
    )  # fmt: skip
    yield grid


def _epw_hours(data: pa.Table) -> pa.Array:
    """The beginning of each line's hour as text: EPW counts hours 1 to 24 by their end."""
    parts = [data.column(i).to_pylist() for i in range(1, 5)]
    texts: list[str | None] = []
    for year, month, day, hour in zip(*parts, strict=True):
        try:
            texts.append(f"{int(year):04d}-{int(month):02d}-{int(day):02d} {int(hour) - 1:02d}:00:00")
        except (TypeError, ValueError):
            texts.append(None)
    return pa.array(texts, pa.string())


def _epw_header_lines(text: str) -> int:
    """Lines up to and including DATA PERIODS (8 by the format)."""
    match = re.search(r"^DATA PERIODS.*$", text, re.M)
    return text.count("\n", 0, match.start()) + 1 if match else EPW_HEADER_LINES
