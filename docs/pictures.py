"""The pictures and the sound of README and manual, made by the program: `python docs/pictures.py`.

It makes a copy of this practice and serves it in the studio, looks with Chromium (Playwright's, or
the one that LEAFCAST_CHROMIUM names), and writes docs/owner/studio-*.png, docs/page.png and
docs/hear.mp3. The others, of folded leaflets, are of dist/<article>/pictures/.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops
from playwright.sync_api import Page, sync_playwright

from leafcast.narration.sound.ffmpeg import chosen
from leafcast.studio.server import running

ROOT = Path(__file__).resolve().parents[1]
OWNER = ROOT / "docs/owner"
SIZE = {"width": 1180, "height": 720}
MARGIN = 24
"""What is left of an empty page below what stands on it."""
COLOURS = 96
"""So many are enough for screens, and a third of the bytes."""
SECONDS = (9, 16)
"""How long the sound is."""
ARTICLE = "/article/therapeutic-relationship"
SCREENS = {
    "home": ("/", "#drop-title"),
    "practice": ("/practice", "#leaf"),
    "write": (ARTICLE, "#pictures img"),
    "hear": (f"{ARTICLE}/hear", "#play"),
    "record": (f"{ARTICLE}/record", "#main-button"),
    "hand-out": (f"{ARTICLE}/hand-out", "#print-title"),
}
"""The screens: their addresses, and what is there once they are."""


def practice(folder: Path) -> Path:
    """A copy of this practice whose publication is made, with a voice that needs no time."""
    shutil.copytree(ROOT / "source", folder / "source")
    build(folder, "--voice", "tone")
    return folder


def build(folder: Path, *options: str) -> None:
    """Build what is in a folder."""
    command = [sys.executable, "-m", "leafcast", "build", "--project", folder, *options]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def record(folder: Path) -> None:
    """The first sentences as the usual voice reads them, up to the longest pause of `SECONDS`."""
    build(folder, "--only", "introduction")
    (spoken,) = folder.glob("audio/*/preview/*.wav")
    with wave.open(str(spoken)) as file:
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    loud = np.abs(samples[: SECONDS[1] * rate].astype(int)) > 200
    ends = np.flatnonzero(loud[:-1] & ~loud[1:])
    ends = ends[ends > SECONDS[0] * rate]
    pauses = np.diff(np.append(ends, len(loud)))
    end = (int(ends[np.argmax(pauses)]) + rate // 2) / rate
    sound = [chosen().path, "-y", "-loglevel", "error", "-i", spoken, "-t", f"{end:.2f}"]
    flags = ["-map_metadata", "-1", "-fflags", "+bitexact", "-b:a", "48k"]
    subprocess.run([*sound, *flags, ROOT / "docs/hear.mp3"], check=True)


def take(page: Page, address: str, ready: str, file: Path) -> None:
    """One picture of one page, once `ready` is there."""
    page.goto(address)
    page.locator(ready).first.wait_for(timeout=120_000)
    page.wait_for_load_state("load")
    page.screenshot(path=file)
    with Image.open(file) as picture:
        whole = picture.convert("RGB")
    box = ImageChops.difference(
        whole, Image.new("RGB", whole.size, whole.getpixel((0, 0)))
    ).getbbox()
    low = min(whole.height, (box[3] if box else 0) + MARGIN)
    whole.crop((0, 0, whole.width, low)).quantize(COLOURS).save(file, optimize=True)


def main() -> None:
    """Take every picture, and the sound."""
    with (
        tempfile.TemporaryDirectory() as made,
        running(folder := practice(Path(made) / "practice")) as studio,
        sync_playwright() as program,
    ):
        options = {"executable_path": os.environ.get("LEAFCAST_CHROMIUM") or None}
        browser = program.chromium.launch(args=["--no-sandbox"], **options)
        page = browser.new_page(viewport=SIZE)
        page.goto(studio.door)
        for name, (path, ready) in SCREENS.items():
            take(page, studio.address + path, ready, OWNER / f"studio-{name}.png")
        (index,) = folder.glob("dist/*/index.html")
        take(page, index.as_uri(), "h1", ROOT / "docs/page.png")
        browser.close()
        record(folder)


if __name__ == "__main__":
    main()
