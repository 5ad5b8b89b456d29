"""From where an article's facts come, told to the owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from leafcast.readers.drafts import Gatherer, quoted
from leafcast.readers.facts import PRACTICE, Fact, Standing, alike, is_believed
from leafcast.readers.front_facts import LONGEST
from leafcast.readers.front_matter import example

NOUNS: Final = {"published": "day of publication", "review": "day of review"}


def tell_facts(
    best: Mapping[str, Fact], offered: Sequence[Fact], gatherer: Gatherer, remedy: str
) -> None:
    """Say from where facts come that the owner did not write: all in one sentence, and one more
    for each that was guessed, or that something else in the file contradicts. `remedy` is how a
    fact is written there, with {key} and {example}.
    """
    plain = []
    for fact in best.values():
        if fact.standing is Standing.WRITTEN:
            continue
        against = _contradicting(fact, offered)
        if against or fact.guessed:
            _tell_one(fact, against, gatherer, _fix(remedy, fact.key))
        elif fact.where != PRACTICE:
            plain.append(fact)
    if plain:
        said = "; ".join(_from(where, plain) for where in dict.fromkeys(f.where for f in plain))
        fix = _fix(remedy, plain[0].key)
        gatherer.advise("guessed-facts", f"Taken from the file: {said}", fix)


def _fix(remedy: str, key: str) -> str:
    return remedy.format(key=key, example=example(key).strip('"'))


def _contradicting(fact: Fact, offered: Sequence[Fact]) -> Fact | None:
    return next(
        (
            other
            for other in offered
            if other.key == fact.key
            and other.standing > Standing.WRITTEN
            and is_believed(other)
            and not alike(other.words, fact.words)
        ),
        None,
    )


def _tell_one(fact: Fact, against: Fact | None, gatherer: Gatherer, fix: str) -> None:
    noun = NOUNS.get(fact.key, fact.key)
    instead = f", and not {_shown(against)} from {against.where}" if against else ""
    gatherer.advise(
        f"guessed-{fact.key}",
        f"{_shown(fact)} was read as the {noun}, from {fact.where}{instead}",
        fix,
        fact.line,
    )


def _from(where: str, facts: Sequence[Fact]) -> str:
    each = [f"the {NOUNS.get(f.key, f.key)} {_shown(f)}" for f in facts if f.where == where]
    listed = " and ".join(filter(None, (", ".join(each[:-1]), each[-1])))
    return f"{listed} from {where}"


def _shown(fact: Fact) -> str:
    return quoted(fact.words) if fact.key in LONGEST else fact.words
