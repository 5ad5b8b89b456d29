"""practice.toml as four answers, written so that its notes and all other settings stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import tomlkit

from leafcast.document.errors import SettingsError
from leafcast.practice.project import PRACTICE_FILE, Practice, read_practice
from leafcast.practice.settings import read_settings
from leafcast.state.cache import write_beside
from leafcast.studio.versions import Versions

COLOURS: Final[Mapping[str, str]] = {
    "#1F5A5E": "Deep teal",
    "#40551F": "Moss",
    "#2B4775": "Dusk blue",
    "#5B2A4E": "Plum",
    "#7A3520": "Clay",
    "#3A4650": "Slate",
}
"""Colours that can be read on all grounds, at 6.2:1 and more."""
CRISIS: Final = (
    ("If life is at risk", "Call 999 or go to A&E"),
    ("For urgent mental health help", "Call NHS 111 and choose option 2"),
    ("Samaritans, day or night", "Call free on 116 123"),
    ("Shout, day or night", "Text SHOUT, free, to 85258"),
)
FACES: Final = ("logo", "logo_alt", "portrait", "portrait_alt")
NO_ADDRESS: Final = (
    "This does not look like a website’s address. Something like example.co.uk will do."
)
INVITATION: Final = "If you’d like to get in touch, or to arrange a first call, you are welcome."


@dataclass(frozen=True, slots=True)
class Answers:
    """What the owner says of her practice."""

    name: str = ""
    description: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    accent: str = "#1F5A5E"
    logo: str = ""
    logo_alt: str = ""
    portrait: str = ""
    portrait_alt: str = ""

    @property
    def short_website(self) -> str:
        """The website as a person would type it."""
        return Practice(self.name, self.website).short_website


def answers_of(given: Mapping[str, str]) -> Answers:
    """Answers from a form, tidied."""
    told = {each.name: " ".join(given.get(each.name, "").split()) for each in fields(Answers)}
    website = told["website"]
    if website and "://" not in website:
        told["website"] = f"https://{website}"
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", told["accent"]):
        told["accent"] = next(iter(COLOURS))
    for face in ("logo", "portrait"):
        if not told[face]:
            told[f"{face}_alt"] = ""
    return Answers(**told)


def read_answers(folder: Path) -> Answers:
    """What practice.toml answers now; empty where there is none. Raises SettingsError."""
    path = folder / PRACTICE_FILE
    if not path.is_file():
        return Answers()
    practice = read_practice(read_settings(path, PRACTICE_FILE))
    contact = practice.contact
    return Answers(
        practice.name, practice.description, contact.phone, contact.email, practice.website,
        practice.look.accent, *(getattr(practice.look, name) for name in FACES),
    )  # fmt: skip


def write_answers(folder: Path, answers: Answers) -> None:
    """Write the answers into practice.toml; all else in it stays as it is.

    Raises SettingsError where they cannot be used, and then writes nothing.
    """
    path = folder / PRACTICE_FILE
    before = path.read_text("utf-8") if path.is_file() else None
    document = tomlkit.parse(before) if before is not None else _new()
    _put(document, "practice", "name", answers.name)
    _put(document, "practice", "description", answers.description)
    there = Answers(website=str(document.get("practice", {}).get("website", "")))
    if there.short_website != answers.short_website:
        _put(document, "practice", "website", answers.website)
    _put(document, "contact", "phone", answers.phone)
    _put(document, "contact", "email", answers.email)
    _put(document, "look", "accent", answers.accent)
    for name in FACES:
        _put(document, "look", name, getattr(answers, name))
    text = tomlkit.dumps(document)
    _check(path, text)
    if text != before:
        write_beside(path, text.encode())


def _check(path: Path, text: str) -> None:
    """Raise SettingsError where `text` cannot be used in the place of practice.toml."""
    trial = path.with_name(".practice.trial.toml")
    write_beside(trial, text.encode())
    try:
        read_practice(read_settings(trial, PRACTICE_FILE))
    finally:
        trial.unlink()


def _new() -> tomlkit.TOMLDocument:
    """A practice.toml for a practice that has none yet."""
    document = tomlkit.document()
    document.add(tomlkit.comment("The practice: everything here is yours to change."))
    for table in ("practice", "contact", "look"):
        document.add(table, tomlkit.table())
    contact: Any = document["contact"]
    contact["invitation"] = INVITATION
    lines = tomlkit.aot()
    for name, how in CRISIS:
        line = tomlkit.table()
        line["name"], line["how"] = name, how
        lines.append(line)
    document.add("crisis", lines)
    return document


def _put(document: tomlkit.TOMLDocument, table: str, key: str, value: str) -> None:
    """Set a value; an empty one is taken out, where it is not asked for."""
    if table not in document:
        document.add(table, tomlkit.table())
    settings: Any = document[table]
    if value or (table, key) == ("practice", "name"):
        if settings.get(key) != value:
            settings[key] = value
    elif key in settings:
        del settings[key]


def why_not(error: SettingsError) -> str:
    """What is the matter with an answer, in the owner's words."""
    if "has no words" in error.message:
        return "Say in a few words what the picture shows, for readers who cannot see it."
    return NO_ADDRESS if "web address" in error.message else error.message


def is_address(website: str) -> bool:
    """Whether a person could type this and be at a website."""
    host = urlsplit(website).hostname or ""
    return bool(re.fullmatch(r"[\w-]+(\.[\w-]+)+", host)) and not re.search(r"\s", website)


def restored(folder: Path, versions: Versions) -> bool:
    """Whether practice.toml could be made what it was when it could last be used."""
    path = folder / PRACTICE_FILE
    for version in reversed(versions.all()):
        text = versions.text_of(version, PRACTICE_FILE)
        with suppress(SettingsError):
            if text is not None:
                _check(path, text)
                write_beside(path, text.encode())
                return True
    return False
