"""The K-weighting filter (ITU-R BS.1770-5, annex 1), many samples at once.

A recurrence is slow in Python, a spectrum costs as much as encoding. So sound is taken in blocks:
within one, what comes out is a product of a matrix with what goes in, plus what the filter still
knows from before, its state. The states of all blocks are a product again. It is exact but for
rounding; the tests hold it against the standard's recurrence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

BLOCK: Final = 32
"""Samples whose products are worked out together: fewer have more states, more have more zeros."""
GROUP: Final = 8
"""Blocks whose states are worked out together."""


@cache
def k_weighting(rate: int) -> Floats:
    """The K-weighting filter at any rate, as second-order sections.

    The constants are the analogue prototype's that gives BS.1770-5's coefficients at 48 kHz.
    """
    return np.array([_high_shelf(rate), _high_pass(rate)])


def _high_shelf(rate: int) -> list[float]:
    gain_db, q, corner_hz = 3.999843853973347, 0.7071752369554196, 1681.974450955533
    k = np.tan(np.pi * corner_hz / rate)
    high = 10 ** (gain_db / 20)
    band = high**0.4996667741545416
    scale = 1 + k / q + k * k
    return [
        (high + band * k / q + k * k) / scale,
        2 * (k * k - high) / scale,
        (high - band * k / q + k * k) / scale,
        1.0,
        2 * (k * k - 1) / scale,
        (1 - k / q + k * k) / scale,
    ]


def _high_pass(rate: int) -> list[float]:
    q, corner_hz = 0.5003270373238773, 38.13547087602444
    k = np.tan(np.pi * corner_hz / rate)
    scale = 1 + k / q + k * k
    return [1.0, -2.0, 1.0, 1.0, 2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale]


def weighted(heard: npt.NDArray[np.float64] | Singles, rate: int) -> Singles:
    """Sound K-weighted, from silence on."""
    blocks = _blocks(rate)
    short = -len(heard) % BLOCK
    taken = np.asarray(heard, np.float32)
    if short:
        taken = np.concatenate([np.zeros(short, np.float32), taken])
    sound = taken.reshape(-1, BLOCK)
    states = _states((sound @ blocks.taken).astype(np.float64), rate)
    told = sound @ blocks.straight
    told += states.astype(np.float32) @ blocks.known
    return np.asarray(told.reshape(-1)[short:])


# ---------------------------------------------------------------- as matrices


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The filter over a block: what goes in → what comes out, and what of it stays known; what is
    known → what comes out. `after` leads from a block's state to the next one's."""

    straight: Singles
    taken: Singles
    known: Singles
    after: Floats


@cache
def _blocks(rate: int) -> _Blocks:
    after, taken, known, straight = _state_space(rate)
    powers = _powers(after, BLOCK)
    answers = [straight, *(float(known @ power @ taken) for power in powers[:-1])]
    late = np.arange(BLOCK)[np.newaxis] - np.arange(BLOCK)[:, np.newaxis]
    matrix = np.where(late >= 0, np.array(answers)[np.maximum(late, 0)], 0.0)
    return _Blocks(
        matrix.astype(np.float32),
        np.stack([power @ taken for power in powers[BLOCK - 1 :: -1]]).astype(np.float32),
        np.stack([known @ power for power in powers[:BLOCK]], axis=1).astype(np.float32),
        powers[BLOCK],
    )


def _powers(matrix: Floats, most: int) -> list[Floats]:
    """The powers of a matrix from 0 to `most`."""
    powers = [np.eye(len(matrix))]
    for _ in range(most):
        powers.append(powers[-1] @ matrix)
    return powers


def _state_space(rate: int) -> tuple[Floats, Floats, Floats, float]:
    """Both sections one after the other: s' = A s + B x, y = C s + D x (transposed direct form
    II, in which the states are as large as the sound)."""
    (a1, b1, c1, d1), (a2, b2, c2, d2) = map(_section, k_weighting(rate))
    after = np.block([[a1, np.zeros((2, 2))], [np.outer(b2, c1), a2]])
    return after, np.concatenate([b1, b2 * d1]), np.concatenate([d2 * c1, c2]), d1 * d2


def _section(of: Floats) -> tuple[Floats, Floats, Floats, float]:
    b0, b1, b2, _, a1, a2 = of
    after = np.array([[-a1, 1.0], [-a2, 0.0]])
    return after, np.array([b1 - a1 * b0, b2 - a2 * b0]), np.array([1.0, 0.0]), float(b0)


def _states(left: Floats, rate: int, level: int = 0) -> Floats:
    """The state at the beginning of each block, from what each block leaves: in groups of blocks,
    in groups of groups, and so on."""
    if len(left) == 1:
        return np.zeros_like(left)
    sums, carried = _groups(rate, level)
    short = -len(left) % GROUP
    size = left.shape[1]
    taken = np.concatenate([np.zeros((short, size)), left]).reshape(-1, GROUP * size)
    within = taken @ sums
    begins = _states(within[:, -size:], rate, level + 1)
    return (within[:, :-size] + begins @ carried).reshape(-1, size)[short:]


@cache
def _groups(rate: int, level: int) -> tuple[Floats, Floats]:
    """What the blocks of a group leave → the states of its blocks and of what follows it; the
    group's first state → the states of its blocks."""
    after = np.linalg.matrix_power(_blocks(rate).after, GROUP**level)
    powers = _powers(after, GROUP)
    size = len(after)
    sums = np.zeros((GROUP, size, GROUP + 1, size))
    for first in range(GROUP):
        for block in range(first + 1, GROUP + 1):
            sums[first, :, block] = powers[block - 1 - first].T
    carried = np.concatenate([power.T for power in powers[:GROUP]], axis=1)
    return sums.reshape(GROUP * size, -1), carried
