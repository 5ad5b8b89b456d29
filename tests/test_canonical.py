"""The plain form of frozen data: the same data the same value, whatever its types and places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from leafcast.state.canonical import plain


@dataclass(frozen=True)
class Word:
    text: str
    place: int = 0


@dataclass(frozen=True)
class Line:
    words: tuple[Word, ...]
    length: float | None = None


def test_data_is_its_types_names_and_its_values_in_order() -> None:
    line = Line((Word("a"), Word("b")), 2.5)
    assert plain(line) == ["Line", [["Word", "a"], ["Word", "b"]], 2.5]
    assert plain(Line(())) == ["Line", [], None]


def test_where_it_stands_is_left_out() -> None:
    assert plain(Word("a", 1)) == plain(Word("a", 2)) == ["Word", "a"]


def test_values_are_as_they_are_and_a_days_is_written() -> None:
    for value in ("a", 1, 2.5, True, None):
        assert plain(value) == value
    assert plain(date(2026, 11, 24)) == "2026-11-24"
    assert plain([1, (2, [date(2026, 1, 2)])]) == [1, [2, ["2026-01-02"]]]


def test_a_mapping_is_in_the_order_of_its_keys() -> None:
    assert plain({"b": (1,), "a": Word("x")}) == [["a", ["Word", "x"]], ["b", [1]]]


@pytest.mark.parametrize("value", [{1, 2}, object(), b"bytes", len])
def test_what_has_no_plain_form_is_refused_by_its_type(value: object) -> None:
    with pytest.raises(TypeError, match=f"^{type(value).__name__} has no plain form$"):
        plain(value)
