"""Models keep to the SQL that DuckDB and Spark share; engine words stand in macros/dialect only.

The text of the model files is read, without comments and string literals: what macros make of it is the macros' affair.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ehpilot.project import DBT_DIR

REFUSED = {
    "cast with ::": r"::",
    "cast to varchar or text": r"\bas\s+(?:varchar|text)\s*\)",
    "list(": r"\blist\s*\(",
    "string_agg": r"\bstring_agg\s*\(",
    "//": r"//",
    "strftime": r"\bstrftime\s*\(",
    "bare log(": r"\blog\s*\(",
    "quoted name": r'"',
    "Chinese name": r"[\u4e00-\u9fff]",
    "unnest": r"\bunnest\s*\(",
    "list literal": r"\[",
    "struct_pack": r"\bstruct_pack\s*\(",
    "regexp_matches": r"\bregexp_matches\s*\(",
    "quantile_cont": r"\bquantile(?:_cont|_disc)?\s*\(",
    "arg_max": r"\barg_(?:max|min)\s*\(",
    "date_diff": r"\bdate_?diff\s*\(",
    "generate_series": r"\bgenerate_series\s*\(",
    "star exclude": r"\*\s*(?:exclude|replace)\b",
    "sha256": r"\bsha256\s*\(",
    "asof join": r"\basof\b",
}
# Rows of two sheets, or records that two forms take of one row, would be told apart by chance:
# a place is file, sheet and row.
ORDER_ITEM = re.compile(
    r"\border\s+by\s+(?P<items>.+?)(?=\)|\brows\b|\brange\b|\blimit\b|$)", re.IGNORECASE | re.DOTALL
)


def bare_sql(text: str) -> str:
    """The SQL of a model without jinja, comments and string literals."""
    text = re.sub(r"\{#.*?#\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"^\{\{\s*config\(.*\}\}\s*$", " ", text, flags=re.MULTILINE)
    text = re.sub(r"\{%.*?%\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", " x ", text, flags=re.DOTALL)
    text = re.sub(r"--[^\n]*", " ", text)
    return re.sub(r"'(?:[^']|'')*'", "''", text)


def faults(text: str) -> list[str]:
    """Names of the refused constructs in a model's text."""
    sql = bare_sql(text)
    found = [name for name, pattern in REFUSED.items() if re.search(pattern, sql, re.IGNORECASE)]
    for match in ORDER_ITEM.finditer(sql):
        items = re.split(r",(?![^(]*\))", match["items"])
        if any(not re.search(r"\bnulls\s+(?:first|last)\b", item, re.IGNORECASE) for item in items):
            found.append(f"order by without nulls: {' '.join(match['items'].split())[:80]}")
        names = {name for item in items for name in re.findall(r"\b_\w+", item)}
        if "_row" in names and "_record_id" not in names and not {"_file_no", "_sheet"} <= names:
            found.append(f"order by half a place: {' '.join(match['items'].split())[:80]}")
    return found


@pytest.mark.parametrize("path", sorted((DBT_DIR / "models").rglob("*.sql")), ids=lambda path: path.stem)
def test_model_is_portable(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "sql",
    [
        "select a::double from t",
        "select cast(a as varchar) from t",
        "select list(a) from t",
        "select string_agg(a, ',') from t",
        "select a // 2 from t",
        "select strftime(a, '%Y') from t",
        "select log(a) from t",
        "select row_number() over (order by a) from t",
        "select row_number() over (order by _file_no asc nulls last, _row asc nulls last) from t",
        'select "点位" from t',
        "select 点位 from t",
        "select [1, 2] as a",
        "select * exclude (a) from t",
    ],
)
def test_refused_constructs_are_seen(sql: str) -> None:
    assert faults(sql) != []


@pytest.mark.parametrize(
    "sql",
    [
        "select cast(a as double) from t where b = '公司 // :: list(' -- log( in a comment",
        "select row_number() over (partition by b order by a asc nulls last, c desc nulls first) from t",
        "select ln(a), log10(a), {{ list_of(['a']) }} as l from t {# [ in jinja #}",
    ],
)
def test_portable_constructs_pass(sql: str) -> None:
    assert faults(sql) == []
