"""How a form wants a file opened, as every reader takes it.

Belongs here: the names of the options. Does not belong here: what a form is (:mod:`ehpilot.landing.forms`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict


class ReadOptions(TypedDict, total=False):
    """``delimiter``: of a csv, else guessed. ``json``: path, thead, tbody. ``crs``: GCJ-02 or BD-09 is undone on
    geometry. ``schema``: where tables of a big csv go. ``small_file_bytes``: a csv up to this size is held in memory.
    """

    delimiter: str
    json: Mapping[str, str]
    crs: str
    schema: str
    small_file_bytes: int
