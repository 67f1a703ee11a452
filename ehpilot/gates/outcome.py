"""What became of one rule: the value that gates, dbt tests, the record and the page share.

Does not belong here: how a rule is evaluated (``run``), where outcomes are stored (``gate``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MAX_SAMPLES = 20  # failing rows kept with an outcome; all are counted


@dataclass(frozen=True)
class Outcome:
    """The result of one rule on one table.

    ``failing_rows`` is None for a rule about the whole table (a mean, a count) and for rules that were not evaluated
    row by row; ``unknown_rows`` counts rows on which the rule could not say anything because a value it needs is null.
    """

    gate: str
    table: str
    rule: str
    severity: str
    passed: bool
    failing_rows: int | None
    message_cn: str
    message_en: str
    kind: str = "expectation"
    rows: int | None = None
    unknown_rows: int | None = None
    observed: str = ""
    note: str = ""
    samples: list[dict[str, Any]] = field(default_factory=list)

    @property
    def check_name(self) -> str:
        """Name in ``meta.check_result``: ``schema.table.rule``."""
        return f"{self.table}.{self.rule}"

    @property
    def blocks(self) -> bool:
        """True where this outcome stops what is downstream."""
        return not self.passed and self.severity == "error"

    def words(self, lang: str, rows: int = 3) -> str:
        """What is broken in one language: rule, count, and the first failing ``rows`` with file, row and values."""
        message, file, row = (self.message_cn, "文件", "行") if lang == "zh" else (self.message_en, "file", "row")
        count = "" if self.failing_rows is None else f" ({self.failing_rows}/{self.rows})"
        head = f"[{self.severity}] {self.check_name}: {message}{count} {self.observed}".rstrip()
        return "\n".join([head, *(f"    {_sample(sample, file, row)}" for sample in self.samples[:rows])])


def _sample(sample: dict[str, Any], file: str, row: str) -> str:
    """A failing row on a line: where it stands, then what it says."""
    place = [f"{word} {sample[name]}" for word, name in ((file, "path"), (row, "_row")) if sample.get(name) is not None]
    values = [f"{name} = {value}" for name, value in sample.items() if name != "path" and not name.startswith("_")]
    return "; ".join([*place, *values])
