"""Risk codes of an edition under construction and what goes with them, in the order in which one needs the other.

Does not belong here: how each is written (``ehpilot.publish``, ``ehpilot.reporting.letters``), other products
(``build``).
"""

from __future__ import annotations

from pathlib import Path

from ehpilot.profile import Profile
from ehpilot.publish import code_files, code_pages, exchange, notices, supervision_list
from ehpilot.reporting.letters import write_letters


def write_code_products(building: Path, out: Path, edition_no: int, profile: Profile) -> list[Path]:
    """Signed codes with their pages, packages for other platforms, letters, the supervision list; the files written."""
    fiction, zone = profile.is_fictional, profile.name_cn
    issuer = profile.issuing_unit or zone
    return [
        *code_files.write_codes_of(building, out, issuer, is_fictional=fiction),
        *code_pages.write_code_pages(building, is_fictional=fiction),
        *exchange.write_packages_of(building, out, edition_no, zone, issuer, is_fictional=fiction),
        *notices.write_notices_of(building, issuer, is_fictional=fiction),
        *write_letters(building, issuer, is_fictional=fiction),
        *supervision_list.write_list_of(building, is_fictional=fiction),
    ]
