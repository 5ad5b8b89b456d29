"""dist/manifest.json: every published file, and what it was made from.

Only what the manifest names is ever replaced or deleted; a stranger's file in dist/ is left.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from leafcast import __version__
from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
from leafcast.document.errors import regular
from leafcast.state.cache import write_beside, write_through

ENCODER: Final = json.JSONEncoder(ensure_ascii=False)


def read_manifest(dist: Path) -> Manifest:
    """What dist/manifest.json says; nothing when there is none or it cannot be trusted.

    While a build is at work it has published more by now: see `journal.manifest_of`.
    """
    return parse_manifest(read_bytes(dist))


def read_bytes(dist: Path) -> bytes | None:
    """The bytes of dist/manifest.json; None when there is none that can be read."""
    try:
        return regular(dist / "manifest.json").read_bytes()
    except OSError:
        return None


def parse_manifest(stored: bytes | None) -> Manifest:
    """What the bytes of a manifest say; nothing when they cannot be trusted."""
    try:
        said = json.loads(stored or b"")
        publications = {
            slug: parse_editions(each["editions"]) for slug, each in said["publications"].items()
        }
        titles = {slug: str(each["title"]) for slug, each in said["publications"].items()}
        return Manifest(titles, publications, parse_editions(said.get("site", {})))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Manifest()


def parse_editions(stored: Mapping[str, Any]) -> dict[str, EditionRecord]:
    """The records of editions, from their plain form.

    Raises ValueError, KeyError, TypeError or AttributeError where they are none.
    """
    return {name: _edition(record) for name, record in stored.items()}


def _edition(stored: Mapping[str, Any]) -> EditionRecord:
    files = tuple(FileRecord(**each) for each in stored["files"])
    for file in files:
        if not is_inside(file.path):
            raise ValueError(f"{file.path} is outside dist/")
    return EditionRecord(dict(stored["made_from"]), files)


def plain_editions(editions: Mapping[str, EditionRecord]) -> dict[str, Any]:
    """The records of editions as they are stored."""
    return {
        name: {
            "made_from": dict(sorted(record.made_from.items())),
            "files": [_stored(file) for file in record.files],
        }
        for name, record in editions.items()
    }


def is_inside(path: str) -> bool:
    """Whether a path relative to dist/ stays in it, whatever the system: to Windows a backslash
    divides folders, and what stands before a colon is a drive.
    """
    return {"..", ".", ""}.isdisjoint(path.split("/")) and set("\\:\0").isdisjoint(path)


def write_manifest(dist: Path, manifest: Manifest, through: Path | None = None) -> None:
    """Write dist/manifest.json, whole or not at all; untouched when nothing changed.

    It is written by way of the folder `through`, where one is given.
    """
    text = "".join(_text(manifest))
    path = dist / "manifest.json"
    if not path.is_file() or path.read_bytes() != text.encode():
        if through:
            write_through(through, path, text.encode())
        else:
            write_beside(path, text.encode())


def _text(manifest: Manifest) -> Iterator[str]:
    """The manifest as JSON, a line a file."""
    publications = (
        (slug, _publication_text(manifest.titles[slug], editions))
        for slug, editions in sorted(manifest.publications.items())
    )
    yield f'{{\n"made_by": {_json(f"leafcast {__version__}")},\n"publications": '
    yield _object(publications)
    yield f',\n"site": {_editions_text(manifest.site)}\n}}\n'


def _publication_text(title: str, editions: Mapping[str, EditionRecord]) -> str:
    return _object([("title", _json(title)), ("editions", _editions_text(editions))])


def _editions_text(editions: Mapping[str, EditionRecord]) -> str:
    return _object((name, _record_text(record)) for name, record in editions.items())


def _record_text(record: EditionRecord) -> str:
    files = ",\n".join(_json(_stored(file)) for file in record.files)
    made_from = _json(dict(sorted(record.made_from.items())))
    return _object([("made_from", made_from), ("files", f"[\n{files}\n]" if files else "[]")])


def _object(members: Iterable[tuple[str, str]]) -> str:
    inside = ",\n".join(f"{_json(name)}: {text}" for name, text in members)
    return f"{{\n{inside}\n}}" if inside else "{}"


def _json(value: object) -> str:
    return ENCODER.encode(value)


def _stored(file: FileRecord) -> dict[str, Any]:
    values = {each.name: getattr(file, each.name) for each in fields(file)}
    return {name: value for name, value in values.items() if value is not None}
