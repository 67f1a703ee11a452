"""How the columns of a sheet feed a part of a form.

Belongs here: the dataclasses that a header is read into. Does not belong here: reading it
(:mod:`ehpilot.landing.layout.header`), what stands beside it (:mod:`ehpilot.landing.layout.stated`).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class WideCell:
    """One wide column: grid index, header text for the trace, name and unit as printed, constants."""

    index: int
    header: str
    name: str
    unit: str | None
    constants: tuple[tuple[str, str], ...]
    order: int


@dataclass(frozen=True)
class RepeatedCell:
    """A cell by which a header row is known when it stands again among the records. ``may_be_blank``: its text comes
    from a merged cell to the left or above, which need not be merged there."""

    index: int
    text: str
    may_be_blank: bool


@dataclass(frozen=True)
class Beside:
    """Grid columns that say the unit and the sign (``<``, 未检出) of a number, in its row."""

    unit: int | None = None
    sign: int | None = None


@dataclass(frozen=True)
class Mapping:
    """How the columns of a grid feed a part. ``cells``: raw column → grid indexes (three for ``compose_dms``)."""

    first_row: int
    last_row: int
    width: int
    cells: dict[str, tuple[int, ...]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    brackets: dict[str, str] = field(default_factory=dict)
    wide: tuple[WideCell, ...] = ()
    repeat: tuple[tuple[RepeatedCell, ...], ...] = ()
    claimed: frozenset[int] = frozenset()
    titles: tuple[str, ...] = ()
    own_rows: dict[str, int] = field(default_factory=dict)  # where a cell does not stand in its record's row
    own_sheets: dict[str, str] = field(default_factory=dict)  # … or in its record's sheet
    beside: dict[str, Beside] = field(default_factory=dict)

    @property
    def body_row(self) -> int:
        """First row (as a person counts) under the header."""
        return self.last_row + 1


@dataclass(frozen=True)
class NoHeader:
    """Why a sheet does not fit a part: the required columns that its best header row lacks."""

    missing: tuple[str, ...]
    matched: int
