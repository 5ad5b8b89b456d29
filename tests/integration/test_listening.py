"""The ear's arithmetic can fail: lost, added and changed words are counted."""

from __future__ import annotations

import pytest

from tests.integration.listening import word_error_rate, word_errors, words_of

pytestmark = pytest.mark.integration
SAID = "You sit down and we talk for fifty minutes."


@pytest.mark.parametrize(
    ("heard", "wrong"),
    [
        ("You sit down and we talk for 50 minutes", 0),
        ("you sit down, and wetalk for fifty minutes", 0),
        ("You sit and we talk for fifty minutes", 1),
        ("You sit sit down and we talk for fifty minutes", 1),
        ("You sit down and they walk for fifty minutes", 2),
        ("", 9),
    ],
)
def test_words_heard_otherwise_are_counted(heard: str, wrong: int) -> None:
    said = words_of(SAID)
    assert round(word_error_rate(said, words_of(heard)) * len(said)) == wrong


def test_errors_can_be_read() -> None:
    assert word_errors(["a", "b", "c"], ["a", "x", "c"]) == [("b", "x")]
