"""What a finished narration must measure, by who asks for it. A new profile is a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Profile:
    """The level and the form of the sound, as measured on the decoded files.

    Each of the first four is a setting of [sound] that practice.toml may give otherwise.
    `tolerance_lu` is how far the loudness may be off; `rms_db` the range of the root mean square
    of a file; `noise_db` the most its quietest half second may have; `head_ms` and `tail_ms`
    the range of the quiet at its ends.
    """

    target_lufs: float
    peak_dbtp: float
    bitrate_kbps: int
    channels: int = 1
    tolerance_lu: float = 0.5
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
            "channels": self.channels,
        }


PROFILES: Final = {
    "podcast": Profile(target_lufs=-16.0, peak_dbtp=-1.0, bitrate_kbps=96),
    "acx": Profile(
        target_lufs=-19.5,
        peak_dbtp=-3.0,
        bitrate_kbps=192,
        rms_db=(-23.0, -18.0),
        noise_db=-60.0,
        head_ms=(500, 1000),
        tail_ms=(1000, 5000),
    ),
    "broadcast": Profile(target_lufs=-23.0, peak_dbtp=-1.0, bitrate_kbps=192),
}
"""podcast: −16 LUFS as delivered, −1 dBTP (Apple, “Audio requirements”). acx: Audible's “ACX audio
submission requirements”, each section file on its own; speech with our pauses has a root mean
square about 1 dB below its loudness. broadcast: EBU R 128 and Tech 3343."""
USUAL: Final = "podcast"
