"""A web server for this machine alone: the files of dist/, in byte ranges where a player asks.

Byte ranges: RFC 9110, section 14. Nothing outside the folder is served, neither by a path nor by a
link that leads out of it; nothing is written; and only programs on the same machine can ask, by its
own name: a page from elsewhere whose name was made to lead here (DNS rebinding) is refused, so that
no site that is open in the browser can read what is not published yet.
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from socket import SHUT_RDWR, socket
from threading import Thread
from typing import BinaryIO, Final
from urllib.parse import quote, unquote, urlsplit

HERE: Final = "127.0.0.1"
NAMES: Final = (HERE, "localhost")
"""What this machine is called by those who may ask."""
RANGE: Final = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
STRANGE: Final = re.compile(r"[\x00-\x1f\x7f\\]")
"""What no path that we write has: signs that end a line, and what divides folders on Windows."""
VERSION: Final = re.compile(r"HTTP/[0-9]\.[0-9]")
"""How a request names its protocol (RFC 9112, 2.3); some versions of Python let more through."""
CONTENT: Final = ("Content-Length", "Transfer-Encoding")
"""What tells that something comes with a request (RFC 9112, 6)."""
PIECE: Final = 1 << 16
ASKING_SECONDS: Final = 10.0
"""How long a connection may take to say what it wants; a browser opens another."""
TAKING_SECONDS: Final = 60.0
"""How long it may take none of what it is sent: a player holds still while it has enough."""
LOOK_SECONDS: Final = 0.1
"""How often connections that are late are looked for, and whether it is to end."""
MOST_REMEMBERED: Final = 10_000

Answer = Callable[[str], bytes | None]
"""Gives what is served at a path, as `/quiet-hour/index.html`, in place of the file; or None."""


@dataclass
class Served:
    """Where a folder is served, and what was asked for last: path and status."""

    address: str
    answers: deque[tuple[str, int]] = field(default_factory=lambda: deque(maxlen=MOST_REMEMBERED))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: its path from the folder's root, as we would write it, and the file."""

    path: str
    file: Path


def nothing_instead(path: str) -> bytes | None:
    """Every file is served as it is."""
    return None


def asked_for(folder: Path, target: str) -> Asked | None:
    """What a request's target names below `folder`; None where it leads elsewhere.

    A folder is its index, once it is asked for as one.
    """
    path = unquote(urlsplit(target).path)
    file = inside(folder, path)
    if file is None or (path.endswith("/") and not file.is_dir()):
        return None
    asked = "/" + "/".join(part for part in path.split("/") if part not in ("", "."))
    if not path.endswith("/"):
        return Asked(asked, file)
    asked = f"{asked.rstrip('/')}/index.html"
    index = inside(folder, asked)
    return Asked(asked, index) if index else None


def inside(folder: Path, path: str) -> Path | None:
    """Where a path from the root of `folder` leads, with every link followed; None outside it."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if not path.startswith("/") or STRANGE.search(path) or ".." in parts:
        return None
    try:
        root = folder.resolve()
        file = root.joinpath(*parts).resolve()
        file.is_file()  # whether it can be asked for at all
    except (OSError, ValueError, RuntimeError):  # too long, or links that lead round
        return None
    return file if file.is_relative_to(root) else None


def is_here(host: str, port: int) -> bool:
    """Whether a Host (RFC 9110, 7.2) is this machine, as we are called on it."""
    name, _, given = host.strip().lower().partition(":")
    return name in NAMES and given in ({"", "80"} if port == 80 else {str(port)})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.0"  # so that whoever asks oddly is answered with a status
    timeout = TAKING_SECONDS
    path = ""
    server: _Server

    def __init__(self, *given: object, served: Served, instead: Answer, folder: Path) -> None:
        self.served = served
        self.instead = instead
        self.folder = folder
        super().__init__(*given)  # type: ignore[arg-type]

    def handle_one_request(self) -> None:
        """One request; what is asked must be said in good time."""
        self.server.asking[self.connection] = time.monotonic()
        try:
            super().handle_one_request()
        finally:
            self.server.asking.pop(self.connection, None)

    def parse_request(self) -> bool:
        """Whether it is a request, and ours; who says what is wanted may take what there is."""
        understood = super().parse_request()
        self.server.asking.pop(self.connection, None)
        if understood and any(name in self.headers for name in CONTENT):
            self.close_connection = True  # what it brings is read by nobody, least as a request
        if understood and not VERSION.fullmatch(self.request_version):
            return self._refused(HTTPStatus.BAD_REQUEST)
        if understood and not self._is_ours():
            return self._refused(HTTPStatus.MISDIRECTED_REQUEST)
        return understood

    def _refused(self, status: HTTPStatus) -> bool:
        self.close_connection = True
        self.send_error(status)
        return False

    def handle_expect_100(self) -> bool:
        """Nothing that is sent with a request is taken, so nobody is told to go on sending."""
        return True

    def _is_ours(self) -> bool:
        """Whether it is this machine that is asked, and by one name alone."""
        hosts = self.headers.get_all("Host", [])
        try:
            named = [urlsplit(self.path).netloc] if not self.path.startswith("/") else []
        except ValueError:  # no address
            return False
        port = self.server.server_port
        return len(hosts) == 1 and all(is_here(host, port) for host in (*hosts, *named))

    def do_GET(self) -> None:
        """Answer with a file, a part of it, or what stands in its place."""
        self._answer(with_content=True)

    def do_HEAD(self) -> None:
        """The same without its content."""
        self._answer(with_content=False)

    def _answer(self, *, with_content: bool) -> None:
        asked = asked_for(self.folder, self.path)
        if asked is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif (given := self.instead(asked.path)) is not None:
            self._send(BytesIO(given), len(given), asked.file.name, with_content=with_content)
        elif asked.file.is_dir():
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", quote(f"{asked.path}/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif asked.file.is_file():
            with asked.file.open("rb") as file:
                size = asked.file.stat().st_size
                self._send(file, size, asked.file.name, with_content=with_content)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send(self, content: BinaryIO, size: int, name: str, *, with_content: bool) -> None:
        from leafcast.page.media import media_type  # the studio asks for it on one page alone

        wanted = asked_range(self.headers.get("Range", ""), size) if with_content else None
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
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
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

    Several ranges at once are answered with everything, as a server may (RFC 9110, 14.2), and so
    is one that ends before it begins, as it must (14.1.1).
    """
    found = RANGE.fullmatch(header.strip())
    if not found or not (found[1] or found[2]):
        return None
    if found[1] and found[2] and int(found[2]) < int(found[1]):
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

    def __init__(self, *given: object) -> None:
        self.asking: dict[socket, float] = {}
        super().__init__(*given)  # type: ignore[arg-type]

    def service_actions(self) -> None:
        """Close connections that have not said for long what they want."""
        late = time.monotonic() - ASKING_SECONDS
        for connection, since in tuple(self.asking.items()):
            if since < late:
                with suppress(OSError):
                    connection.shutdown(SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up in the middle of a sound is no fault."""


@contextmanager
def serving(folder: Path, port: int = 0, instead: Answer = nothing_instead) -> Iterator[Served]:
    """Serve `folder` on a port of this machine alone; 0 takes any that is free.

    Raises OSError where the port is taken.
    """
    served = Served("")
    handler = partial(_Handler, served=served, instead=instead, folder=folder)
    with _Server((HERE, port), handler) as server:
        served.address = f"http://{HERE}:{server.server_port}"
        Thread(target=server.serve_forever, args=(LOOK_SECONDS,), daemon=True).start()
        try:
            yield served
        finally:
            server.shutdown()
