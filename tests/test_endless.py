"""Patterns that would take for ever are told, and others are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from leafcast.document.errors import SettingsError
from leafcast.narration.endless import is_endless
from leafcast.narration.lexicon import read_lexicon
from leafcast.narration.voices import specs
from leafcast.practice.project import load_project


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$", "(a*)*b", "(a|a)*b", "(a|aa)+$", "([a-z]+)*$", r"(\d+)+x", r"(\w+\s?)+$", "(a+)*c",
        "x(y+)+z", r"(?:[a-z]+[a-z]*)+!", "((a+)(a+))+$", "(.*)*x", r"(a{1,9})+$", "(?P<w>a+)+$",
    ],
)  # fmt: skip
def test_what_takes_for_ever_is_seen(pattern: str) -> None:
    assert is_endless(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "a+", "(abc)+", r"(\d+,)+\d+", r"(?:\w+ )+end", "(a|b)+c", r"([A-Z])\.([A-Z])\.", "(a++)+$",
        r"\b(?:Dr|Mr|Mrs)\b\.?", r"(\d{1,3})(?:,\d{3})*", "colou?r", r"(1|2){1,3}",
    ],
)  # fmt: skip
def test_other_repeats_are_let_be(pattern: str) -> None:
    assert not is_endless(pattern)


def test_the_owner_is_told_where_it_stands(practice: Path) -> None:
    (practice / "audio").mkdir()
    (practice / "audio/lexicon.toml").write_text('[patterns]\n"(a+)+$" = "x"\n')
    project = load_project(practice)
    with pytest.raises(SettingsError, match="would take for ever") as told:
        read_lexicon(project, specs.choose_voice("tone", project))
    assert told.value.path.endswith("audio/lexicon.toml") and told.value.line == 2
