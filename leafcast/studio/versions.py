"""Earlier versions: what she wrote, kept at each step, and the way back.

A version names every file of source/, the lexicon, her voices and each sentence she read by the
hash of its bytes, which lie in .leafcast/versions/ once, whatever number of versions has them. To
go back is a step like any other, so one can go forward again. Old steps become fewer (`thinning`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from threading import Lock
from typing import Any, Final

from leafcast.narration.takes.files import CHOICES_FILE, TAKES
from leafcast.narration.voices.specs import FILE as VOICES_FILE
from leafcast.practice.project import LEXICON_FILE
from leafcast.readers import READERS, article_slug
from leafcast.state.cache import write_beside
from leafcast.studio.thinning import let_go

FOLDER: Final = "versions"
FRESH: Final = timedelta(days=1)
"""What was kept or needed so lately is not cleared away, whatever another window is about to do."""
TOGETHER: Final = timedelta(minutes=10)
"""Changes of one article that follow each other so soon are one step."""
MOST_BYTES: Final = 200_000_000
"""A larger file is no source of an article, and is not kept."""


@dataclass(frozen=True, slots=True)
class Version:
    """One step: when it was, of which kind, what it was in words, and the files after it."""

    number: int
    when: datetime
    kind: str
    slug: str
    words: str
    files: Mapping[str, str]


class Versions:
    """The practice's earlier versions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / ".leafcast" / FOLDER
        self.lock = Lock()
        self._steps: dict[int, frozenset[str]] = {}
        self._stands = 0
        self._sets: dict[frozenset[str], frozenset[str]] = {}
        self._hashes: dict[Path, tuple[int, int, str]] = {}

    def all(self) -> list[Version]:
        """Every version, oldest first; one that was damaged is left out."""
        return [each for number in self._numbers() if (each := self.find(number))]

    def find(self, number: int) -> Version | None:
        """A version by its number."""
        with suppress(OSError, ValueError, KeyError):
            return _version(number, json.loads(self._file(number).read_text("utf-8")))
        return None

    def keep(self, kind: str, slug: str, words: str) -> None:
        """Keep what there is as a version, unless nothing changed. Raises OSError when full."""
        with self.lock:
            numbers, files = self._numbers(), self._files()
            number = numbers[-1] if numbers else 0
            last = self.find(number)
            if last and last.files == files and kind != "made":
                return
            now = datetime.now(UTC)
            again = last and (last.kind, last.slug) == (kind, slug) == ("wrote", slug)
            again = again and number != self._stands
            if last and again and now - last.when < TOGETHER:
                now = last.when
            else:
                number += 1
            line = _line(Version(number, now, kind, slug, words, files))
            write_beside(self._file(number), json.dumps(line, ensure_ascii=False).encode())

    def stand(self) -> None:
        """Let the newest step stand: what follows is a step of its own, however soon it comes."""
        with self.lock:
            self._stands = max(self._numbers(), default=0)

    def note(self, kind: str, slug: str, words: str) -> None:
        """Keep what was just done as a version. Where there is no room, it is done all the same,
        and the next step keeps it before it changes anything.
        """
        with suppress(OSError):
            self.keep(kind, slug, words)

    def _numbers(self) -> list[int]:
        return sorted(int(path.stem) for path in self.store.glob("[0-9]*.json"))

    def _file(self, number: int) -> Path:
        return self.store / f"{number:06}.json"

    def begin(self) -> None:
        """Keep what was changed while the studio was closed, so that there is a way back to it."""
        known = self._numbers()
        self.keep("found", "", "Changed outside the studio" if known else "As it was at first")

    def thin(self, now: datetime | None = None) -> frozenset[int]:
        """Let old steps go, with what nothing else needs; gives their numbers. Raises OSError."""
        now = now or datetime.now(UTC)
        with self.lock:
            steps = self.all()
            numbers = let_go(steps, now)
            for number in numbers:
                self._file(number).unlink(missing_ok=True)
            gone = {hash_ for each in steps for hash_ in each.files.values()}
            for each in steps:
                if each.number not in numbers:
                    gone -= {*each.files.values()}
            for kept in map(self._object, gone):
                if (
                    kept.is_file()
                    and now.timestamp() - kept.stat().st_mtime > FRESH.total_seconds()
                ):
                    kept.unlink(missing_ok=True)
            self._hashes.clear()
            return numbers

    def text(self, version: Version, slug: str) -> str | None:
        """The words of an article in a version."""
        return self.text_of(version, f"source/{slug}.md")

    def text_of(self, version: Version, path: str) -> str | None:
        """The words of a file, by its path from the practice's folder, in a version."""
        content = self._content(version.files.get(path, ""))
        return content.decode("utf-8", "replace") if content is not None else None

    def go_back(self, version: Version, slug: str) -> None:
        """Make an article's files what they were. Raises OSError, and then nothing changed."""
        name = re.compile(rf"source/(?:originals/)?{re.escape(slug)}(?:-picture-\d+)?\.\w+")
        wanted = {path: hash_ for path, hash_ in version.files.items() if name.fullmatch(path)}
        contents = {path: self._content(hash_) for path, hash_ in wanted.items()}
        for path, content in sorted(contents.items(), key=lambda each: each[0].endswith(".md")):
            if content is not None and not _is(self.folder / path, wanted[path]):
                write_beside(self.folder / path, content)

    def write_into(self, folder: Path, version: Version, slug: str) -> Path:
        """Write what an article was made of in a version into another folder; gives its file.

        Raises OSError.
        """
        file = f"source/{slug}.md"
        for path, hash_ in version.files.items():
            beside = path.startswith("source/") and Path(path).suffix.lower() not in READERS
            content = self._content(hash_) if beside or path == file else None
            if content is not None:
                write_beside(folder / path, content)
        return folder / file

    def take_back(self, path: Path) -> None:
        """Make a file what it was before it last changed, which may be none. Raises OSError."""
        name = path.relative_to(self.folder).as_posix()
        now = self._kept(path) if path.is_file() else None
        for number in reversed(self._numbers()):
            version = self.find(number)
            if version is None or version.files.get(name) == now:
                continue
            content = self._content(version.files.get(name, ""))
            if content is not None:
                write_beside(path, content)
            elif name not in version.files:
                path.unlink(missing_ok=True)
            return

    def away(self, there: Collection[str]) -> list[tuple[str, int]]:
        """The articles that are there no more, newest first, and the version to bring each back;
        whether they were taken away here, or by another program.
        """
        found: dict[str, int] = {}
        numbers = self._numbers()
        for before, number in pairwise(numbers):
            for slug in self._slugs(before) - self._slugs(number) - set(there):
                found[slug] = before
        for number in numbers[-1:]:  # since then another program may have taken some away
            found |= dict.fromkeys(self._slugs(number) - set(there), number)
        return sorted(found.items(), key=lambda each: -each[1])

    def _slugs(self, number: int) -> frozenset[str]:
        """The articles of a step, which never change; read once."""
        if number not in self._steps:
            version = self.find(number)
            slugs = slugs_in(version) if version else frozenset()
            self._steps[number] = self._sets.setdefault(slugs, slugs)
        return self._steps[number]

    def _files(self) -> dict[str, str]:
        """The files there are, each kept by its hash."""
        files = {}
        takes = self.folder / "audio" / TAKES
        paths = [
            *(self.folder / "source").rglob("*"),
            self.folder / LEXICON_FILE,
            self.folder / VOICES_FILE,
            *takes.glob("*/*/*.wav"),
            *takes.glob(f"*/{CHOICES_FILE}"),
        ]
        for path in sorted(paths):
            if (
                path.is_file()
                and not path.name.startswith(".")
                and path.stat().st_size < MOST_BYTES
            ):
                files[path.relative_to(self.folder).as_posix()] = self._kept(path)
        return files

    def _kept(self, path: Path) -> str:
        """The hash of a file, which is kept by it; reckoned again only when the file changed."""
        stat = path.stat()
        known = self._hashes.get(path)
        if known and known[:2] == (stat.st_mtime_ns, stat.st_size):
            return known[2]
        content = path.read_bytes()
        hash_ = hashlib.sha256(content).hexdigest()
        kept = self._object(hash_)
        if kept.exists():
            kept.touch()
        else:
            write_beside(kept, content)
        self._hashes[path] = (stat.st_mtime_ns, stat.st_size, hash_)
        return hash_

    def _object(self, hash_: str) -> Path:
        return self.store / hash_[:2] / hash_[2:]

    def _content(self, hash_: str) -> bytes | None:
        """What is kept; None where it was damaged."""
        if not re.fullmatch(r"[0-9a-f]{64}", hash_):
            return None
        with suppress(OSError):
            content = self._object(hash_).read_bytes()
            if hashlib.sha256(content).hexdigest() == hash_:
                return content
        return None


def _is(path: Path, hash_: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == hash_


def _line(version: Version) -> dict[str, Any]:
    return {
        "when": version.when.isoformat(),
        "kind": version.kind,
        "slug": version.slug,
        "words": version.words,
        "files": dict(version.files),
    }


def _version(number: int, line: dict[str, Any]) -> Version:
    when = datetime.fromisoformat(line["when"])
    files = {str(path): str(hash_) for path, hash_ in line["files"].items()}
    return Version(number, when, line["kind"], line["slug"], line["words"], files)


def together(steps: Sequence[Version]) -> list[Version]:
    """Steps, oldest first, with readings that follow each other as one: the last of them."""
    told: list[Version] = []
    for is_reading, group in groupby(steps, lambda each: each.kind == "read"):
        *_, last = all_ = list(group)
        many = f"You recorded {len(all_)} times"
        told += [replace(last, words=many)] if is_reading and len(all_) > 1 else all_
    return told


def slugs_in(version: Version) -> frozenset[str]:
    """The articles that there were."""
    paths = (Path(path) for path in version.files)
    return frozenset(
        article_slug(path)
        for path in paths
        if path.suffix in READERS and path.parent.name == "source"
    )
