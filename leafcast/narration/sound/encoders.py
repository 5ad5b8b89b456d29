"""The encoders: what ffmpeg is told, and what each does to the level of what it is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from leafcast.narration.sound.formats import aac, mp3, ogg
from leafcast.narration.sound.wave import EXACT, run_ffmpeg
from leafcast.practice.project import Sound

AAC_KBPS: Final = 80
OPUS_KBPS: Final = 48


@dataclass(frozen=True, slots=True)
class Codec:
    """An encoder of ffmpeg's: its arguments, and by how much it lowers the level, at some bit
    rates by another amount.

    `delay` are the samples that come before the sound in what it writes, where it does not say.
    `effort` is ffmpeg's -compression_level, of which LAME has the most at 0 and Opus at 10; "" for
    an encoder without.
    """

    suffix: str
    lowers_db: float
    delay: int
    arguments: tuple[str, ...]
    effort: str = ""
    lowers_db_at: Mapping[int, float] = field(default_factory=dict)
    effort_at: Mapping[int, str] = field(default_factory=dict)

    def settings(self, wanted: Sound) -> tuple[str, ...]:
        """The arguments with the bit rate; AAC and Opus have one for each channel."""
        each = {"aac": AAC_KBPS, "opus": OPUS_KBPS}.get(self.suffix, 0) * wanted.channels
        effort = self.effort_at.get(wanted.bitrate_kbps, self.effort)
        how = (*self.arguments, *(("-compression_level", effort) if effort else ()))
        return (*how, "-b:a", f"{each or wanted.bitrate_kbps}k")

    def lowers(self, wanted: Sound) -> float:
        """By how many dB the level is lowered."""
        return self.lowers_db_at.get(wanted.bitrate_kbps, self.lowers_db)

    def encode(self, master: Path, gain_db: float, wanted: Sound, folder: Path) -> Path:
        """A master encoded into `folder`, `gain_db` louder than it is.

        Gain and channels are by filters that neither round nor clip. Raises SoundError or
        ToolMissing.
        """
        form = "mono|c0=c0" if wanted.channels == 1 else "stereo|c0=c0|c1=c0"
        gain = f"volume={gain_db + self.lowers(wanted):.4f}dB:precision=float,pan={form}"
        path = folder / f"sound.{self.suffix}"
        plain = ("-map_metadata", "-1", *self.settings(wanted), "-af", gain)
        run_ffmpeg(["-i", str(master), *EXACT, *plain, str(path)])
        return path


CODECS: Final = {
    "mp3": Codec(
        "mp3", 0.4455, mp3.DELAY + mp3.DECODER_DELAY,
        ("-c:a", "libmp3lame", "-reservoir", "0", "-write_xing", "0", "-id3v2_version", "0",
         "-write_id3v1", "0"),
        "7", {192: 0.2646}, {64: "6"},
    ),
    "aac": Codec(
        "aac", 0.034, aac.FRAME, ("-c:a", "aac", "-aac_coder", "fast", "-aac_pns", "0")
    ),
    "opus": Codec(
        "opus", 0.01, 0,
        ("-c:a", "libopus", "-application", "lowdelay", "-frame_duration", "20",
         "-ar", str(ogg.RATE_HZ)),
        "5",
    ),
}  # fmt: skip
"""mp3: LAME scales by 0.95 in constant bit rate, by 0.97 at 192 kbit/s: 20·log10 of that; without a
bit reservoir a frame needs none before it. aac: without noise of the decoder's own making (PNS),
which differs each time, a section sounds in a book as it does alone, and nearer to its master.
opus: without the modes for speech every packet is CELT. More effort in MP3 and Opus costs a fifth
more, and PESQ hears no difference (4.57 for 4.60, 4.38 for 4.37); at 64 kbit/s it does (4.26, and
4.48 with a little more effort, which is more than M4B has)."""
