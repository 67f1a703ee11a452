"""One line a step on the terminal, in place of Dagster's own log.

Does not belong here: results of gates and documents (the command line prints them at the end).
"""

import logging
import sys
import time

import dagster as dg

_SHOWN = {"STEP_START": "·", "STEP_SUCCESS": "✓", "STEP_FAILURE": "✗", "STEP_SKIPPED": "–"}


class _Handler(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.began: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        event = (getattr(record, "dagster_meta", None) or {}).get("dagster_event")
        if event is None or event.event_type_value not in _SHOWN or event.step_key is None:
            return
        if event.event_type_value == "STEP_START":
            self.began[event.step_key] = time.monotonic()
            return
        seconds = time.monotonic() - self.began.get(event.step_key, time.monotonic())
        sys.stderr.write(f"  {_SHOWN[event.event_type_value]} {event.step_key}  {seconds:.1f} s\n")
        sys.stderr.flush()


@dg.logger(config_schema={}, description="One line a step")
def progress_logger(_context: dg.InitLoggerContext) -> logging.Logger:
    """Logger that prints finished steps with their seconds to stderr."""
    log = logging.Logger("ehpilot.progress", level=logging.DEBUG)
    log.addHandler(_Handler())
    return log
