"""One figure has one value in all documents of an edition.

Every number that a text quotes (``doc.number``) is looked up; those of one name and unit must be one value, and so must
the counts that documents print of the same things under other names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pytest

from ehpilot.reading.edition import open_marts
from ehpilot.reporting.annex import Annex
from ehpilot.reporting.catalogue import catalogue
from ehpilot.reporting.document_view import Document
from ehpilot.reporting.engine.source import read
from ehpilot.reporting.project import documents
from tests.area import Area

QUOTED = re.compile(r"""doc\.number\("(\w+)"(?:, "(\w+)")?\)""")
# The same things under other names: each pair of queries gives one value.
SAME = {
    "sites": ("select enterprise_count from report.d02_summary",
              "select item_count from report.annual_count where item = '生产场所'",
              "select kept from report.d02_funnel where row_no = 1"),
    "risk sources": ("select source_count from report.d02_summary", "select sum(source_count) from report.d02_park",
                     "select item_count from report.annual_count where item = '环境健康风险源'",
                     "select count(*) from report.d02_source", "select kept from report.d02_funnel where row_no = 2",
                     "select sum(source_count) from report.d02_park_industry"),
    "high sources": ("select high_count from report.d02_summary", "select sum(high_count) from report.d02_park",
                     "select count(*) from report.d02_card", "select kept from report.d02_funnel where row_no = 4"),
    "pollutants": ("select pollutant_count from report.d01_summary", "select pollutant_count from report.d02_summary",
                   "select count(*) from report.d01_pollutant", "select kept from report.d01_funnel where row_no = 3"),
    "high pollutants": ("select high_risk_count from report.d01_summary", "select count(*) from report.d01_card",
                        "select kept from report.d01_funnel where row_no = 4"),
    "candidates": ("select item_count from report.annual_count where item = '候选污染物'",
                   "select kept from report.d01_funnel where row_no = 1"),
    "keys matched": ("select key_count from report.d02_summary", "select sum(key_count) from report.d02_match",
                     "select item_count from report.annual_count where item = '企业名称和代码'"),
    "files": ("select file_count from report.annual_overview", "select sum(file_count) from report.evaluation_record"),
    "records": ("select record_count from report.annual_overview",
                "select sum(records_loaded) from report.evaluation_record"),
    "quarantined": ("select quarantined_count from report.annual_overview",
                    "select sum(records_quarantined) from report.evaluation_record"),
    "deliverables": ("select deliverable_count from report.annual_overview",
                     "select sum(deliverable_count) from report.annual_group where grouping = 'lead'",
                     "select count(*) from report.annual_deliverable", "select 19"),
    "late": ("select late_done_count + overdue_count from report.annual_overview",
             "select count(*) from report.annual_deliverable where is_late"),
    "gaps": ("select sum(gap_count) from report.annual_gap",
             "select count(*) from meta.gap where subject not like 'report.%'"),
    "rules of the dispersion": ("select count(*) from meta.gap where gap_id like 'DISPERSION:%'",
                                "select count(*) from report.document_edition_gap where gap_id like 'DISPERSION:%'"),
    "gaps of monitoring": ("select sum(item_count) from report.document_edition_gap where document_id = 'D03'",
                           "select count(*) from meta.gap where gap_id similar to '(SITE-NO-PLACE|RESULT-[A-Z-]+|"
                           "NONDETECT-OPEN|ANIMAL-KIND|REFERENCE-OXYGEN|CONTROL-UNSTATED):.*'"),
    "parks with sources": ("select park_count from report.d02_summary",
                           "select count(*) from report.d02_park where park_no is not null"),
}  # fmt: skip


def test_numbers_of_one_name_have_one_value(demo: Area) -> None:
    said: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    with open_marts(demo.latest) as con:
        columns = catalogue(con).columns
        for document_id, path in documents().items():
            text = "\n".join(part for part in read(path).parts if isinstance(part, str))
            for column, table in QUOTED.findall(text):
                full = f"report.{table or f'{document_id.lower()}_summary'}"
                declared = columns[full][column]
                (value,) = con.execute(f"select {column} from {full}").fetchone()
                said[declared.label, declared.unit][f"{document_id}: {full}.{column}"] = value
    assert len(said) > 50
    assert {name: values for name, values in said.items() if len(set(map(str, values.values()))) > 1} == {}


@pytest.mark.parametrize("thing", SAME)
def test_counts_of_the_same_things_agree(demo: Area, thing: str) -> None:
    with open_marts(demo.latest) as con:
        values = {query: con.execute(query).fetchone()[0] for query in SAME[thing]}
    assert len(set(values.values())) == 1, values


def test_parks_are_those_of_the_profile_in_its_order(demo: Area) -> None:
    stated = [
        row["name_cn"]
        for row in demo.sql("select name_cn from core.dim_area where area_kind = 'park' order by area_no")
    ]
    assert stated == ["甲港园区", "乙湾园区", "丙屿园区"]
    for table in ("d01_park", "d02_park"):
        rows = demo.sql(f"select park_name from report.{table} where park_no is not null order by row_no")
        assert [row["park_name"] for row in rows] == [name for name in stated if {"park_name": name} in rows]
    rows = demo.sql("select distinct parks from report.d01_pollutant where parks is not null")
    for parks in (row["parks"].split("、") for row in rows):
        assert parks == [name for name in stated if name in parks]


def test_the_annex_counts_the_files_that_the_self_evaluation_counts(demo: Area) -> None:
    document = Document("S02", demo.latest)
    part = next(
        p for p in Annex(document.connection, document.facts, document.printed).parts() if "来源文件" in p.title
    )
    counted = {row[0]: (row[1], row[2], row[3], row[4], row[6]) for row in part.rows if row[0] != "其他目录"}
    # folders of somebody's own stand by name in the list of records, in one line in the annex
    known = "select label_cn from meta.code_label where code_set = 'source'"
    rows = demo.sql(f"select * from report.evaluation_record where source_name in ({known})")
    assert counted == {
        row["source_name"]: (row["file_count"], row["records_read"], row["records_loaded"],
                             row["records_quarantined"], row["refused_count"])
        for row in rows
    }  # fmt: skip
