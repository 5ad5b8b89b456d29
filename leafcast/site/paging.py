"""What is too much for one page goes on on others: what they are called, and what is on each."""

from __future__ import annotations

import re
from typing import TypeVar

T = TypeVar("T")


def page_name(first: str, number: int) -> str:
    """What a page is called: index.html, index-2.html."""
    stem, dot, ending = first.rpartition(".")
    return first if number == 1 else f"{stem}-{number}{dot}{ending}"


def first_name(name: str) -> str:
    """The name of the first of the pages that `name` is one of."""
    return re.sub(r"-\d+(?=\.\w+$)", "", name)


def in_pages(all_: tuple[T, ...], most: int) -> list[tuple[T, ...]]:
    """`most` on each page; one page that is empty where there is nothing."""
    return [all_[at : at + most] for at in range(0, len(all_), most)] or [()]
