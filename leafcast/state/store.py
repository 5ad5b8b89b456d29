"""The state of a practice: facts that builds remember, in one SQLite file.

Nothing in it is needed: what it lacks is reckoned again. So damage of any kind is no error. A fact
carries its own hash, for SQLite sees no flipped bit in a value; one that differs counts as missing.
A file that SQLite cannot use is made anew, and where none can be kept, because the disk is full, a
folder may not be written or another program does not let go of the file, the facts are kept for the
time of one build.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

FILE: Final = "state.sqlite"
VERSION: Final = 1
"""Counted up when the tables differ; a file of another version is made anew."""
BUSY_SECONDS: Final = 5.0
"""How long to wait for another process, such as `preview`, that is writing a fact."""
SUM_BYTES: Final = 16
HARMLESS: Final = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_CANTOPEN,
)
"""What keeps a fact from being read or written, and damages nothing."""
PARTS: Final = ("", "-wal", "-shm", "-journal")
"""How the names of the file and of those that SQLite puts beside it end."""

TABLE: Final = """\
CREATE TABLE IF NOT EXISTS facts (
    kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, sum BLOB NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID
"""


class State:
    """Facts by kind and key. They reach the disk together, when `save` is called."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._connection = _opened(path)

    def read(self, kind: str, key: str) -> bytes | None:
        """The value of a fact; None where it is not known, or was damaged."""
        return self._whole(kind, "WHERE kind = ? AND key = ?", (kind, key)).get(key)

    def read_all(self, kind: str) -> dict[str, bytes]:
        """Every fact of a kind that is whole, by its key."""
        rows = self._ask("SELECT key, value, sum FROM facts WHERE kind = ?", (kind,))
        return {key: bytes(value) for key, value, kept in rows if kept == _sum(kind, key, value)}

    def keys(self, kind: str) -> set[str]:
        """The keys of all facts of a kind."""
        return {str(key) for (key,) in self._ask("SELECT key FROM facts WHERE kind = ?", (kind,))}

    def write(self, kind: str, key: str, value: bytes) -> None:
        """Remember a fact, in the place of an older one."""
        row = (kind, key, value, _sum(kind, key, value))
        self._ask("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?)", row)

    def forget(self, kind: str, keys: Iterable[str]) -> None:
        """Forget facts that nobody will ask for."""
        for key in keys:
            self._ask("DELETE FROM facts WHERE kind = ? AND key = ?", (kind, key))

    def save(self) -> None:
        """Write what is remembered to the disk; where that fails, it is reckoned again."""
        with self._lock:
            try:
                self._connection.commit()
            except sqlite3.Error as error:
                self._go_on(error)

    def close(self) -> None:
        """Save, and let go of the file."""
        with self._lock:
            self.save()
            self._connection.close()

    def _whole(self, kind: str, where: str, values: tuple[str, ...]) -> dict[str, bytes]:
        rows = self._ask(f"SELECT key, value, sum FROM facts {where}", values)
        return {key: value for key, value, kept in rows if kept == _sum(kind, key, value)}

    def _ask(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                self._go_on(error)
            with suppress(sqlite3.Error):
                return self._connection.execute(statement, values).fetchall()
            return []

    def _go_on(self, error: sqlite3.Error) -> None:
        """Go on with a damaged file made anew; else with what is known so far, in memory."""
        damaged, left = _is_damage(error), self._connection
        kept = [] if damaged else _facts(left)
        with suppress(sqlite3.Error):
            left.close()
        if damaged:
            _clear(self._path)
        self._connection = _opened(self._path if damaged else None)
        with suppress(sqlite3.Error):
            self._connection.executemany("INSERT INTO facts VALUES (?, ?, ?, ?)", kept)


@contextmanager
def open_state(folder: Path) -> Iterator[State]:
    """The state kept in `folder`, which is a project's .leafcast/; saved at the end."""
    state = State(folder / FILE)
    try:
        yield state
    finally:
        state.close()


def _sum(kind: str, key: object, value: object) -> bytes | None:
    """The hash of a fact; None of what is none, when damage made another type of a column."""
    if not (isinstance(key, str) and isinstance(value, bytes)):
        return None
    sha = hashlib.sha256(f"{len(kind)} {kind} {len(key)} {key} ".encode())
    sha.update(value)
    return sha.digest()[:SUM_BYTES]


def _facts(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """All that is known, saved or not, as far as it can be read."""
    with suppress(sqlite3.Error):
        return connection.execute("SELECT kind, key, value, sum FROM facts").fetchall()
    return []


def _is_damage(error: sqlite3.Error) -> bool:
    """Whether a file is of no more use; it may also be locked, or the disk full."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF not in HARMLESS


def _opened(path: Path | None) -> sqlite3.Connection:
    """The file at `path`, made anew where it cannot be used; else one in memory."""
    for _ in range(2 if path else 0):
        assert path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return _connected(path)
        except sqlite3.Error as error:
            if not (_is_damage(error) or path.is_dir() or path.is_symlink()):
                break
            _clear(path)
        except OSError:
            break
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute(TABLE)
    return connection


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        # WAL writes once instead of twice; where the file system cannot (NFS), SQLite says so and
        # goes on with its journal. A power cut may lose the last facts, never the file.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version not in (0, VERSION):
            raise sqlite3.DatabaseError("of another version")
        if not version:  # who only looks waits for nobody that writes
            connection.execute(TABLE)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("SELECT kind, key, value, sum FROM facts LIMIT 1").fetchall()
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def _clear(path: Path | None) -> None:
    """Take away a file that cannot be used, and what SQLite put beside it."""
    for each in (path.with_name(path.name + end) for end in PARTS) if path else ():
        with suppress(OSError):
            if each.is_dir() and not each.is_symlink():
                shutil.rmtree(each)
            else:
                each.unlink(missing_ok=True)
