"""What documents are made with: the edition they read, tables with Chinese headers, number formats, render engines.

A document reads an edition's ``report.*`` and ``meta.*`` tables and computes nothing. Does not belong here: any figure
(dbt models), what a document says (its template or .qmd file).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ehpilot.reporting.annex_document import AnnexDocument
    from ehpilot.reporting.document_view import Document


def document(document_id: str, edition: str = "", public: bool | None = None) -> Document:
    """The document's view of an edition: what every .qmd file begins with. See ``ehpilot.reporting.document_view``."""
    from ehpilot.reporting.document_view import document as opened

    return opened(document_id, edition, public)


def evidence_annex(edition: str = "") -> AnnexDocument:
    """The view of an evidence annex. See ``ehpilot.reporting.annex_document``."""
    from ehpilot.reporting.annex_document import evidence_annex as opened

    return opened(edition)
