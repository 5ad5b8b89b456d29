"""Try the program that was made: a practice of its own, a trifold, a sound, and the studio's page.

python installer/try.py program/leafcast
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

PRACTICE = '[practice]\nname = "Jo Example"\n\n[contact]\nphone = "01632 960 142"\n'
ARTICLE = """---
title: A Quiet Hour
author: Jo Example
language: en-GB
summary: What an hour is like.
published: 2026-03-01
review: 2028-03-01
---

This is how it begins.

## What happens

You sit down.
"""


def main(program: Path) -> None:
    """Raises CalledProcessError, or AssertionError, where something is lacking."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        source.mkdir()
        (source / "practice.toml").write_text(PRACTICE, "utf-8")
        (source / "quiet-hour.md").write_text(ARTICLE, "utf-8")
        asked = ["--edition", "trifold", "--edition", "page", "--edition", "sections"]
        build = [str(program), "build", "--project", folder, *asked]
        subprocess.run(build, check=True, timeout=900)
        made = Path(folder) / "dist" / "quiet-hour"
        assert (made / "quiet-hour-trifold-print.pdf").read_bytes().startswith(b"%PDF-")
        assert list((made / "audio").glob("*.mp3"))
        studio(program, folder)


def studio(program: Path, folder: str) -> None:
    """The studio answers at its address."""
    command = [str(program), "studio", "--no-browser", "--project", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout
        address = next(line for line in serving.stdout if "http" in line).split()[-1]
        began = time.monotonic()
        with urllib.request.urlopen(address, timeout=60) as answer:
            assert answer.status == 200, address
        sys.stdout.write(f"The studio answered in {time.monotonic() - began:.1f} s\n")
        serving.terminate()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() / "leafcast")
