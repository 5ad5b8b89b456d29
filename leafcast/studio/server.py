"""The studio's server: on this machine alone, at an address whose key is made anew each time."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Final

import uvicorn

from leafcast.state.cache import write_beside
from leafcast.studio.access import Access
from leafcast.studio.routes import application, later
from leafcast.studio.serving import HERE
from leafcast.studio.studio import Studio

STARTS_WITHIN_SECONDS: Final = 20.0
ENDS_WITHIN_SECONDS: Final = 3


@dataclass(frozen=True, slots=True)
class Running:
    """The studio as it runs: where it is found, with and without its key."""

    address: str
    key: str
    studio: Studio

    @property
    def door(self) -> str:
        """The address that lets a browser in."""
        return f"{self.address}/?key={self.key}"


@contextmanager
def running(folder: Path, port: int = 0) -> Iterator[Running]:
    """Serve the studio of the practice in `folder`, at any free port where `port` is 0.

    What there was is kept before anything is changed. Raises OSError where the port cannot be had.
    """
    with _answering(folder, port) as it:
        it.studio.begin()
        yield it


@contextmanager
def _answering(folder: Path, port: int) -> Iterator[Running]:
    listening = socket.create_server((HERE, port))
    port = listening.getsockname()[1]
    key = secrets.token_urlsafe(24)
    studio = Studio(folder.resolve())
    config = uvicorn.Config(
        Access(application(studio), key, port),
        log_level="critical",
        access_log=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=ENDS_WITHIN_SECONDS,
        h11_max_incomplete_event_size=64 * 1024,
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield Running(f"http://{HERE}:{port}", key, studio)
    finally:
        server.should_exit = True
        studio.close()
        thread.join(STARTS_WITHIN_SECONDS)
        with suppress(OSError):
            listening.close()


def serve(
    folder: Path, port: int | None, tell: Callable[[str], object], *, browser: bool = True
) -> None:
    """Serve until Ctrl-C, and tell the address on one line.

    Without a port the one of last time is taken, so that a window left open goes on where it was;
    where that is taken, another. Raises OSError where the port cannot be had.
    """
    remembered = folder / ".leafcast" / "studio" / "port"
    with _running(folder, port, remembered) as studio:
        with suppress(OSError):
            write_beside(remembered, studio.address.rpartition(":")[2].encode())
        tell(studio.door)
        if browser:
            webbrowser.open(studio.door)
        with suppress(KeyboardInterrupt):
            studio.studio.begin()
            studio.studio.warm()
            later(studio.studio)
            Event().wait()


def _running(folder: Path, port: int | None, remembered: Path) -> AbstractContextManager[Running]:
    if port is not None:
        return _answering(folder, port)
    last = 0
    with suppress(OSError, ValueError):
        last = int(remembered.read_text("utf-8"))
    try:
        socket.create_server((HERE, last)).close()
    except (OSError, OverflowError):
        last = 0
    return _answering(folder, last)
