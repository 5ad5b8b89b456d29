"""A value as a key is equal to that of the very same object alone."""

from __future__ import annotations

from leafcast.state.identity import Same


def test_it_is_of_the_very_same_object_and_of_no_equal_one() -> None:
    words, equal = ["a", "b"], ["a", "b"]
    assert Same(words) == Same(words) and hash(Same(words)) == hash(Same(words))
    assert Same(words) != Same(equal)
    assert Same(words) != words and Same(words) != None  # noqa: E711
    assert len({Same(words), Same(words), Same(equal)}) == 2
