"""Runs one suite over one frame through Great Expectations.

``run_suite(frame, suite)`` is deliberately narrow: a frame and data in, outcomes out, so that another engine can take
the place of pandas without touching suites or gates. Great Expectations runs in an ephemeral context: no project
folder, no progress bars, no analytics, nothing written.

Does not belong here: reading tables (``frame``), recording results (``gate``).
"""

from __future__ import annotations

import logging
import math
import os
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ehpilot.gates.outcome import MAX_SAMPLES, Outcome
from ehpilot.gates.suite import Rule, Suite

if TYPE_CHECKING:
    import pandas as pd

HIDDEN_TEXT = "•••"
EMPTY_NOTE = "空表，规则未触发 / empty table, nothing to judge"
LEAST_ROWS_OF_A_SHARE = 20  # below it one odd record tips a share or an average: it warns and condemns no table


@dataclass(frozen=True)
class SuiteResult:
    """Outcomes of the rules of one suite on one frame."""

    suite: Suite
    rows: int
    outcomes: list[Outcome]

    @property
    def passed(self) -> bool:
        """True where no error-level rule was broken."""
        return not any(outcome.blocks for outcome in self.outcomes)


def run_suite(frame: pd.DataFrame, suite: Suite, gate: str = "", hidden: frozenset[str] = frozenset()) -> SuiteResult:
    """Judge every row of ``frame`` by every rule of ``suite``.

    ``frame`` comes from ``ehpilot.gates.frame`` (it holds a boolean column for each row condition); ``gate`` is the
    name written into the outcomes; ``hidden`` names columns whose values are never shown in samples. An empty frame
    passes every rule, with a note. A rule that cannot be evaluated counts as broken, with the reason as its note.
    """
    if frame.empty:
        outcomes = [_outcome(gate, suite, rule, passed=True, rows=0, note=EMPTY_NOTE) for rule in suite.rules]
        return SuiteResult(suite, 0, outcomes)
    results = _validate(frame, suite)
    outcomes = [
        _read_result(results.get(rule.name), frame, suite, rule, gate=gate, hidden=hidden) for rule in suite.rules
    ]
    return SuiteResult(suite, len(frame), outcomes)


def prepare() -> None:
    """Import Great Expectations, so that the first gate begins at once."""
    _context()


@lru_cache(maxsize=1)
def _context() -> Any:
    """One ephemeral context a process; importing the package costs seconds, so it happens here and once."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx

    logging.getLogger("great_expectations").propagate = False  # its notes are no lines of a build's progress
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]  # GX takes the dict
    return context


def _validate(frame: pd.DataFrame, suite: Suite) -> dict[str, Any]:
    """Result of each rule by name."""
    context = _context()
    import great_expectations as gx

    expectations = [
        {"type": kind, "kwargs": kwargs, "meta": {"rule": rule.name}, "severity": _gx_severity(rule)}
        for rule in suite.rules
        for kind, kwargs in [_expectation(rule)]
    ]
    source = context.data_sources.add_or_update_pandas("frame")
    asset = source.add_dataframe_asset("frame")
    batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame})
    result = batch.validate(
        gx.ExpectationSuite(name=suite.table, expectations=expectations),
        result_format={"result_format": "COMPLETE"},
    )
    return {item.expectation_config.meta["rule"]: item for item in result.results}


def _expectation(rule: Rule) -> tuple[str, dict[str, Any]]:
    if rule.type != "row_condition":
        return rule.type, dict(rule.kwargs)
    kwargs: dict[str, Any] = {"column": rule.column, "value_set": [True]}
    if "mostly" in rule.kwargs:
        kwargs["mostly"] = rule.kwargs["mostly"]
    return "expect_column_values_to_be_in_set", kwargs


def _gx_severity(rule: Rule) -> str:
    return "critical" if rule.severity == "error" else "warning"


def _read_result(
    item: Any, frame: pd.DataFrame, suite: Suite, rule: Rule, *, gate: str, hidden: frozenset[str]
) -> Outcome:
    detail = dict(item.result or {}) if item is not None else {}
    if not detail:
        text = _exception_text(item)
        note = f"规则无法计算：{text} / rule could not be evaluated: {text}"
        return _outcome(gate, suite, rule, passed=False, rows=len(frame), note=note)
    failing = unknown = None
    samples: list[dict[str, Any]] = []
    observed = detail.get("observed_value")
    if rule.is_row_rule:
        positions = list(detail.get("unexpected_index_list") or [])
        failing = int(detail.get("unexpected_count") or 0)
        unknown = int(detail.get("missing_count") or 0)
        if rule.type == "expect_column_values_to_not_be_null":
            unknown = 0
        samples = [_sample(frame, position, suite, rule, hidden) for position in positions[:MAX_SAMPLES]]
        observed = _share(detail)
    outcome = _outcome(
        gate, suite, rule, passed=bool(item.success), rows=len(frame), failing=failing, unknown=unknown,
        observed="" if observed is None else str(observed), samples=samples,
    )  # fmt: skip
    return _of_few_rows(outcome, len(frame) - (unknown or 0)) if outcome.blocks and rule.is_of_the_whole else outcome


def _of_few_rows(outcome: Outcome, judged: int) -> Outcome:
    """A broken rule about a share or an average, as a warning where too few rows were judged."""
    if judged >= LEAST_ROWS_OF_A_SHARE:
        return outcome
    note = f"仅{judged}行，不足以判整表有误 / only {judged} rows: too few to condemn the table"
    return replace(outcome, severity="warning", note=note)


def _share(detail: dict[str, Any]) -> str | None:
    percent = detail.get("unexpected_percent_nonmissing", detail.get("unexpected_percent"))
    return None if percent is None or math.isnan(percent) else f"{percent:.2f}%"


def _exception_text(item: Any) -> str:
    info = getattr(item, "exception_info", None) or {}
    nested = [info] + [value for value in info.values() if isinstance(value, dict)]
    texts = [str(part["exception_message"]) for part in nested if part.get("exception_message")]
    return texts[0][:300] if texts else "no result"


def _sample(frame: pd.DataFrame, position: int, suite: Suite, rule: Rule, hidden: frozenset[str]) -> dict[str, Any]:
    """Business key first, then the other columns of the frame, of one failing row."""
    row = frame.iloc[position]
    names = [*suite.key, *(name for name in suite.columns if name not in suite.key)]
    return {name: HIDDEN_TEXT if name in hidden else _plain(row[name]) for name in names}


def _plain(value: Any) -> Any:
    """A value as JSON and HTML can hold it."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if value is None or isinstance(value, bool | int | str | list):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else value
    return None if str(value) in ("NaT", "<NA>") else str(value)


def _outcome(
    gate: str, suite: Suite, rule: Rule, *, passed: bool, rows: int, failing: int | None = None,
    unknown: int | None = None, observed: str = "", note: str = "", samples: list[dict[str, Any]] | None = None,
) -> Outcome:  # fmt: skip
    if passed and failing is None and rule.is_row_rule:
        failing = 0
    return Outcome(
        gate=gate, table=suite.table, rule=rule.name, severity=rule.severity, passed=passed, failing_rows=failing,
        message_cn=rule.message_cn, message_en=rule.message_en, rows=rows, unknown_rows=unknown, observed=observed,
        note=note, samples=samples or [],
    )  # fmt: skip
