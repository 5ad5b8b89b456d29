"""What a finished narration must measure, by who asks for it. A new profile is a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ENCODER_OVERSHOOT_DB: Final = 1.5
"""How far below the most that is allowed the peaks of masters are: what an encoder may add."""
PEAK_MARGIN_DB: Final = 0.5
"""How far below it the peaks of what is decoded are aimed, for two meters do not read the same.
One that oversamples four times reads 0.2 dB too little at the 12 kHz that a voice reaches
(BS.1770-5, annex 2, attachment 1: 20·log10(cos(π·12/(4·44.1)))), and EBU Tech 3341 lets one read
0.2 dB too much. Decoders differ by less than 0.01 dB (tests/integration/test_levels.py)."""
RMS_MARGIN_DB: Final = 0.3
"""How far inside its range the root mean square of a master is aimed: half a step of gain, and
what an encoder changes of it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The level and the form of the sound, as measured on the decoded files.

    Each of the first five is a setting of [sound] that practice.toml may give otherwise.
    `tolerance_lu` is how far the loudness may be off, None where the root mean square counts in
    its place; `rms_db` is the range of that, for each file; `noise_db` the most its quietest half
    second may have; `head_ms` and `tail_ms` the range of the quiet at its ends.
    """

    target_lufs: float
    peak_dbtp: float
    bitrate_kbps: int
    sections_kbps: int
    channels: int = 1
    tolerance_lu: float | None = 0.5
    rms_db: tuple[float, float] | None = None
    noise_db: float | None = None
    head_ms: tuple[int, int] | None = None
    tail_ms: tuple[int, int] | None = None

    def settings(self) -> dict[str, float | int]:
        """The settings of [sound] that the profile gives."""
        return {
            "target_lufs": self.target_lufs,
            "peak_dbtp": self.peak_dbtp,
            "bitrate_kbps": self.bitrate_kbps,
            "sections_kbps": self.sections_kbps,
            "channels": self.channels,
        }


PROFILES: Final = {
    "podcast": Profile(target_lufs=-16.0, peak_dbtp=-1.0, bitrate_kbps=96, sections_kbps=64),
    "acx": Profile(
        target_lufs=-19.5,
        peak_dbtp=-3.0,
        bitrate_kbps=192,
        sections_kbps=192,
        tolerance_lu=None,
        rms_db=(-23.0, -18.0),
        noise_db=-60.0,
        head_ms=(500, 1000),
        tail_ms=(1000, 5000),
    ),
    "broadcast": Profile(target_lufs=-23.0, peak_dbtp=-1.0, bitrate_kbps=192, sections_kbps=192),
}
"""podcast: −16 LUFS as delivered, −1 dBTP, 96 kbit/s for what the podcast gives (Apple, “Audio
requirements”, which asks for 32 at the least). acx: Audible's “ACX audio submission requirements”,
192 kbit/s, each section file on its own; speech with our pauses has a root mean
square about 1 dB below its loudness, and a section of few words more, so that it is made louder.
broadcast: EBU R 128 and Tech 3343."""
USUAL: Final = "podcast"
