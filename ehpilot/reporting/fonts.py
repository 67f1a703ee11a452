"""Fonts for pictures and PDF: the first family of a list that this machine has, found once.

DOCX only names the official fonts; the reader's office supplies them. Does not belong here: installing fonts
(``make system``), Word styles (``reference_documents``).
"""

from __future__ import annotations

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

    for family in SANS:
        try:
            return font_manager.findfont(family, fallback_to_default=False)
        except ValueError:
            continue
    raise NoChineseFontError(_message(SANS))


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
        f"no Chinese font ({', '.join(families)}); install Debian's fonts-noto-cjk (make system) / "
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
