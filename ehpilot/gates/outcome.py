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
