"""Suites as data: one YAML file a table under ``expectations/<schema>/``, parsed and checked.

A suite names a table, the columns it needs with their types, the business key that names a failing row, and its rules.
``read`` may replace the plain ``select`` by a query that gives one row for what the rules speak of (a file, a site and
month), so that a long series never becomes a frame.

Does not belong here: evaluation (``run``), SQL of the warehouse (dbt), the rules themselves (``expectations/``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ehpilot.errors import BuildError
from ehpilot.project import read_yaml

EXPECTATIONS_DIR = Path(__file__).resolve().parents[2] / "expectations"

# The closed set of rule types. `row_condition` is ours: a SQL condition on the frame's columns, true for a good row;
# null (a value it needs is unknown) is neither good nor bad. All others are Great Expectations' own, by their own
# names.
ROW_TYPES = {
    "row_condition",
    "expect_column_values_to_be_between",
    "expect_column_values_to_match_regex",
    "expect_column_values_to_not_be_null",
    "expect_column_pair_values_a_to_be_greater_than_b",
}
TABLE_TYPES = {
    "expect_column_mean_to_be_between",
    "expect_column_median_to_be_between",
    "expect_column_max_to_be_between",
    "expect_column_min_to_be_between",
    "expect_column_sum_to_be_between",
    "expect_column_proportion_of_unique_values_to_be_between",
    "expect_column_unique_value_count_to_be_between",
    "expect_table_row_count_to_be_between",
}
AVERAGES = ("expect_column_mean_to_be_between", "expect_column_median_to_be_between")
SEVERITIES = ("error", "warning")
_NAME = re.compile(r"^[a-z_][a-z0-9_]*$")


@dataclass(frozen=True)
class Rule:
    """One rule: what must hold, how grave a breach is, what to tell, and an example row each way."""

    name: str
    type: str
    kwargs: dict[str, Any]
    severity: str
    message_cn: str
    message_en: str
    good: list[dict[str, Any]]
    bad: list[dict[str, Any]]
    meta: dict[str, Any] = field(default_factory=dict)

    @property
    def is_row_rule(self) -> bool:
        """True where the rule is judged row by row, so that failing rows can be named."""
        return self.type in ROW_TYPES

    @property
    def is_of_the_whole(self) -> bool:
        """True where the rule speaks of a share or an average of the rows, which a few rows do not show."""
        return "mostly" in self.kwargs or self.type in AVERAGES

    @property
    def column(self) -> str:
        """Frame column that holds a row condition's truth value."""
        return f"_rule_{self.name}"


@dataclass(frozen=True)
class Suite:
    """The rules of one table. ``columns`` maps the frame's columns to DuckDB types; ``read`` is a query or None."""

    table: str
    label: str
    columns: dict[str, str]
    key: tuple[str, ...]
    rules: tuple[Rule, ...]
    read: str | None = None
    path: Path | None = None

    @property
    def schema(self) -> str:
        """Schema of the table = folder of the suite."""
        return self.table.split(".")[0]

    @property
    def source_sql(self) -> str:
        """Query whose rows the rules judge. Records dated after the as-of date are loaded and not used: not judged."""
        used = "" if self.schema != "raw" else " where not coalesce(list_contains(_flags, 'DATE-AFTER-AS-OF'), false)"
        return self.read or f"select {', '.join(self.columns)} from {self.table}{used}"


def load_suite(path: Path) -> Suite:
    """Read one suite.

    Raises BuildError naming file and rule where the file is not a suite: unknown rule type, severity or column, a
    name used twice, a missing message or example row.
    """
    raw = read_yaml(path.read_text(encoding="utf-8"))
    try:
        suite = Suite(
            table=raw["table"],
            label=raw["label"],
            columns=dict(raw["columns"]),
            key=tuple(raw["key"]),
            rules=tuple(_rule(item) for item in raw["rules"]),
            read=raw.get("read"),
            path=path,
        )
    except (KeyError, TypeError) as error:
        raise BuildError(f"{path}: not a suite, lacks {error}") from error
    for problem in _problems(suite):
        raise BuildError(f"{path}: {problem}")
    return suite


@cache
def computed_words(root: Path = EXPECTATIONS_DIR) -> dict[str, str]:
    """Chinese names of the columns that rules compute (``words.yml``)."""
    return dict(read_yaml((root / "words.yml").read_text(encoding="utf-8")))


def load_suites(schema: str, root: Path = EXPECTATIONS_DIR) -> list[Suite]:
    """Suites of the tables of a schema in the order of the file name; an empty list where there are none."""
    folder = root / schema
    return [load_suite(path) for path in sorted(folder.glob("*.yml"))] if folder.is_dir() else []


def _rule(item: dict[str, Any]) -> Rule:
    return Rule(
        name=item["rule"],
        type=item["type"],
        kwargs=dict(item.get("kwargs", {})),
        severity=item["severity"],
        message_cn=item["message_cn"],
        message_en=item["message_en"],
        good=_rows(item["good"]),
        bad=_rows(item["bad"]),
        meta=dict(item.get("meta", {})),
    )


def _rows(value: dict[str, Any] | list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [value] if isinstance(value, dict) else list(value)


def _problems(suite: Suite) -> list[str]:
    found = []
    if suite.path is not None and suite.path.stem != suite.table.split(".")[-1]:
        found.append(f"file name is not the table's ({suite.table})")
    if missing := [name for name in suite.key if name not in suite.columns]:
        found.append(f"key columns {missing} are not in columns")
    names = [rule.name for rule in suite.rules]
    if len(set(names)) != len(names):
        found.append("a rule name is used twice")
    for rule in suite.rules:
        found.extend(f"rule {rule.name}: {text}" for text in _rule_problems(rule, suite))
    return found


def _rule_problems(rule: Rule, suite: Suite) -> list[str]:
    found = []
    if not _NAME.match(rule.name):
        found.append("name must be snake_case ASCII")
    if rule.type not in ROW_TYPES | TABLE_TYPES:
        found.append(f"unknown type {rule.type!r}")
    if rule.severity not in SEVERITIES:
        found.append(f"severity {rule.severity!r} is not one of {SEVERITIES}")
    if rule.type == "row_condition" and "condition" not in rule.kwargs:
        found.append("row_condition needs kwargs.condition")
    named = [rule.kwargs[k] for k in ("column", "column_A", "column_B") if k in rule.kwargs]
    named += [name for row in rule.good + rule.bad for name in row]
    if unknown := sorted({name for name in named if name not in suite.columns}):
        found.append(f"columns {unknown} are not in columns")
    return found
