"""What a run says of itself when a step or a check fails."""

from __future__ import annotations

import dagster as dg

from dagster_project.execute import outcome
from ehpilot.errors import UsageError


def _run(error: Exception | None) -> dg.ExecuteInProcessResult:
    @dg.asset
    def table() -> None:
        if error is not None:
            raise error

    return dg.materialize([table], raise_on_error=False)


def test_a_run_without_faults() -> None:
    found = outcome(_run(None))
    assert (found.success, found.failures, found.usage) == (True, [], "")


def test_what_a_user_can_mend_is_told_from_a_fault_of_the_program() -> None:
    wrong = outcome(_run(UsageError("profile x: no outline: file\nis gone / 没有边界")))
    assert not wrong.success
    assert wrong.usage == "profile x: no outline: file is gone / 没有边界"
    fault = outcome(_run(ValueError("seven: of nine")))
    assert (fault.success, fault.usage) == (False, "")
    assert fault.failures == [("table", "ValueError: seven: of nine")]
