"""What of the store each publication was made from, so that what nothing needs any more can leave.

A use is of editions as they were made at one time: it holds as long as one of them stands, and a
while longer. Each entry is noted by eight bytes of the hash of its name; two that share them are
kept together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from leafcast.document.artifact import EditionRecord, Manifest
from leafcast.state.cache import digest
from leafcast.state.store import State

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Marks = NDArray[np.uint64]

KIND: Final = "uses"
SUPERSEDED: Final = "superseded"
"""Since when none of the editions of a use stands, in seconds since 1970."""
MARK_BYTES: Final = 8


def keep_uses(
    state: State, slug: str, editions: Mapping[str, EditionRecord], names: Iterable[str]
) -> None:
    """Remember which entries of the store these editions of an article were made from."""
    if editions:
        made = {name: _made(record) for name, record in editions.items()}
        head = json.dumps([slug, made], sort_keys=True).encode()
        marks = b"".join(sorted(map(_mark, names)))
        state.write(KIND, digest(slug, made), head + b"\n" + marks)


def unknown(state: State, manifest: Manifest, editions: Collection[str]) -> bool:
    """Whether of some publication it is not known what one of these `editions` was made from."""
    known = {each for row in state.read_all(KIND).values() for each in _editions(row)}
    return any(
        (slug, name, _made(record)) not in known
        for slug, published in manifest.publications.items()
        for name, record in published.items()
        if name in editions
    )


def forget_superseded(state: State, manifest: Manifest, now: float, stays_seconds: float) -> None:
    """Forget the uses of which no edition stands any more, so long after that was seen first."""
    standing = {
        (slug, name, _made(record))
        for slug, published in manifest.publications.items()
        for name, record in published.items()
    }
    seen = {key: float(since) for key, since in state.read_all(SUPERSEDED).items()}
    for key, row in state.read_all(KIND).items():
        if not standing.isdisjoint(_editions(row)):
            state.forget(SUPERSEDED, [key])
        elif now - seen.setdefault(key, now) > stays_seconds:
            state.forget(KIND, [key])
            state.forget(SUPERSEDED, [key])
        else:
            state.write(SUPERSEDED, key, str(seen[key]).encode())


class Needed:
    """The entries that what stands was made from."""

    def __init__(self, state: State) -> None:
        import numpy as np

        rows = state.read_all(KIND).values()
        packed = b"".join(row.partition(b"\n")[2] for row in rows)
        self._marks: Marks = np.unique(np.frombuffer(packed, "<u8"))

    def __contains__(self, name: str) -> bool:
        """Whether an entry of this name is among them."""
        import numpy as np

        mark = np.frombuffer(_mark(name), "<u8")[0]
        at = int(self._marks.searchsorted(mark))
        return at < len(self._marks) and bool(self._marks[at] == mark)


def _editions(row: bytes) -> Iterator[tuple[str, str, str]]:
    """The editions of a use: their article, their names, and what they were made from."""
    slug, made = json.loads(row.partition(b"\n")[0])
    yield from ((slug, name, each) for name, each in made.items())


def _made(record: EditionRecord) -> str:
    return digest(dict(record.made_from))


def _mark(name: str) -> bytes:
    return hashlib.blake2b(name.encode(), digest_size=MARK_BYTES).digest()
