"""What there is one of is told as one, in every word of the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from leafcast.commands.cli import leafcast
from tests.conftest import write_practice

ONE_AS_MANY = re.compile(
    r"(?<![\d.,:–-])\b(?:1|[Oo]ne) (?:more )?"
    r"(?:articles|changes|days|files|folders|hours|minutes|pages|pictures|places|sections|sentences|"
    r"seconds|sheets|takes|things|times|versions|voices|words)\b"
    r"|\b(?:1|[Oo]ne) (?:more )?[a-z]+ (?:in \S+ )?(?:are|were|have)\b"
    r"|\bAll 1\b"
)
WORDS = "\n\nWe sit in a quiet room.\n"
HEAD = """---
title: One
author: Sam Hill
published: 2026-01-05
review: 2028-01-05
summary: One room.
---
"""


def told(practice: Path, *command: str) -> str:
    done = CliRunner().invoke(leafcast, [*command, "--project", str(practice)])
    assert not done.exception or isinstance(done.exception, SystemExit), done.exception
    return done.output


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A practice with one article of one section of one sentence."""
    practice = write_practice(tmp_path / "practice")
    (practice / "source" / "quiet-hour.md").unlink()
    (practice / "source" / "one.md").write_text(HEAD + WORDS, "utf-8")
    return practice


def test_one_thing_is_told_as_one(one: Path) -> None:
    build = ("build", "--edition", "a4", "--jobs", "1")
    said = [told(one, *build)]
    assert "The file is in " in said[0]
    said.append(told(one, *build))
    assert re.search(r"Nothing to do: 1 file in \S+ is as it should be\.", said[-1])
    said += [told(one, *each) for each in (("check",), ("changes",), ("script", "one"))]
    (one / "source" / "torn.md").write_bytes(b"\xff\x00\xfe")
    said.append(told(one, *build))
    assert "Nothing to do" not in said[-1] and "1 thing to put right" in said[-1]
    said.append(told(one, "clean"))
    assert [found[0] for words in said if (found := ONE_AS_MANY.search(words))] == []


def test_what_tells_one_from_many_can_fail() -> None:
    assert ONE_AS_MANY.search("Nothing to do: 1 file in dist are as they should be.")
    assert ONE_AS_MANY.search("All 1 file is") and ONE_AS_MANY.search("in 1 days")
    assert not ONE_AS_MANY.search("21 files are here; 1 of 6 sentences is read; 1 file is")
