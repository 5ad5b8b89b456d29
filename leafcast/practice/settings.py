"""Settings files (TOML) into frozen dataclasses, with errors that name file, line and fix."""

from __future__ import annotations

import difflib
import re
import tomllib
import types
import typing
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import MISSING, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from leafcast.document.errors import SettingsError, cure_of, regular
from leafcast.document.invisible import UNSEEN
from leafcast.document.straight import straightened
from leafcast.locale.days import read_day

T = typing.TypeVar("T")

KINDS = {str: "words in quotes", int: "a whole number", float: "a number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A settings file as read: how the owner knows it, its text, and its values."""

    shown: str
    text: str
    values: Mapping[str, Any]

    def line_of(self, key: str, table: str = "") -> int | None:
        """The line (from 1) on which `key` is set, first in `[table]`; None if not found."""
        inside = not table
        for number, line in enumerate(self.text.splitlines(), 1):
            if header := re.match(r"\s*\[\[?\s*([^]]+?)\s*\]", line):
                inside = not table or header[1] == table
                if header[1] == key != table:
                    return number
            elif inside and re.match(rf"\s*[\"'“”]?{re.escape(key)}[\"'“”]?\s*=", line):
                return number
        return None

    def error(self, message: str, hint: str, key: str, table: str = "") -> SettingsError:
        """The error to raise about `key` in `[table]`."""
        return SettingsError(message, hint, self.shown, self.line_of(key, table))


def read_settings(path: Path, shown: str) -> SettingsFile:
    """Read a TOML file. Raises SettingsError when it is missing, unreadable or not TOML."""
    try:
        text = regular(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(
            f"{shown} is not there", "Run leafcast in a practice's folder, or name it: --project"
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SettingsError(
            "this is not UTF-8 text", "Save the file as UTF-8", shown, line
        ) from None
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror}", cure_of(error), shown) from None
    try:
        file = SettingsFile(shown, text, _values(text))
    except (RecursionError, ValueError) as error:
        if isinstance(error, tomllib.TOMLDecodeError):
            raise _no_toml(error, text, shown) from None
        raise SettingsError(
            "this cannot be read: it is nested too deep, or has a number beyond all measure",
            'A setting looks like: name = "words in quotes"',
            shown,
        ) from None
    _refuse_unseen(file, file.values)
    return file


def _values(text: str) -> dict[str, Any]:
    """The values of TOML; what only curly quotation marks enclose is read as if they were straight.

    Raises TOMLDecodeError about the text as it stands, RecursionError or ValueError.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with suppress(tomllib.TOMLDecodeError):
            return tomllib.loads(straightened(text))
        raise


def _no_toml(error: tomllib.TOMLDecodeError, text: str, shown: str) -> SettingsError:
    """The error to raise about a line that is not TOML."""
    found = re.search(r"\(at line (\d+)", str(error))
    reason = re.sub(r"\s*\(at .*\)", "", str(error))
    return SettingsError(
        f"this line cannot be read: {reason}",
        'A setting looks like: name = "words in quotes"',
        shown,
        int(found[1]) if found else len(text.splitlines()),
    )


def _refuse_unseen(file: SettingsFile, values: object, key: str = "") -> None:
    """Raise SettingsError for words with signs that no reader sees, however they are written."""
    if isinstance(values, Mapping):
        for name, value in values.items():
            _refuse_unseen(file, value, name)
    elif isinstance(values, list):
        for value in values:
            _refuse_unseen(file, value, key)
    elif isinstance(values, str) and UNSEEN.search(values):
        raise file.error(f"“{key}” holds an invisible sign", "Write it anew, by hand", key)


def nearest(word: str, known: typing.Iterable[str]) -> str:
    """A hint that names the known word nearest to `word`, or all of them."""
    known = sorted(known)
    near = difflib.get_close_matches(word, known, 1, 0.5)
    return f"Did you mean “{near[0]}”?" if near else f"Known here: {', '.join(known)}"


def check_keys(file: SettingsFile, values: Mapping[str, Any], known: set[str], table: str) -> None:
    """Raise SettingsError for the first key of `values` that is not known."""
    for key in values:
        if key not in known:
            where = f" in [{table}]" if table else ""
            raise file.error(f"“{key}” is not a setting{where}", nearest(key, known), key, table)


def build(file: SettingsFile, values: Mapping[str, Any], kind: type[T], table: str) -> T:
    """The dataclass `kind` made from `values`, every key and type checked.

    Raises SettingsError for a misspelt key, a missing one, or a value of the wrong kind.
    """
    hints = typing.get_type_hints(kind)
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    if not isinstance(values, Mapping):
        raise file.error(f"“{table}” must be a table", f"Write [{table}] on a line", table)
    check_keys(file, values, set(known), table)
    for name, each in known.items():
        required = each.default is MISSING and each.default_factory is MISSING
        if required and not str(values.get(name, "")).strip():
            raise file.error(
                f"“{name}” is missing from [{table}]", f'Add a line: {name} = "…"', table
            )
    ready = {key: _convert(file, table, key, value, hints[key]) for key, value in values.items()}
    return kind(**ready)


def _convert(file: SettingsFile, table: str, key: str, value: Any, hint: Any) -> Any:
    """`value` if it is of the hinted type; an int where a float is wanted becomes one.

    Where several are wanted, one alone is a list of one.
    """
    if typing.get_origin(hint) is tuple:
        each = value if isinstance(value, list) else [value]
        return tuple(_convert(file, table, key, one, typing.get_args(hint)[0]) for one in each)
    wanted = [t for t in typing.get_args(hint) if t is not types.NoneType] or [hint]
    if float in wanted and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if date in wanted and type(value) is date:
        return value
    if date in wanted and isinstance(value, str):
        with suppress(ValueError):
            return read_day(value)
    if type(value) in wanted:
        return value
    asked = "a date, such as 2027-03-31" if date in wanted else KINDS[wanted[0]]
    raise file.error(f"“{key}” must be {asked}, not {value!r}", f"Change {key}", key, table)
