"""Taking an article away: codes on paper lead to its address, which then says so kindly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tomlkit

from leafcast.locale.days import today
from leafcast.practice.project import PRACTICE_FILE
from leafcast.state.cache import write_beside


def withdraw(folder: Path, slug: str, title: str, instead: Sequence[str]) -> None:
    """Write into practice.toml that an article is withdrawn from today on. Raises OSError."""
    entry = tomlkit.table()
    entry["article"], entry["title"], entry["on"] = slug, title, today()
    if instead:
        entry["instead"] = list(instead)
    _write(folder, slug, entry)


def bring_back(folder: Path, slug: str) -> None:
    """Take out of practice.toml that an article is withdrawn. Raises OSError."""
    _write(folder, slug, None)


def _write(folder: Path, slug: str, entry: Any) -> None:
    """The table of withdrawn articles with `entry` for this one, or without it."""
    path = folder / PRACTICE_FILE
    before = path.read_text("utf-8")
    document = tomlkit.parse(before)
    tables = [each for each in document.get("withdrawn", ()) if each.get("article") != slug]
    if entry is None and len(tables) == len(document.get("withdrawn", ())):
        return
    tables += [entry] if entry else []
    document.pop("withdrawn", None)
    if tables:
        every = tomlkit.aot()
        for each in tables:
            every.append(each)
        document.append("withdrawn", every)
    write_beside(path, tomlkit.dumps(document).encode())
