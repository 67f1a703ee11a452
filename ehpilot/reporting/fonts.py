"""Fonts for pictures and PDF: the first family of a list that this machine has, found once.

DOCX only names the official fonts; the reader's office supplies them. Does not belong here: installing fonts
(``make fonts``), Word styles (``reference_documents``).
"""

from __future__ import annotations

import contextlib
from functools import cache
from typing import Any

from ehpilot.errors import UsageError

SANS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "SimHei",
)
SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "Noto Sans CJK SC", "WenQuanYi Zen Hei")


class NoChineseFontError(UsageError):
    """This machine has no font with Chinese characters: a picture or PDF would show boxes."""


@cache
def picture_font() -> str:
    """Path of the font for matplotlib. Raises NoChineseFontError."""
    from matplotlib import font_manager

    found = _known_font()
    if found is None:
        # matplotlib's list of fonts is of the day it was first used: look for those installed since.
        known = {str(font.fname) for font in font_manager.fontManager.ttflist}
        for path in sorted(set(font_manager.findSystemFonts()) - known):
            with contextlib.suppress(OSError, RuntimeError):  # a font file that can't be read is none
                font_manager.fontManager.addfont(path)
        found = _known_font()
    if found is None:
        raise NoChineseFontError(_message(SANS))
    return found


def _known_font() -> str | None:
    from matplotlib import font_manager

    for family in SANS:
        with contextlib.suppress(ValueError):
            return font_manager.fontManager.findfont(family, fallback_to_default=False)
    return None


@cache
def print_fonts() -> tuple[str, str]:
    """Families for PDF: (running text, headings). Raises NoChineseFontError."""
    import typst

    families = {family.lower() for family in typst.Fonts().families()}
    found = [next((f for f in wanted if f.lower() in families), None) for wanted in (SERIF, SANS)]
    if not any(found):
        raise NoChineseFontError(_message(SERIF))
    return found[0] or found[1] or "", found[1] or found[0] or ""


def _message(families: tuple[str, ...]) -> str:
    return (
        f"no Chinese font ({', '.join(families)}); install Debian's fonts-noto-cjk (make fonts) / "
        "没有中文字体，请安装 fonts-noto-cjk"
    )


def style() -> dict[str, Any]:
    """matplotlib settings of every picture: font, thin lines, repeatable files."""
    from matplotlib import font_manager

    path = picture_font()
    font_manager.fontManager.addfont(path)  # also where the cached list is older than the font
    family = font_manager.FontProperties(fname=path).get_name()
    return {
        "font.family": "sans-serif", "font.sans-serif": [family, "DejaVu Sans"], "axes.unicode_minus": False,
        "font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.6,
        "svg.fonttype": "path", "svg.hashsalt": "ehpilot", "savefig.dpi": 200, "figure.dpi": 200,
    }  # fmt: skip


if __name__ == "__main__":
    try:
        picture_font()
    except NoChineseFontError as error:
        raise SystemExit(str(error)) from None
