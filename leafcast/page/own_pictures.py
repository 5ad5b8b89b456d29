"""The practice's logo and portrait as pages show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leafcast.design.own_pictures import on_screen, own_pictures
from leafcast.design.pictures import picture_size
from leafcast.practice.project import Project


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture by its address, its words, and its pixels; 0 for an SVG, which has none."""

    address: str
    alt: str
    width: int = 0
    height: int = 0


def shown_pictures(project: Project, place: Callable[[str, bytes], str]) -> dict[str, Shown]:
    """Logo and portrait, by these names, where there are any; `place` gives their addresses."""
    shown = {}
    for each in own_pictures(project):
        content, ending = on_screen(project, each)
        size = () if ending == ".svg" else picture_size(content)
        shown[each.role] = Shown(place(f"{each.role}{ending}", content), each.alt, *size)
    return shown
