"""`leafcast new FILE.md`: Markdown of any program, written so that it can be built.

An article that is leafcast's own stays as it was typed. Any other is read, its facts are completed
and told, and it is written anew in plain Markdown; the file itself is kept among the originals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from leafcast.document.article import Reading
from leafcast.document.report import Finding, Place, Severity
from leafcast.locale.days import read_day
from leafcast.readers import READERS, as_text, read_bytes
from leafcast.readers.drafts import quoted as named
from leafcast.readers.front_facts import Facts, is_usable
from leafcast.readers.front_lines import split_front_matter
from leafcast.readers.left_out import TOLD
from leafcast.readers.markdown import read_completed
from leafcast.readers.markdown_nodes import Shown
from leafcast.starting.start import (
    Made,
    Start,
    Text,
    completed_days,
    free_name,
    guess,
    otherwise,
    written_text,
)

SITE_MARKS: Final = (
    "_config.yml", "hugo.toml", "hugo.yaml", "config.toml", "package.json", "mkdocs.yml", ".git",
    ".obsidian", "_quarto.yml", "docusaurus.config.js", "astro.config.mjs", ".eleventy.js",
)  # fmt: skip
"""What lies in the top folder of a website's or a notebook's sources."""
PICTURE_FOLDERS: Final = (
    "", "static", "public", "assets", "src", "source", "images", "img", "media", "attachments",
    "Attachments", "assets/images", "src/assets", "src/images",
)  # fmt: skip
"""Where such programs keep pictures, from the top folder or beside the article."""
NAMELESS: Final = re.compile(r"_?index|readme|page|post|article|untitled( \d+)?", re.I)
"""File names that say nothing; the folder's name does."""
PUT_RIGHT: Final = ("heading-of-level-1", "heading-level-skipped", "heading-without-space")
"""Findings of what stands as it should in the file that is written."""
LEFT_OUT: Final = frozenset(told[1] for told in TOLD.values())


def from_markdown(start: Start) -> Made:
    """The article's text, or why there is none."""
    text, unseen = as_text(start.content, start.origin)
    completing = _Completing(start)
    origin = replace(start.origin, shown=start.file.name)
    reading = read_completed(text, origin, completing.complete, completing.picture)
    reading = start.witnessed(reading, _fenced(text))
    if reading.article is None:
        return (*unseen, *reading.findings)
    still = (each for each in reading.findings if each.code not in PUT_RIGHT)
    findings = (*unseen, *map(_kindly, still), *completing.told)
    if completing.is_own(reading):
        slug = start.slug(reading.article.title)
        placed = (replace(each, place=_at(each, f"source/{slug}.md")) for each in findings)
        return Text(slug, text, tuple(placed), {})
    made = written_text(start, reading.article, findings, completing.pictures)
    return _drafted(made) if completing.draft else made


def _fenced(text: str) -> str:
    """`text` with a fence around front matter that has none, every line where it was."""
    _, body, above = split_front_matter(text, bare=True)
    if not above or split_front_matter(text)[0]:
        return text
    return "---\n" + "\n" * (above - 2) + "---\n" + body


def _at(finding: Finding, shown: str) -> Place:
    return Place(shown, finding.place.line if finding.place else None)


def _kindly(finding: Finding) -> Finding:
    """A picture that is nowhere is left out of what is written, so that it can be built."""
    if finding.code != "picture-missing":
        return finding
    picture, _, words = finding.message.partition(";")
    message = f"{picture}, and was left out{';' if words else ''}{words}"
    fix = "Put the picture into source/ and write ![what it shows](its-name.jpg) where it stood"
    return replace(finding, severity=Severity.WARNING, message=message, fix=fix)


def _drafted(made: Text) -> Text:
    """The text with the line that keeps it from being published."""
    text = made.text.replace("\n---\n", "\ndraft: true\n---\n", 1)
    told = Finding(
        "article-draft",
        Severity.WARNING,
        "This article is marked as a draft, so the build makes nothing of it",
        "Take the line draft: true out when it is ready",
        Place(f"source/{made.slug}.md", made.text.count("\n", 0, made.text.find("\n---\n")) + 2),
    )
    return replace(made, text=text, findings=(told, *made.findings))


@dataclass(slots=True)
class _Completing:
    """Completes the facts of one file and gathers its pictures; `told` says what was put in."""

    start: Start
    told: list[Finding] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    draft: bool = False
    own: bool = True

    def is_own(self, reading: Reading) -> bool:
        """Whether the file is one that leafcast could have written."""
        left_out = any(finding.code in LEFT_OUT for finding in reading.findings)
        return self.own and not (self.told or self.pictures or self.draft or left_out)

    def complete(self, facts: Facts, shown: Shown) -> None:
        """Put in what the front matter does not say, or says in no usable way."""
        self.told = []
        self.own = bool(facts.lines) and not facts.foreign
        self.draft, facts.draft = bool(facts.draft), 0
        facts.findings = [each for each in facts.findings if each.severity is not Severity.ERROR]
        said = {key: words for key, words in facts.values.items() if is_usable(key, words)}
        given = otherwise(self.start)
        given["title"] = shown.title or _title_of(self.start.file)
        if shown.author and not said.get("author"):
            said["author"] = shown.author
            self.told.append(guess("author", f"{named(shown.author)} was read as the author"))
        for key, words in given.items():
            if not said.get(key) and not (key == "language" and self.own):
                said[key] = words
                self.tell(key, words, shown.title)
        for key in ("published", "review"):
            if said.get(key):
                said[key] = read_day(said[key]).isoformat()
        dated, told = completed_days(self.start, said)
        self.told += told
        facts.values = dict(dated)
        facts.lines = {key: facts.lines.get(key, 1) for key in dated}

    def tell(self, key: str, words: str, shown: str) -> None:
        """Say what was put in for a fact."""
        if key == "title" and shown:
            self.told.append(
                guess(key, f"{named(words)}, the first heading, was read as the title")
            )
        elif key == "title":
            self.told.append(guess(key, f"The file has no title; {named(words)} was written"))
        elif key == "author":
            self.told.append(guess(key, f"The file names no author; {named(words)} was written"))
        else:
            said = f"The file does not say its {key}; {words} was written"
            self.told.append(guess(key, said))

    def picture(self, address: str) -> str:
        """The name under which a picture will lie beside the article; its address if it is not
        to be found.
        """
        if address in self.names:
            return self.names[address]
        for path in _places(self.start.file.resolve(), unquote(address)):
            with suppress(OSError, ValueError):
                if path.is_file():
                    content = read_bytes(path, path.name, READERS[".docx"].most)
                    name = free_name(self.start, address, self.pictures)
                    (self.start.folder / name).write_bytes(content)
                    self.pictures[name] = content
                    self.names[address] = name
                    return name
        return address


def _title_of(file: Path) -> str:
    """A title from the file's name, or its folder's where that says nothing."""
    stem = re.sub(r"^\d{4}-\d{2}-\d{2}[-_ ]", "", file.stem)
    if NAMELESS.fullmatch(stem):
        stem = file.resolve().parent.name or stem
    words = " ".join(re.sub(r"[_-]+", " ", stem).split())
    return words[:1].upper() + words[1:]


def _places(file: Path, address: str) -> Iterator[Path]:
    """Where a picture may lie: beside the article, or within the site or notebook it belongs to."""
    folder = file.parent
    tops = [each for each in (folder, *folder.parents[:6]) if _is_top(each)]
    top = tops[0] if tops else folder
    bare = re.sub(r"^(?:[@~]?/)+", "", address.partition("?")[0].partition("#")[0])
    for base in dict.fromkeys((folder, top)):
        for inside in PICTURE_FOLDERS:
            for name in dict.fromkeys((bare, Path(bare).name)):
                path = (base / inside / name).resolve()
                if path.is_relative_to(top):
                    yield path


def _is_top(folder: Path) -> bool:
    return any((folder / name).exists() for name in SITE_MARKS)
