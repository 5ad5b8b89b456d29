"""What was made once is found again; what was damaged is not."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafcast.state import cache as caching
from leafcast.state.cache import Cache, digest, user_folder, write_beside, write_through


def test_what_is_written_is_read(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write("clips", "ab12", b"sound")
    assert cache.has("clips", "ab12")
    assert cache.read("clips", "ab12") == b"sound"


def test_what_was_never_written_is_missing(tmp_path: Path) -> None:
    assert Cache(tmp_path).read("clips", "ab12") is None
    assert not Cache(tmp_path).has("clips", "ab12")


@pytest.mark.parametrize("damage", ["cut short", "one byte changed", "emptied"])
def test_a_damaged_entry_is_missing_and_removed(tmp_path: Path, damage: str) -> None:
    cache = Cache(tmp_path)
    cache.write("clips", "ab12", b"sound")
    path = cache.path("clips", "ab12")
    stored = path.read_bytes()
    after = {"cut short": stored[:-1], "one byte changed": stored[:-1] + b"D", "emptied": b""}
    path.write_bytes(after[damage])
    assert cache.read("clips", "ab12") is None
    assert not path.exists()


@pytest.mark.parametrize("place", ["clips/ab/ab12", "clips/ab", "clips", "."])
def test_what_is_in_the_way_of_an_entry_counts_as_missing_and_goes(
    tmp_path: Path, place: str
) -> None:
    """A folder in place of an entry, or a file in place of one of its folders."""
    cache = Cache(tmp_path / "cache")
    cache.write("clips", "ab12", b"sound")
    path = cache.folder / place
    if path.is_dir():
        shutil.rmtree(path)
        path.write_bytes(b"a file")
    else:
        path.unlink()
        (path / "inside").mkdir(parents=True)
        (path / "inside" / "file").write_bytes(b"more")
    assert cache.read("clips", "ab12") is None
    assert not cache.has("clips", "ab12")
    cache.write("clips", "ab12", b"sound")
    assert cache.read("clips", "ab12") == b"sound"


def test_a_write_that_fails_for_another_reason_says_so(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with pytest.raises(OSError, match="File name too long"):
        cache.write("clips", "ab" + "c" * 300, b"sound")


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_beside(path, b"old")
    with pytest.raises(TypeError):
        write_beside(path, "not bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_what_is_written_by_way_of_a_folder_leaves_nothing_there(tmp_path: Path) -> None:
    path = tmp_path / "a/b/file"
    write_through(tmp_path / "way", path, b"new")
    assert path.read_bytes() == b"new"
    assert [*(tmp_path / "way").iterdir()] == [] and [*path.parent.iterdir()] == [path]


@pytest.mark.parametrize("code", [errno.EXDEV, errno.EACCES, errno.ENOSPC])
def test_a_folder_on_another_disk_is_no_hindrance(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = tmp_path / "file", os.replace

    def replaced(old: Path, new: Path) -> None:
        if Path(old) == tmp_path / "way/file":
            raise OSError(code, "no")
        real(old, new)

    monkeypatch.setattr(caching.os, "replace", replaced)
    if code == errno.EXDEV:
        write_through(tmp_path / "way", path, b"new")
        assert path.read_bytes() == b"new"
    else:
        with pytest.raises(OSError, match="no"):
            write_through(tmp_path / "way", path, b"new")
        assert not path.exists()


USER_FOLDERS = [
    ("linux", {"XDG_CACHE_HOME": "/here"}, "/here/leafcast"),
    ("linux", {}, "/home/jo/.cache/leafcast"),
    ("freebsd14", {}, "/home/jo/.cache/leafcast"),
    ("darwin", {"XDG_CACHE_HOME": "/here"}, "/home/jo/Library/Caches/leafcast"),
    ("win32", {"LOCALAPPDATA": "/local"}, "/local/leafcast"),
    ("win32", {}, "/home/jo/AppData/Local/leafcast"),
]


@pytest.mark.parametrize(("platform", "given_names", "folder"), USER_FOLDERS)
def test_what_is_true_of_the_machine_is_kept_where_each_system_wants_it(
    platform: str, given_names: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/jo", "USERPROFILE": "/home/jo", **given_names}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(caching.sys, "platform", platform)
    assert user_folder() == Path(folder)


def test_a_digest_is_forty_digits() -> None:
    assert len(digest()) == len(digest("a", 1, None)) == 40
    assert set(digest("a")) <= set("0123456789abcdef")


def test_where_one_part_ends_counts() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("ab", "c") != digest("abc")


def test_bytes_are_not_the_text_that_spells_them() -> None:
    assert digest(b'"a"') != digest("a")


def test_a_value_whose_text_may_change_is_refused() -> None:
    with pytest.raises(TypeError):
        digest({"a set", "has no order"})


values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=9)


@given(st.lists(values, max_size=4), st.lists(values, max_size=4))
def test_equal_parts_and_only_they_have_equal_digests(one: list[object], two: list[object]) -> None:
    same = repr(one) == repr(two)
    assert (digest(*one) == digest(*two)) == same
