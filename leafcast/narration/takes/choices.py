"""takes.toml: where the owner decides what of her recordings is used.

reader = "Sarah James"          # who reads; “the author” unless given
announcements = "heard"         # hers where she read them, else the voice's; "voice", "none"

[how-it-helps]                  # a section, by its id; all settings may be left out
announcements = "none"
anyway = true                   # use the take although its file was found wanting

[how-it-helps.sentences]        # by number, or by the name the record sheet prints
"07-you-sit-down" = "first"     # "first" or "last" reading, "retake", or the "voice"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from leafcast.locale.language import marked
from leafcast.narration.takes.files import CHOICES_FILE
from leafcast.practice.settings import SettingsFile, check_keys, nearest, read_settings

ANNOUNCEMENTS: Final = ("heard", "voice", "none")
USES: Final = ("first", "last", "retake", "voice")
THE_AUTHOR: Final = marked("the author")


@dataclass(frozen=True, slots=True)
class SectionChoices:
    """What the owner decided for one section; `sentences` by the key she wrote."""

    announcements: str = ANNOUNCEMENTS[0]
    anyway: bool = False
    sentences: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """takes.toml; `sections` by the key she wrote, with the line of each."""

    reader: str = THE_AUTHOR
    announcements: str = ANNOUNCEMENTS[0]
    sections: tuple[tuple[str, SectionChoices, int | None], ...] = ()


def read_choices(folder: Path, shown: str) -> Choices:
    """takes.toml of `folder`, or what holds without one.

    Raises SettingsError for a slip, with file, line and fix.
    """
    path = folder / CHOICES_FILE
    if not path.is_file():
        return Choices()
    file = read_settings(path, f"{shown}/{CHOICES_FILE}")
    own = {key: value for key, value in file.values.items() if not isinstance(value, dict)}
    check_keys(file, own, {"reader", "announcements"}, "")
    announced = _one_of(file, own, "announcements", "")
    return Choices(
        str(own.get("reader", "")).strip() or THE_AUTHOR,
        announced,
        tuple(
            (key, _section(file, key, value, announced), file.line_of(key))
            for key, value in file.values.items()
            if isinstance(value, dict)
        ),
    )


def _section(
    file: SettingsFile, key: str, values: Mapping[str, Any], announced: str
) -> SectionChoices:
    check_keys(file, values, {"announcements", "anyway", "sentences"}, key)
    anyway = values.get("anyway", False)
    if not isinstance(anyway, bool):
        raise file.error("“anyway” must be true or false", "Change anyway", "anyway", key)
    sentences = values.get("sentences", {})
    table = f"{key}.sentences"
    if not isinstance(sentences, dict):
        raise file.error(
            "“sentences” must be a table", f"Write [{table}] on a line", "sentences", key
        )
    return SectionChoices(
        _one_of(file, {"announcements": announced, **values}, "announcements", key),
        anyway,
        tuple((name, _use(file, name, value, table)) for name, value in sentences.items()),
    )


def _one_of(file: SettingsFile, values: Mapping[str, Any], key: str, table: str) -> str:
    value = str(values.get(key, ANNOUNCEMENTS[0]))
    if value not in ANNOUNCEMENTS:
        raise file.error(
            f"“{value}” is no way to have announcements", nearest(value, ANNOUNCEMENTS), key, table
        )
    return value


def _use(file: SettingsFile, key: str, value: object, table: str) -> str:
    if value not in USES:
        raise file.error(f"“{value}” is nothing to choose", nearest(str(value), USES), key, table)
    return str(value)
