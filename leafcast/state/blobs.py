"""Stores of blobs: bytes by name, in a folder or at an address, for machines that work together.

A folder may be one that all of them see; an address is whatever obstore knows: s3://, gs://, az://,
http://. Who reads a blob holds it to a hash: a store is trusted with nothing.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import unquote, urlsplit

from leafcast.document.errors import LeafcastError, ToolMissing, UsageError
from leafcast.state.cache import write_beside

ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)


class Store(Protocol):
    """Bytes by name; a name has folders, divided by slashes."""

    def has(self, name: str) -> bool:
        """Whether a blob of this name is there. Raises LeafcastError where nothing answers."""

    def read(self, name: str) -> bytes | None:
        """The blob of this name, or None. Raises LeafcastError where nothing answers."""

    def write(self, name: str, content: bytes) -> None:
        """Keep a blob, whole or not at all. Raises LeafcastError where it cannot be kept."""


def open_store(url: str) -> Store:
    """The store at an address, or in the folder of this path.

    Raises UsageError for an address that is none, ToolMissing where obstore is not installed.
    """
    if not ADDRESS.match(url):
        return FolderStore(Path(url))
    if url.lower().startswith("file://"):
        return FolderStore(Path(unquote(urlsplit(url).path)))
    return AddressedStore(url)


class FolderStore:
    """Blobs in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, name: str) -> bool:
        """See Store."""
        return (self.folder / name).is_file()

    def read(self, name: str) -> bytes | None:
        """See Store."""
        with suppress(FileNotFoundError, IsADirectoryError):
            return (self.folder / name).read_bytes()
        return None

    def write(self, name: str, content: bytes) -> None:
        """See Store."""
        write_beside(self.folder / name, content)


class AddressedStore:
    """Blobs at an address; keys are those of the environment, as AWS_ACCESS_KEY_ID."""

    def __init__(self, url: str) -> None:
        try:
            import obstore
            from obstore.exceptions import BaseError
            from obstore.store import from_url
        except ModuleNotFoundError:
            raise ToolMissing(
                "A store by address needs obstore, which is not installed",
                "Install it with: pip install leafcast[cluster]",
            ) from None
        self._url, self._failures, self._obstore = url, BaseError, obstore
        plain = url.lower().startswith(("http://", "s3://"))
        try:
            self._store: Any = from_url(url, client_options={"allow_http": True} if plain else {})
        except (BaseError, ValueError) as error:
            raise UsageError(f"{url} is no address of a store: {error}") from None

    def has(self, name: str) -> bool:
        """See Store."""
        try:
            self._obstore.head(self._store, name)
        except FileNotFoundError:
            return False
        except self._failures as error:
            raise self._failed(error) from error
        return True

    def read(self, name: str) -> bytes | None:
        """See Store."""
        try:
            return bytes(self._obstore.get(self._store, name).bytes())
        except FileNotFoundError:
            return None
        except self._failures as error:
            raise self._failed(error) from error

    def write(self, name: str, content: bytes) -> None:
        """See Store."""
        try:
            self._obstore.put(self._store, name, content)
        except (FileNotFoundError, self._failures) as error:  # there is no such bucket
            raise self._failed(error) from error

    def _failed(self, error: BaseException) -> LeafcastError:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        return LeafcastError(
            f"The store at {self._url} does not answer: {first}",
            "Look whether its address and its keys are right, and build again",
        )


# ---------------------------------------------------------------- by their hash


def keep_blob(store: Store, content: bytes) -> str:
    """Keep `content` under its own hash, which is given back. Raises LeafcastError."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not store.has(_name(sha256)):
        store.write(_name(sha256), content)
    return sha256


def read_blob(store: Store, sha256: str) -> bytes:
    """The content of this hash. Raises LeafcastError where it is missing, or not what was kept."""
    content = store.read(_name(sha256))
    if content is None or hashlib.sha256(content).hexdigest() != sha256:
        raise LeafcastError(
            "A file that another machine made is missing in the store, or damaged",
            "Build again; what is whole is not made anew",
        )
    return content


def _name(sha256: str) -> str:
    return f"blobs/{sha256[:2]}/{sha256}"
