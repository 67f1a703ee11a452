"""No word of a code column passes silently: what the crosswalk does not know is counted with its text.

Does not belong here: what a known word becomes (the tests of the tables that read it).
"""

from __future__ import annotations

import re
from typing import Any

from ehpilot.project import DBT_DIR

MODELS = DBT_DIR / "models"
# code sets that are joined to something else than a column of words: numbers of outlets, kinds, words of a correction
# A permit's calculation names a fuel or something else, a record's state closes it or not: no unknown words.
# The class that a paper states beside a result may be one of air, of water or of anything else: no fault either.
NO_COLUMN = {
    "outlet_no_letters", "medium_of_outlet_kind", "area_kind", "fuel", "mechanism_status", "air_quality_grade",
}  # fmt: skip


def test_an_unknown_method_is_counted_with_its_text(ask: Any) -> None:
    found = ask(
        "select missing, item_count from intermediate.int_meta__code_words_unknown "
        "where subject_key = 'stg_permit__releases.method_word'"
    )
    assert [(count, "祖传算法" in missing) for missing, count in found] == [(1, True)]
    assert ask("select count(*) from intermediate.int_meta__code_words_unknown where gap_id like '%监测数据'") == [(0,)]


def test_every_code_set_that_a_model_reads_is_watched() -> None:
    watching = (MODELS / "intermediate/meta/int_meta__code_words_unknown.sql").read_text(encoding="utf-8")
    joined = re.compile(r"(\w+)\.code_set = '(\w+)'\s+and\s+(?:lower\()?\1\.word")
    read = {
        code_set for path in MODELS.rglob("*.sql") for _, code_set in joined.findall(path.read_text(encoding="utf-8"))
    }
    assert len(read) > 12
    assert {code_set for code_set in read if f"'{code_set}'" not in watching} <= NO_COLUMN
