"""What a gate is called where people read of it.

Does not belong here: words of single rules (``expectations/``, ``ehpilot.gates``), stages themselves (``register``).
"""

from __future__ import annotations

from ehpilot.register import STAGES

_LABEL_OF_GATE = {"intake": "接收", "raw": "入库"} | {stage.key: stage.label for stage in STAGES}


def gate_label(gate: str) -> str:
    """Chinese words for a gate as ``meta.check_result`` names it; ``dbt:`` before it means the tests of its models."""
    tests, _, key = gate.rpartition(":")
    return _LABEL_OF_GATE.get(key, key) + ("（模型）" if tests else "")
