"""A web server for this machine alone: the files of dist/, in byte ranges where a player asks.

Byte ranges: RFC 9110, section 14. Nothing outside the folder is served, nothing is written, and
only programs on the same machine can ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import BinaryIO, Final
from urllib.parse import unquote, urlsplit

from leafcast.publish.measure import media_type

HERE: Final = "127.0.0.1"
RANGE: Final = re.compile(r"bytes=(\d*)-(\d*)")
PIECE: Final = 1 << 16

Answer = Callable[[str], bytes | None]
"""Gives what is served at a path, as `/quiet-hour/index.html`, in place of the file; or None."""


@dataclass
class Served:
    """Where a folder is served, and what was asked for: path and status."""

    address: str
    answers: list[tuple[str, int]] = field(default_factory=list)


def nothing_instead(path: str) -> bytes | None:
    """Every file is served as it is."""
    return None


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, served: Served, instead: Answer, directory: str) -> None:
        self.served = served
        self.instead = instead
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with a file, a part of it, or what stands in its place."""
        self._answer(with_content=True)

    def do_HEAD(self) -> None:
        """The same without its content."""
        self._answer(with_content=False)

    def _answer(self, *, with_content: bool) -> None:
        asked = unquote(urlsplit(self.path).path)
        path = Path(self.translate_path(self.path))
        if path.is_dir() and asked.endswith("/"):
            asked, path = f"{asked}index.html", path / "index.html"
        if (given := self.instead(asked)) is not None:
            self._send(BytesIO(given), len(given), (path.name, with_content))
        elif path.is_dir():
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{asked}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path.is_file():
            with path.open("rb") as file:
                self._send(file, path.stat().st_size, (path.name, with_content))
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send(self, content: BinaryIO, size: int, how: tuple[str, bool]) -> None:
        name, with_content = how
        wanted = asked_range(self.headers.get("Range", ""), size)
        if wanted == ():
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        first, last = wanted or (0, size - 1)
        self.send_response(HTTPStatus.PARTIAL_CONTENT if wanted else HTTPStatus.OK)
        kind = media_type(Path(name))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if "text/" in kind else kind)
        if wanted:
            self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.send_header("Content-Length", str(last - first + 1))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if with_content:
            content.seek(first)
            copy_part(content, self.wfile, last - first + 1)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Remember what was asked for."""
        self.served.answers.append((self.path, int(code)))  # type: ignore[call-overload]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: nobody needs a list of what is read."""


def asked_range(header: str, size: int) -> tuple[int, int] | tuple[()] | None:
    """The first and last byte asked for; None for everything, () for what cannot be had.

    Several ranges at once are answered with everything, as a server may (RFC 9110, 14.2).
    """
    found = RANGE.fullmatch(header.strip())
    if not found or not (found[1] or found[2]):
        return None
    if not found[1]:  # the last so many bytes
        length = min(int(found[2]), size)
        return (size - length, size - 1) if length else ()
    first, last = int(found[1]), min(int(found[2] or size - 1), size - 1)
    return (first, last) if first <= last else ()


def copy_part(source: BinaryIO, target: BinaryIO | object, length: int) -> None:
    """Copy `length` bytes, piece by piece."""
    while length > 0 and (piece := source.read(min(PIECE, length))):
        target.write(piece)  # type: ignore[union-attr]
        length -= len(piece)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up in the middle of a sound is no fault."""


@contextmanager
def serving(folder: Path, port: int = 0, instead: Answer = nothing_instead) -> Iterator[Served]:
    """Serve `folder` on a port of this machine alone; 0 takes any that is free.

    Raises OSError where the port is taken.
    """
    served = Served("")
    handler = partial(_Handler, served=served, instead=instead, directory=str(folder))
    with _Server((HERE, port), handler) as server:
        served.address = f"http://{HERE}:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield served
        finally:
            server.shutdown()
