"""Bookmarks and links inside a file: led to where their places are on the sheets.

A destination names a page and a point (ISO 32000-1, 12.3.2), beside it perhaps an element of the
structure (ISO 32000-2, 12.3.2.3), and is held by a name, a bookmark, a link, or an action of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from leafcast.print.imposition.following import Move, Moves, number


def follow_destinations(pdf: pikepdf.Pdf, moves: Moves) -> None:
    """Lead bookmarks, links inside the file, and the place where it opens, to their new places."""
    names = pdf.Root.get("/Names", Dictionary()).get("/Dests")
    if names is not None:
        _follow_names(names, moves)
    for holder in (pdf.Root, *_bookmarks(pdf), *_links(moves)):
        for key in ("/OpenAction", "/Dest", "/A"):
            if key in holder:
                holder[key] = led(holder[key], moves)


def _follow_names(node: Any, moves: Moves) -> None:
    names = node.get("/Names", Array())
    for at in range(1, len(names), 2):
        names[at] = led(names[at], moves)
    for kid in node.get("/Kids", ()):
        _follow_names(kid, moves)


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[Any]:
    todo = [pdf.Root.get("/Outlines", Dictionary()).get("/First")]
    while todo:
        bookmark = todo.pop()
        if bookmark is not None:
            yield bookmark
            todo += [bookmark.get("/Next"), bookmark.get("/First")]


def _links(moves: Moves) -> Iterator[Any]:
    sides = {move.side.objgen: move.side for move in moves.values()}
    for side in sides.values():
        yield from side.get("/Annots", ())


def led(place: Any, moves: Moves) -> Any:
    """A destination, or an action that has one, led to its sheet; names and addresses as they are.

    It is copied, for several may share it.
    """
    if isinstance(place, Array):
        return Array([moves[place[0].objgen].side, *_view(place, moves[place[0].objgen])])
    if not isinstance(place, Dictionary) or not isinstance(place.get("/D"), Array):
        return place
    copied, move = Dictionary(dict(place.items())), moves[place.D[0].objgen]
    copied.D = Array([move.side, *_view(place.D, move)])
    if isinstance(place.get("/SD"), Array):
        copied.SD = Array([place.SD[0], *_view(place.SD, move)])
    return copied


def _view(place: Any, move: Move) -> list[Any]:
    """How a destination is shown (ISO 32000-1, table 151); null stays “as it is now”."""
    kind, at = str(place[1]), list(place)[2:]
    if kind == "/XYZ":
        at = [_across(at[0], move), _up(at[1], move), *at[2:]]
    elif kind in ("/FitH", "/FitBH"):
        at = [_up(at[0], move)]
    elif kind in ("/FitV", "/FitBV"):
        at = [_across(at[0], move)]
    elif kind == "/FitR":
        at = list(move.box(at))
    return [place[1], *at]


def _across(x: Any, move: Move) -> Any:
    return None if x is None else number(move.point(float(x), 0)[0])


def _up(y: Any, move: Move) -> Any:
    return None if y is None else number(move.point(0, float(y))[1])
