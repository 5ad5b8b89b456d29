"""Stores of blobs: what is kept is found by its hash, and nothing that differs is believed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from leafcast.document.errors import LeafcastError, UsageError
from leafcast.state.blobs import FolderStore, Store, keep_blob, open_store, read_blob
from leafcast.state.cache import Cache, sharing

WORDS = b"some words"
SHA = hashlib.sha256(WORDS).hexdigest()


class Counted(FolderStore):
    """A folder that counts what is written to it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.written: list[str] = []

    def write(self, name: str, content: bytes) -> None:
        self.written.append(name)
        super().write(name, content)


@pytest.fixture
def store(tmp_path: Path) -> Counted:
    return Counted(tmp_path / "store")


def test_a_blob_is_kept_once_under_its_hash(store: Counted, tmp_path: Path) -> None:
    assert keep_blob(store, WORDS) == keep_blob(store, WORDS) == SHA
    assert store.written == [f"blobs/{SHA[:2]}/{SHA}"]
    assert (tmp_path / "store/blobs" / SHA[:2] / SHA).read_bytes() == WORDS
    assert read_blob(store, SHA) == WORDS


@pytest.mark.parametrize("harm", [None, b"", WORDS[:-1], WORDS + b"x", b"some wordt"])
def test_what_is_missing_or_differs_is_told(store: Counted, harm: bytes | None) -> None:
    keep_blob(store, WORDS)
    path = store.folder / "blobs" / SHA[:2] / SHA
    path.unlink() if harm is None else path.write_bytes(harm)
    with pytest.raises(LeafcastError) as told:
        read_blob(store, SHA)
    assert "missing in the store, or damaged" in told.value.message
    assert told.value.hint == "Build again; what is whole is not made anew"


def test_a_folder_in_place_of_a_blob_is_none(store: Counted) -> None:
    (store.folder / "a/b").mkdir(parents=True)
    assert not store.has("a/b") and store.read("a/b") is None
    assert not store.has("a/c") and store.read("a/c") is None


@pytest.mark.parametrize("form", ["{}", "file://{}", "FILE://{}"])
def test_a_path_is_a_folder(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "a b"
    url = form.format(str(folder).replace(" ", "%20") if "://" in form else folder)
    store = open_store(url)
    assert isinstance(store, FolderStore) and store.folder == folder


@pytest.mark.parametrize("url", ["carrier-pigeon://home", "S4://bucket/x", "s3+x://bucket"])
def test_an_address_that_is_none_is_told(url: str) -> None:
    pytest.importorskip("obstore")
    with pytest.raises(UsageError, match="no address of a store") as told:
        open_store(url)
    assert url in told.value.message


def test_an_address_in_memory_keeps_what_it_is_given() -> None:
    pytest.importorskip("obstore")
    store: Store = open_store("memory:///")
    assert store.read("x/y") is None and not store.has("x/y")
    store.write("x/y", b"words")
    assert store.read("x/y") == b"words" and store.has("x/y")
    assert read_blob(store, keep_blob(store, WORDS)) == WORDS


@pytest.mark.parametrize("call", ["has", "read", "write"])
@pytest.mark.parametrize("words", ["no such bucket\nand a page of XML", ""])
def test_an_address_that_does_not_answer_is_told_by_its_first_line(call: str, words: str) -> None:
    pytest.importorskip("obstore")
    store: Any = open_store("memory:///")

    def fail(*given: object) -> None:
        raise store._failures(words)

    store._obstore = SimpleNamespace(head=fail, get=fail, put=fail)
    with pytest.raises(LeafcastError) as told:
        getattr(store, call)("x/y", *([b"words"] if call == "write" else []))
    assert told.value.message == (
        f"The store at memory:/// does not answer: {words.partition(chr(10))[0] or 'BaseError'}"
    )


def test_an_address_where_nothing_can_be_put_is_told() -> None:
    """Of S3: there is no such bucket."""
    pytest.importorskip("obstore")
    store: Any = open_store("memory:///")

    def fail(*given: object) -> None:
        raise FileNotFoundError("no bucket")

    store._obstore = SimpleNamespace(put=fail)
    with pytest.raises(LeafcastError, match="does not answer: no bucket"):
        store.write("x/y", b"words")


def test_machines_find_what_others_made(store: Counted, tmp_path: Path) -> None:
    one, other = Cache(tmp_path / "one/cache"), Cache(tmp_path / "other/cache")
    with sharing(store):
        one.write("clips", "abc", WORDS)
        assert store.written == ["cache/clips/ab/abc"]
        assert other.has("clips", "abc") and not other.has("clips", "abd")
        assert other.read("clips", "abc") == WORDS and other.read("clips", "abd") is None
    assert other.read("clips", "abc") == WORDS  # it is kept here too
    assert Cache(tmp_path / "third/cache").read("clips", "abc") is None


def test_what_another_made_is_not_believed_where_it_is_damaged(
    store: Counted, tmp_path: Path
) -> None:
    cache = Cache(tmp_path / "one/cache")
    for harm in (b"", b"x" * 50, b"x" * 32):
        store.write("cache/clips/ab/abc", harm)
        with sharing(store):
            assert cache.read("clips", "abc") is None
    assert not cache.has("clips", "abc")


def test_a_damaged_entry_is_taken_from_another_machine(store: Counted, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "one/cache")
    with sharing(store):
        cache.write("clips", "abc", WORDS)
        cache.path("clips", "abc").write_bytes(b"damaged")
        assert cache.read("clips", "abc") == WORDS


@pytest.mark.parametrize("folder", ["another", "caches", "one"])
def test_programs_are_shared_with_nobody(store: Counted, tmp_path: Path, folder: str) -> None:
    compiled = Cache(tmp_path / "here" / folder)
    with sharing(store):
        compiled.write("templates", "abc", WORDS)
        assert not Cache(tmp_path / "there" / folder).has("templates", "abc")
        assert Cache(tmp_path / "there" / folder).read("templates", "abc") is None
    assert not store.written
