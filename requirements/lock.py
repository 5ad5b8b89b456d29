"""Make build.txt, fast.txt, cluster.txt, installer.txt and test.txt: what was tested, with hashes.

Run with uv on PATH.

    python requirements/lock.py

One file serves every platform and every Python from 3.11 on. It is installed with --no-deps, so
what a package names but leafcast never uses is left out: docopt (the command line of num2words,
which has no wheel), what tells OpenVINO's makers how it is used, and all of pyobjc but what speaks
on a Mac. fast.txt holds what is installed beside build.txt where a processor multiplies bfloat16,
cluster.txt what is where articles are built on many machines, installer.txt what makes a program of
it all.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
LOCKS: Final = {
    "build": ("kokoro", "hibari"),
    "fast": ("kokoro", "hibari", "fast"),
    "cluster": ("kokoro", "hibari", "cluster"),
    "installer": ("kokoro", "hibari", "installer"),
    "test": ("kokoro", "hibari", "test"),
}
BESIDE: Final = {"fast": "build", "cluster": "build", "installer": "build"}
"""A lock that is installed beside another holds what that one lacks."""
SPEAKING: Final = {"avfoundation", "cocoa", "coreaudio", "coremedia", "quartz"}
RELEASE: Final = re.compile(r"platform_release >= '\d+' and ")
"""Markers that some pips cannot read on some kernels; every macOS of today meets them."""
HEAD: Final = """\
# Made by requirements/lock.py; please change pyproject.toml instead.
# Install with: pip install --no-deps --require-hashes --only-binary :all: -r {name}.txt
"""


def lock(name: str, extras: tuple[str, ...]) -> None:
    """Write one lock."""
    asked = [part for extra in extras for part in ("--extra", extra)]
    command = [
        "uv", "pip", "compile", str(HERE.parent / "pyproject.toml"), *asked, "--universal",
        "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate",
        "--quiet", "--default-index", "https://pypi.org/simple", "--no-config",
    ]  # fmt: skip
    if name != "build":
        command += ["--constraint", str(HERE / "build.txt")]
    resolved = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    resolved = RELEASE.sub("", resolved)
    kept = [entry for entry in re.split(r"\n(?=\S)", resolved.strip()) if _is_used(entry)]
    if name in BESIDE:
        beside = (HERE / f"{BESIDE[name]}.txt").read_text("utf-8")
        kept = [entry for entry in kept if f"\n{entry}\n" not in beside]
    (HERE / f"{name}.txt").write_text(HEAD.format(name=name) + "\n".join(kept) + "\n", "utf-8")


def _is_used(entry: str) -> bool:
    package = re.split(r"[=\[ ]", entry, maxsplit=1)[0]
    framework = package.removeprefix("pyobjc-framework-")
    if framework != package:
        return framework in SPEAKING
    never = {"docopt", "leafcast", "openvino-telemetry", "pyobjc"}
    return package not in never and not entry.startswith("-e")


if __name__ == "__main__":
    for name, extras in LOCKS.items():
        lock(name, extras)
