"""What a document printed: tables with their arguments, stated gaps, cited standards, tables it looked into.

A document fills one of these while its cells run; the annex prints it, and an engine hands it to the press, which
writes the workbook from it. Does not belong here: rows and figures (``report_table``), the words of the annex.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

TABLE, RECORD, SECTIONS = "table", "record", "sections"  # forms in which rows are printed
WORKBOOK = "workbook"  # rows that stand in the document's workbook only


@dataclass(frozen=True)
class PrintedTable:
    """A table as printed: ``form``, number of rows, and the arguments that choose them (``report_table``)."""

    table: str
    title: str
    rows: int
    form: str = TABLE
    columns: Sequence[str] | None = None
    where: Mapping[str, Any] = field(default_factory=dict)
    order: Sequence[str] = ()
    top: int | None = None

    @property
    def is_numbered(self) -> bool:
        """True for those that a caption numbers."""
        return self.form in (TABLE, RECORD)


@dataclass
class Printed:
    """What one document has printed so far, each list in print order."""

    tables: list[PrintedTable] = field(default_factory=list)
    looked_into: set[str] = field(default_factory=set)
    gaps: list[str] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)
    title_head: str = ""
    document_id: str = ""

    @property
    def table_names(self) -> tuple[str, ...]:
        """Tables that it printed, each once."""
        return tuple(dict.fromkeys(item.table for item in self.tables))

    def state_gap(self, sentence: str) -> None:
        """Remember a sentence “本期无数据：…”, once; other sentences are no gaps."""
        if sentence.startswith("本期无数据") and sentence not in self.gaps:
            self.gaps.append(sentence)

    def to_json(self) -> str:
        """As text, to be handed from the process that runs the cells; dates of conditions become texts."""
        facts = {**asdict(self), "looked_into": sorted(self.looked_into), "cited": sorted(self.cited)}
        return json.dumps(facts, ensure_ascii=False, default=str)

    @classmethod
    def from_json(cls, text: str) -> Printed:
        """The value that :meth:`to_json` wrote."""
        facts = json.loads(text)
        facts["tables"] = [PrintedTable(**item) for item in facts["tables"]]
        return cls(**{**facts, "looked_into": set(facts["looked_into"]), "cited": set(facts["cited"])})
