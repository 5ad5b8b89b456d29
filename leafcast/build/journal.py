"""What dist/ holds while a build is at work: its manifest, and what was published since.

The manifest of many articles takes long to write, so it is written once, when a build ends. Until
then the state remembers each publication as it is published, and beforehand the names of what is
about to be moved in. So a build that is killed leaves nothing in dist/ that nobody knows of, and
the next one sees what it published. That is remembered together with the hash of the manifest it
follows: beside any other manifest, such as that of a copy which was put back, it says nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from leafcast.document.artifact import EditionRecord, Manifest
from leafcast.practice.project import Project
from leafcast.state.manifest import (
    is_inside,
    parse_editions,
    parse_manifest,
    plain_editions,
    read_bytes,
    write_manifest,
)
from leafcast.state.store import State, open_state

PUBLISHED: Final = "published"
"""Publications, by their slug, and what is made for all of them, under SITE_KEY."""
MOVING: Final = "moving"
SITE_KEY: Final = "@site"
"""No slug begins so."""
FOLLOWS: Final = "@follows"
PATHS: Final = "paths"
PART: Final = ".*.part"

Editions = Mapping[str, EditionRecord]


class Journal:
    """What is published in `dist`, remembered in `state` as long as its manifest does not say so.

    It reaches the disk at once: what is written down is there when files begin to move.
    """

    def __init__(self, dist: Path, state: State) -> None:
        self._dist = dist
        self._state = state
        self._follows = ""

    def manifest(self) -> Manifest:
        """What dist/ holds: what its manifest says, and what was published since."""
        stored = read_bytes(self._dist)
        self._follows = hashlib.sha256(stored or b"").hexdigest()
        rows = self._state.read_all(PUBLISHED)
        manifest = parse_manifest(stored)
        if rows.pop(FOLLOWS, b"").decode() != self._follows:
            return manifest
        for key, row in sorted(rows.items()):
            manifest = _with(manifest, key, row)
        return manifest

    def coming(self, paths: Collection[str]) -> None:
        """Write down that these paths, relative to dist/, are about to come."""
        if paths:
            self._state.write(MOVING, PATHS, json.dumps(sorted(paths)).encode())
            self._state.save()

    def left_behind(self, manifest: Manifest) -> set[str]:
        """The paths that a killed build may have moved in, and that are published by nothing."""
        stored = self._state.read(MOVING, PATHS)
        paths = [path for path in json.loads(stored) if is_inside(path)] if stored else []
        found = set(paths) - manifest.paths if paths else set()
        return found | {part for path in paths for part in self._parts_beside(path)}

    def _parts_beside(self, path: str) -> Iterator[str]:
        """What is left of files that were written beside where they were to stand: as they are
        moved only from one file system to another.
        """
        for part in (self._dist / path).parent.glob(PART):
            yield part.relative_to(self._dist).as_posix()

    def publication(self, slug: str, title: str, editions: Editions) -> None:
        """Write down what is published of an article, and that all of it has come."""
        self._write(slug, {"title": title, "editions": plain_editions(editions)})

    def without(self, slugs: Collection[str]) -> None:
        """Write down that these publications are no more."""
        for slug in slugs:
            self._write(slug, None)

    def site(self, editions: Editions) -> None:
        """Write down what is published for all together, and that all of it has come."""
        self._write(SITE_KEY, plain_editions(editions))

    def close(self, manifest: Manifest, through: Path) -> None:
        """Let dist/manifest.json say it all, written by way of the folder `through`.

        Raises OSError where it cannot be written.
        """
        keys = self._state.keys(PUBLISHED)
        if keys:
            write_manifest(self._dist, manifest, through)
        self._state.forget(PUBLISHED, keys)
        self._state.forget(MOVING, [PATHS])
        self._state.save()

    def _write(self, key: str, value: object) -> None:
        if self._state.read(PUBLISHED, FOLLOWS) != self._follows.encode():
            self._state.forget(PUBLISHED, self._state.keys(PUBLISHED))
            self._state.write(PUBLISHED, FOLLOWS, self._follows.encode())
        self._state.write(PUBLISHED, key, json.dumps(value, ensure_ascii=False).encode())
        self._state.forget(MOVING, [PATHS])
        self._state.save()


def _with(manifest: Manifest, key: str, row: bytes) -> Manifest:
    """A manifest with what was published under `key` since it was written."""
    stored = json.loads(row)
    if key == SITE_KEY:
        return replace(manifest, site=parse_editions(stored))
    if stored is None:
        return manifest.without(key)
    return manifest.with_publication(key, stored["title"], parse_editions(stored["editions"]))


def manifest_of(project: Project) -> Manifest:
    """What dist/ holds, also while a build is at work, or after one was killed."""
    with open_state(project.work) as state:
        return Journal(project.dist, state).manifest()
