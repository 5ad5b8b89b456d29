"""What papers write of what was measured: signs of values, Greek letters, powers of ten."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from leafcast.narration.spoken.rule import Rule, rule

GREEK: Final = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Δ": "delta", "Σ": "sigma", "Ψ": "psi",
    "Ω": "omega",
}  # fmt: skip
"""Letters that stand by themselves for a measure; a Greek word is left to the voice."""
RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SQUARED: Final = r"(?<!metres)(?<!feet)(?<!miles)(?<!yards)(?<!inches)"


def _power(found: re.Match[str]) -> str:
    """10⁻³, 10⁶."""
    power = "".join(str(unicodedata.digit(sign)) for sign in found[2])
    return f" to the power {'minus ' * bool(found[1])}{power}"


RULES: Final[tuple[Rule, ...]] = (
    rule(r"[χΧ]\s?[2²]", "chi squared "),
    rule(rf"(?<!\w)[{''.join(GREEK)}](?!\w)", lambda m: GREEK[m[0]]),
    rule(r"([=<>≤≥≈]\s?)[–-]\s?(?=\.?\d)", r"\1minus "),
    rule(rf"(?<=\d)(⁻)([{RAISED}]+)", _power),
    rule(rf"(?<=\b10)()([{RAISED[4:]}])", _power),
    # therapy¹: the call of a note, which is no part of the sentence.
    rule(rf"(?<=[a-z]{{4}}){SQUARED}[{RAISED}]+(?:[,–-][{RAISED}]+)*(?!\w)", ""),
)
