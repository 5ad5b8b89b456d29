"""How long an MP3 really is: its frames counted one by one, whatever its header promises."""

from __future__ import annotations

from typing import Final

from leafcast.narration.sound.formats.id3 import after_id3

RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
"""Hz by version bits: MPEG-1, MPEG-2, MPEG-2.5 (ISO 11172-3, 2.4.2.3; ISO 13818-3)."""
KBPS: Final = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Bit rates of layer III; MPEG-2.5 has those of MPEG-2."""


def mp3_milliseconds(sound: bytes) -> float:
    """What a player hears of an MP3, in milliseconds: 0.0 where there is no frame.

    LAME's delay and padding, which its header names, are silence that players leave out.
    """
    at, samples, rate, trimmed = after_id3(sound), 0, 0, 0
    first = True
    while frame := _frame(sound, at):
        length, rate, each = frame
        header = sound[at : at + 200]
        tag = max(header.find(b"Info"), header.find(b"Xing")) if first else -1
        if tag >= 0:
            gaps = int.from_bytes(sound[at + tag + 141 : at + tag + 144], "big")
            trimmed = (gaps >> 12) + (gaps & 0xFFF)
        else:
            samples += each
        first = False
        at += length
    return max(0, samples - trimmed) * 1000 / rate if rate else 0.0


def _frame(sound: bytes, at: int) -> tuple[int, int, int] | None:
    """A frame's bytes, rate in Hz and samples; None where no whole one begins."""
    if at + 4 > len(sound) or sound[at] != 0xFF or sound[at + 1] & 0xE6 != 0xE2:
        return None
    version, third = sound[at + 1] >> 3 & 3, sound[at + 2]
    if version == 1 or third >> 2 & 3 == 3 or third >> 4 in (0, 15):
        return None
    rate = RATES[version][third >> 2 & 3]
    kbps = KBPS[3 if version == 3 else 2][third >> 4]
    samples = 1152 if version == 3 else 576
    length = samples // 8 * kbps * 1000 // rate + (third >> 1 & 1)
    return (length, rate, samples) if at + length <= len(sound) else None
