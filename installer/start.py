"""leafcast as a program to install: a double click opens the studio, and a small window says so.

PyInstaller makes it, by `leafcast.spec`. Other processes of the program are this same file, told by
their arguments what to be; see `beginning`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import runpy
import sys
import threading
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tkinter

STARTING = """leafcast is starting …"""
CLOSED = """leafcast cannot open here. Your words are safe."""
OPEN = """leafcast is open in your browser.

Close this window when you are done.
Your words are kept as you write."""


def folder() -> Path:
    """Where the practice lies: “leafcast” among her documents, made when it is not there."""
    documents = Path.home() / "Documents"
    place = (documents if documents.is_dir() else Path.home()) / "leafcast"
    place.mkdir(exist_ok=True)
    return place


def beginning(arguments: Sequence[str]) -> bool:
    """Be a module of leafcast, or its command line, where the arguments say so.

    A frozen program has no Python beside it: what would be `python -P -m MODULE` is this program
    with the same arguments.
    """
    if list(arguments[:2]) == ["-P", "-m"]:
        sys.argv = list(arguments[2:])
        runpy.run_module(arguments[2], run_name="__main__", alter_sys=True)
        return True
    if arguments:
        from leafcast.commands.cli import main

        main()
        return True
    return False


def studio() -> None:
    """Serve the studio of her folder until the window is closed, which says what is done."""
    window = Window(STARTING)
    try:
        from leafcast.studio.server import running

        with running(folder()) as serving:
            serving.studio.warm()
            webbrowser.open(serving.door)
            window.say(OPEN, serving.door)
            window.wait()
    except OSError as error:
        window.say(f"{CLOSED}\n\n{error.strerror or error}")
        window.wait()


class Window:
    """A small window with a few words; where there is no screen for one, the terminal."""

    def __init__(self, words: str) -> None:
        self.root = a_window()
        if self.root is None:
            self.say(words)
            return
        import tkinter

        self.root.title("leafcast")
        self.label = tkinter.Label(self.root, text=words, padx=32, pady=24, font=("", 14))
        self.label.pack()
        self.root.update()

    def say(self, words: str, door: str = "") -> None:
        """Put other words into it, and a button that leads to `door`."""
        if self.root is None:
            with contextlib.suppress(
                OSError, AttributeError, ValueError
            ):  # it may have no terminal
                sys.stdout.write(f"{door}\n{words}\n" if door else f"{words}\n")
                sys.stdout.flush()
            return
        import tkinter

        self.label.config(text=words)
        if door:
            again = tkinter.Button(
                self.root, text="Show it again", command=lambda: webbrowser.open(door)
            )
            again.pack(pady=(0, 24))

    def wait(self) -> None:
        """Until it is closed; without one, until the program is ended."""
        if self.root is None:
            threading.Event().wait()
        else:
            self.root.mainloop()


def a_window() -> tkinter.Tk | None:
    """A window, where there is a screen."""
    try:
        import tkinter
    except ImportError:
        return None
    try:
        return tkinter.Tk()
    except tkinter.TclError:
        return None


if __name__ == "__main__":
    multiprocessing.freeze_support()
    if not beginning(sys.argv[1:]):
        with contextlib.suppress(KeyboardInterrupt):
            studio()
