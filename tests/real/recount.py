"""How many records each file of the open data has, counted by libraries that the intake does not use: csv, json, xlrd.

Does not belong here: what became of the records.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import xlrd


def text(path: Path, encoding: str = "utf-8-sig") -> str:
    """Content of a file, unpacked."""
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode(encoding)


def rows(path: Path, encoding: str = "utf-8-sig") -> list[list[str]]:
    """Rows of a csv file that are not blank, the header among them."""
    return [row for row in csv.reader(io.StringIO(text(path, encoding))) if any(cell.strip() for cell in row)]


def table(path: Path) -> list[dict[str, str]]:
    """Rows of a csv file by header."""
    header, *body = rows(path)
    return [dict(zip((name.strip() for name in header), row, strict=True)) for row in body]


def script(path: Path, encoding: str = "utf-8-sig") -> Any:
    """Value of a JSON file, or of the only variable of a script."""
    return json.loads(re.sub(r"^\s*var\s+\w+\s*=", "", text(path, encoding)).strip().rstrip(";"))


def _filled(path: Path, pattern: str) -> int:
    """Cells that are not blank under the headers that match."""
    header, *body = rows(path)
    places = [n for n, name in enumerate(header) if re.search(pattern, name.strip())]
    return sum(1 for row in body for n in places if row[n].strip())


def _body(path: Path) -> int:
    return len(rows(path)) - 1


def _rsei_releases(path: Path) -> int:
    """A site and a stack a row, and every yearly quantity that is stated."""
    return 2 * _body(path) + _filled(path, r"^PoundsReleased_20(16|17|18|19|20)$")


def _rsei_screening(path: Path) -> int:
    return _filled(path, r"^(PoundsPT|C?Score|NCScore|Hazard|HazardN?C)_20(16|17|18|19|20)$")


def _sheet(path: Path) -> int:
    return xlrd.open_workbook(path).sheet_by_index(0).nrows - 1


def _weather(path: Path) -> int:
    return len(text(path).splitlines()) - 8


def _tri(path: Path) -> int:
    """The facility, thirteen routes, and the production ratio of a form R."""
    return _body(path) * (1 + 13) + sum(1 for row in table(path) if row["49. FORM TYPE"] != "A")


def _trend(path: Path) -> int:
    """Median, standard and exceedance of each pollutant of each outlet."""
    return 3 * sum(len(outlet["pollutants"]) for firm in script(path) for outlet in firm["outlets"])


# Landing path of every file of the three plans → records by the form's own words.
RECORDS: dict[str, Callable[[Path], int]] = {
    "permit/rsei_facility_chemical_tx_la.csv": _rsei_releases,
    "indicator/rsei_facility_chemical_tx_la.csv": _rsei_screening,
    "census/*.csv.gz": _body,
    "key_unit/*.xls": _sheet,
    "meteorology/*.epw.gz": _weather,
    "monitoring/benzene_*.csv.gz": lambda path: _filled(path, "^Site_"),
    "monitoring/butadiene13_*.csv.gz": lambda path: _filled(path, "^Site_"),
    "monitoring/tceq_*.csv": _body,
    "receptor/*.csv": _body,
    "permit/tri_*.csv.gz": _tri,
    "geography/*.csv": _body,
    "geography/*.geojson": lambda path: len(script(path)["features"]),
    "indicator/DataAll.js": lambda path: 9 * len(script(path)),
    "indicator/Enterprise_All_trend.js": _trend,
    "indicator/Enterprise_Credit.js": lambda path: 4 * len(script(path)),
    "indicator/GroupProfile.js": lambda path: 1,  # refused as a whole
    "indicator/Result_All_eng_numeric.json": lambda path: 9 * len(script(path, "gb18030")),
    "indicator/ningbo_population_gdp_1978_2023.csv": lambda path: 2 * _body(path),
    "key_unit/*.csv": _body,
    "monitoring/cnemc_realtime_*.json": lambda path: 11 * len(script(path)["tbody"]),
    "monitoring/daily_*.csv": lambda path: 6 * len(rows(path)),
    "monitoring/monthly_*.csv": lambda path: 6 * len(rows(path)),
    "monitoring/national_snapshot_*.json.gz": lambda path: 12 * len(script(path)),
    "monitoring/stations_2016.csv": _body,
    "monitoring/zhejiang_sections_2006_09.csv": lambda path: 4 * _body(path),
    "monitoring/[台嘉宁杭绍舟]*.csv": lambda path: 7 * _body(path),
    "permit/DataAll.js": lambda path: len(script(path)),
}


def records(landing: Path, path: str) -> int:
    """Records of one landing file, counted anew."""
    (count,) = [function for pattern, function in RECORDS.items() if fnmatch(path, pattern)]
    return count(landing / path)
