"""The state of a practice: whatever is done to its file, a fact is right or missing."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafcast.state import store
from leafcast.state.store import FILE, VERSION, State, open_state


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a state of three facts."""
    with open_state(tmp_path) as state:
        state.write("told", "one", b"first")
        state.write("told", "two", b"second")
        state.write("other", "one", b"third")
    return tmp_path


@contextmanager
def raw(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        yield connection


# ---------------------------------------------------------------- facts


def test_what_is_written_is_read_by_whoever_opens_it_next(folder: Path) -> None:
    with open_state(folder) as state:
        assert state.read("told", "one") == b"first"
        assert state.read("other", "one") == b"third"
        assert state.read("told", "three") is None and state.read("none", "one") is None
        assert state.read_all("told") == {"one": b"first", "two": b"second"}
        assert state.read_all("none") == {}
        assert state.keys("told") == {"one", "two"} and state.keys("none") == set()


def test_a_fact_takes_the_place_of_an_older_one(folder: Path) -> None:
    with open_state(folder) as state:
        state.write("told", "one", b"")
        assert state.read("told", "one") == b""
        assert state.read_all("told") == {"one": b"", "two": b"second"}


def test_just_these_facts_are_forgotten(folder: Path) -> None:
    with open_state(folder) as state:
        state.forget("told", ["one", "none"])
    with open_state(folder) as state:
        assert state.keys("told") == {"two"} and state.keys("other") == {"one"}


def test_facts_reach_the_disk_when_they_are_saved_and_not_before(folder: Path) -> None:
    state = State(folder / FILE)
    state.write("told", "four", b"4")
    with open_state(folder) as other:
        assert other.read("told", "four") is None
    state.save()
    with open_state(folder) as other:
        assert other.read("told", "four") == b"4"
    state.close()


def test_who_only_looks_waits_for_nobody_that_writes(folder: Path) -> None:
    """`preview` looks while a build is at work."""
    state, began = State(folder / FILE), time.monotonic()
    state.write("told", "one", b"not yet saved")
    with open_state(folder) as other:
        assert other.read_all("told") == {"one": b"first", "two": b"second"}
    assert time.monotonic() - began < store.BUSY_SECONDS / 2
    state.close()


def test_one_that_waits_in_vain_goes_on_by_itself(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits once, and loses nothing of its own; the file stays as the other wants it."""
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.01)
    with open_state(folder) as first, open_state(folder) as second:
        waited: list[sqlite3.Error] = []
        go_on = second._go_on
        monkeypatch.setattr(second, "_go_on", lambda error: (waited.append(error), go_on(error)))
        first.write("told", "one", b"1")
        for number in range(10):
            second.write("told", str(number), b"2")
            second.save()
        assert len(waited) == 1
        assert second.read("told", "one") == b"first"
        assert {second.read("told", str(number)) for number in range(10)} == {b"2"}
    with open_state(folder) as state:
        assert state.read_all("told") == {"one": b"1", "two": b"second"}


def test_where_no_more_can_be_kept_all_is_known_for_one_build(folder: Path) -> None:
    """A file that may not be written, or a full disk."""
    with open_state(folder) as state:
        state.write("told", "three", b"3")
        state._connection.execute("PRAGMA query_only = ON")
        state.write("told", "four", b"4")
        state.save()
        assert set(state.read_all("told")) == {"one", "two", "three", "four"}
    with open_state(folder) as state:
        assert state.read("told", "one") == b"first"


@pytest.mark.parametrize("kept", [True, False], ids=["on disk", "in memory"])
def test_threads_share_it(folder: Path, kept: bool) -> None:
    with open_state(folder) if kept else closing(State(None)) as state:
        threads = [
            threading.Thread(target=state.write, args=("thread", str(number), b"x"))
            for number in range(20)
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert state.keys("thread") == {str(number) for number in range(20)}


def test_one_in_memory_is_gone_with_it() -> None:
    state = State(None)
    state.write("told", "one", b"first")
    assert state.read("told", "one") == b"first"
    state.save()
    state.close()
    assert State(None).read("told", "one") is None


@settings(max_examples=30)
@given(st.dictionaries(st.text(st.characters(codec="utf-8")), st.binary()))
def test_any_fact_is_read_as_it_was_written(facts: dict[str, bytes]) -> None:
    state = State(None)
    for key, value in facts.items():
        state.write("any", key, value)
    assert state.read_all("any") == facts and state.keys("any") == set(facts)
    state.close()


# ---------------------------------------------------------------- damage

FACT = "WHERE kind = 'told' AND key = 'one'"


@pytest.mark.parametrize(
    "harm",
    [
        "value = X'00'", "value = 'first'", "value = 5", "sum = X'00'", "sum = ''", "value = X''",
        "sum = (SELECT sum FROM facts WHERE key = 'two')",
    ],
)  # fmt: skip
def test_a_fact_that_was_damaged_is_missing_and_no_other(folder: Path, harm: str) -> None:
    with raw(folder) as connection:
        connection.execute(f"UPDATE facts SET {harm} {FACT}")
    with open_state(folder) as state:
        assert state.read("told", "one") is None
        assert state.read_all("told") == {"two": b"second"}
        assert state.read("other", "one") == b"third"


@pytest.mark.parametrize("harm", ["kind = 'other2'", "key = 'three'"])
def test_a_fact_under_another_name_is_missing(folder: Path, harm: str) -> None:
    with raw(folder) as connection:
        connection.execute(f"UPDATE facts SET {harm} {FACT}")
    with open_state(folder) as state:
        assert state.read("told", "three") is None and state.read("other2", "one") is None


def test_a_key_and_a_kind_cannot_be_taken_for_each_other() -> None:
    assert store._sum("ab", "c", b"") != store._sum("a", "bc", b"")
    assert store._sum("a", "b 1", b"") != store._sum("a", "b", b"1 ")
    assert len(store._sum("a", "b", b"") or b"") == store.SUM_BYTES == 16
    assert store._sum("a", 1, b"") is None and store._sum("a", "b", "text") is None


def with_garbage(file: Path) -> None:
    file.write_bytes(os.urandom(5000))


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:3000])


def a_folder(file: Path) -> None:
    file.unlink()
    (file / "within").mkdir(parents=True)


def a_broken_link(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.parent / "nowhere/at/all")


def of_another_version(file: Path) -> None:
    with raw(file.parent) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")


def without_its_table(file: Path) -> None:
    with raw(file.parent) as connection:
        connection.execute("DROP TABLE facts")


def with_another_table(file: Path) -> None:
    with raw(file.parent) as connection:
        connection.execute("DROP TABLE facts")
        connection.execute("CREATE TABLE facts (kind, key)")


HARMS = (
    with_garbage, emptied, cut_short, a_folder, a_broken_link, of_another_version,
    without_its_table, with_another_table,
)  # fmt: skip


@pytest.mark.parametrize("harm", HARMS)
def test_a_file_of_no_use_is_made_anew(folder: Path, harm: Callable[[Path], None]) -> None:
    harm(folder / FILE)
    with open_state(folder) as state:
        assert state.read_all("told") == {}
        state.write("told", "one", b"again")
    with open_state(folder) as state:
        assert state.read_all("told") == {"one": b"again"}


@pytest.mark.parametrize("end", store.PARTS[1:])
def test_what_lies_beside_it_and_is_not_ours_does_no_harm(folder: Path, end: str) -> None:
    (folder / (FILE + end)).write_bytes(b"not SQLite's")
    with open_state(folder) as state:
        assert state.read_all("told") in ({}, {"one": b"first", "two": b"second"})
        state.write("told", "one", b"again")
    with open_state(folder) as state:
        assert state.read("told", "one") == b"again"


def test_a_file_damaged_while_it_is_open_is_made_anew(folder: Path) -> None:
    state = State(folder / FILE)
    with raw(folder) as connection:
        connection.execute("DROP TABLE facts")
    assert state.read("told", "one") is None
    state.write("told", "one", b"again")
    state.close()
    with open_state(folder) as state:
        assert state.read_all("told") == {"one": b"again"}


@pytest.mark.parametrize("code", store.HARMLESS)
def test_what_damages_nothing_costs_a_fact_and_not_the_file(folder: Path, code: int) -> None:
    error = sqlite3.OperationalError("full")
    error.sqlite_errorcode = code | 5 << 8  # with more said in its high bits
    assert not store._is_damage(error)
    with open_state(folder) as state:
        state.write("told", "one", b"not saved")
        state._go_on(error)
        assert state.read("told", "one") == b"not saved"
    with open_state(folder) as state:
        assert state.read("told", "one") == b"first"


def test_any_other_error_is_damage() -> None:
    error = sqlite3.DatabaseError("malformed")
    assert store._is_damage(error)
    for code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
        error.sqlite_errorcode = code
        assert store._is_damage(error)


def test_where_nothing_can_be_kept_facts_last_for_one_build(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with open_state(tmp_path / "file") as state:
        state.write("told", "one", b"first")
        assert state.read("told", "one") == b"first"
    with open_state(tmp_path / "file") as state:
        assert state.read("told", "one") is None
    assert (tmp_path / "file").read_text() == "in the way"


def test_the_folder_is_made(tmp_path: Path) -> None:
    with open_state(tmp_path / "a/b"):
        assert (tmp_path / "a/b" / FILE).is_file()


def test_it_is_saved_when_a_build_fails(folder: Path) -> None:
    def fail() -> None:
        with open_state(folder) as state:
            state.write("told", "four", b"4")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    with open_state(folder) as state:
        assert state.read("told", "four") == b"4"


def test_it_writes_once_and_outlives_a_power_cut(folder: Path) -> None:
    with open_state(folder) as state:
        asked = {
            name: state._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "user_version")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 1, "user_version": VERSION}
