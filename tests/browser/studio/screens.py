"""What the tests of the studio do on its screens."""

from __future__ import annotations

import base64
import re
import time
from typing import Any

from leafcast.studio.server import Running
from tests.browser.test_page_in_a_browser import (
    TAGS,
    axe,
)

MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
CODE = re.compile(r"\*\*|##|\.md\b|\.toml\b|source/|dist/|\bslug\b|front matter|Markdown|TOML")
"""What she is never to meet."""
DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name));
  for (const kind of ["dragenter", "dragover", "drop"])
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""


def drop(page: Any, name: str, content: bytes) -> None:
    page.evaluate(DROP, [name, base64.b64encode(content).decode()])


def axe_in(page: Any) -> list[Any]:
    """The rules of axe that a screen breaks, each with its elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe().read_text("utf-8"))
    found = page.evaluate("(tags) => axe.run({ runOnly: tags })", TAGS)["violations"]
    return [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]


def kept(studio: Running, words: str, slug: str = "quiet-hour") -> None:
    """Wait until words stand in the file."""
    file = studio.studio.folder / "source" / f"{slug}.md"
    end = time.monotonic() + 10
    while words not in file.read_text("utf-8"):
        assert time.monotonic() < end, file.read_text("utf-8")
        time.sleep(0.05)


def write_after(page: Any, there: str, words: str) -> None:
    """Put the caret behind words that stand there, and type."""
    page.locator("#words").get_by_text(there).first.wait_for()
    page.evaluate(
        """(there) => {
          const root = document.getElementById("words");
          const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf(there);
            if (at < 0) continue;
            root.focus();
            getSelection().collapse(walk.currentNode, at + there.length);
            return;
          }
          throw new Error("not there: " + there);
        }""",
        there,
    )
    page.keyboard.type(words)


SCREENS = [
    "/",
    "/practice",
    "/article/quiet-hour",
    "/article/quiet-hour/hear",
    "/article/quiet-hour/record",
    "/article/quiet-hour/record/what-happens",
    "/article/quiet-hour/hand-out",
    "/article/quiet-hour/versions",
    "/article/quiet-hour/take-away",
    "/article/nothing",
]
