"""Gates: rules as data (``expectations/<schema>/<table>.yml``) run over frames; results recorded, failing rows named.

Belongs here: reading suites, running them through Great Expectations, ``intake.check_result``, the quality page.
Does not belong here: keys, types, relations and accepted values (dbt tests), rules of single cells (``landing`` puts
such records into quarantine), Dagster's asset checks (``dagster_project``), any rule itself (they stand in
``expectations/``).

Great Expectations is imported by :func:`run_suite` and :func:`prepare` only: it costs seconds that no other command
should pay.
"""

from ehpilot.gates.dbt_tests import dbt_outcomes
from ehpilot.gates.gate import GateResult, read_frames, record_outcomes, run_frames, run_gate, suites_by_gate
from ehpilot.gates.outcome import Outcome
from ehpilot.gates.page import quality_page
from ehpilot.gates.page_words import PageWords, page_words
from ehpilot.gates.run import SuiteResult, prepare, run_suite
from ehpilot.gates.suite import EXPECTATIONS_DIR, Rule, Suite, load_suite, load_suites

__all__ = [
    "EXPECTATIONS_DIR",
    "GateResult",
    "Outcome",
    "PageWords",
    "Rule",
    "Suite",
    "SuiteResult",
    "dbt_outcomes",
    "load_suite",
    "load_suites",
    "page_words",
    "prepare",
    "quality_page",
    "read_frames",
    "record_outcomes",
    "run_frames",
    "run_gate",
    "run_suite",
    "suites_by_gate",
]
