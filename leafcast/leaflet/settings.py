"""What sets one print edition apart from another besides its stylesheet."""

from __future__ import annotations

from dataclasses import dataclass

from leafcast.project import Leaflet


@dataclass(frozen=True, slots=True)
class Setting:
    """How an edition is set.

    `name` is what a reader calls it; `suffix` ends its file's name; `stylesheet` is in
    templates/leaflet, and also the class of the page's body. `body_pt` is the size of body text
    and the least of any text. `contents` says whether a list of the sections helps here. `theme`
    is a name in `themes.py`. `advice` is said on the imprint.
    """

    name: str
    suffix: str
    stylesheet: str
    body_pt: float
    contents: bool = False
    theme: str = "light"
    advice: str = ""


BOOKLET = Setting("A5 booklet, 14 point", "booklet", "booklet", 14)
A4 = Setting("A4 leaflet, 12 point", "a4", "a4", 12)
DYSLEXIA = Setting(
    "Dyslexia-friendly edition, 14 point",
    "dyslexia",
    "dyslexia",
    14,
    theme="cream",
    advice="To print it, take the print file, which has no tint, and cream paper.",
)


def large_print(leaflet: Leaflet) -> tuple[Setting, ...]:
    """Large print at each size the practice asks for; the first also for screens, on black."""
    first, *others = leaflet.large_print
    settings = [_large_print(first, "large-print")]
    settings += [_large_print(size, f"large-print-{size}") for size in others]
    if leaflet.high_contrast:
        settings.append(
            Setting(
                f"Large print, {first} point, high contrast",
                "large-print-high-contrast",
                "large-print",
                first,
                contents=True,
                theme="high-contrast",
                advice="Made for screens. To print, take the large print on white.",
            )
        )
    return tuple(settings)


def _large_print(size: int, suffix: str) -> Setting:
    return Setting(
        f"Large print, {size} point", suffix, "large-print", size, contents=True, theme="clear"
    )


def settings_of(leaflet: Leaflet) -> tuple[Setting, ...]:
    """Every setting of a practice, one for each reading file."""
    return (BOOKLET, A4, *large_print(leaflet), DYSLEXIA)


LARGE_PRINT = large_print(Leaflet())
SETTINGS = settings_of(Leaflet())
"""The settings of a practice that asks for nothing else."""
