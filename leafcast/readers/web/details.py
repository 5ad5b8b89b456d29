"""Lines by which a page says who wrote an article and when, and how long it takes to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from leafcast.readers.web.tree import LINES, OPAQUE, Element, words_in

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DATE: Final = (
    rf"(?:(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?(?:"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}(?:,?\s+\d{{4}})?|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?"
    rf"(?:,?\s+\d{{4}})?|{MONTH}\s+\d{{4}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|\d{{4}}-\d\d-\d\d"
    r"(?:t[\d:.+z-]+)?)"
)
DAY_FIRST: Final = re.compile(
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{MONTH}),?\s+(?P<y>\d{{4}})", re.I
)
MONTH_FIRST: Final = re.compile(
    rf"(?P<m>{MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})", re.I
)
TIME: Final = r"\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*(?:gmt|bst|utc|est|pst|cet))?"
READ: Final = (
    r"(?:(?:estimated|approx(?:imate)?\.?|average)\s+)?(?:read(?:ing)?\s+time:?\s*)?"
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\s*[-–]?\s*(?:min(?:ute)?s?\.?)"
    r"(?:\s*(?:read|reading|to read))?"
)
STAMP: Final = (
    r"(?:(?:last\s+)?(?:posted|published|updated|modified|written|reviewed|date)(?:\s+on)?:?)"
)
SEPARATOR: Final = r"[\s|·•,–—/@-]*(?:(?:on|at|in)\s+)?"
WHEN: Final = re.compile(
    rf"(?:{STAMP}?\s*(?:{DATE}|{TIME})|(?=.*\bread){READ}|read(?:ing)?\s+time.{{0,20}}|{STAMP})"
    rf"(?:{SEPARATOR}(?:{STAMP}?\s*(?:{DATE}|{TIME})|{READ}))*[\s.]*",
    re.I,
)
"""A line that says when an article was written, or how long it takes to read."""
NAME: Final = r"[^\W\d_][\w.’'-]*(?:\s+(?:&\s+|and\s+)?[^\W\d_][\w.’'-]*){0,6}"
BYLINE: Final = re.compile(
    rf"(?:(?:article|story|text|words?|posted|written|published|blog)\s+)?by:?\s+(?P<name>{NAME}"
    rf"(?:,\s+(?:[A-Z][\w.()&/-]*\s?){{1,6}})?)"
    rf"(?P<rest>(?:{SEPARATOR}(?:{STAMP}?\s*(?:{DATE}|{TIME})|{READ}|{STAMP}))*[\s.|·•-]*)",
    re.I,
)
DATED: Final = re.compile(rf"{STAMP}?\s*(?:{DATE}|{READ}){SEPARATOR}", re.I)
"""What may stand before “by Jo Example”."""
SIGNED: Final = re.compile(
    r"(?P<name>(?-i:(?:(?:Dr|Prof|Mrs?|Ms|Mx)\.?\s+)?[A-Z][^\W\d_]+(?:[\s-][A-Z][^\W\d_]*\.?){1,3}))"
    rf"{SEPARATOR}(?P<rest>(?:{READ}|{STAMP}?\s*{DATE})"
    rf"(?:{SEPARATOR}(?:{READ}|{STAMP}?\s*(?:{DATE}|{TIME})))*)[\s.]*",
    re.I,
)
"""A name with a day or the time that reading takes right behind it."""
PERSON: Final = re.compile(
    r"(?:(?:Dr|Prof|Mrs?|Ms|Mx)\.?\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w.’'-]*){1,3}"
)
"""A line that may be a name."""
NO_NAME: Final = re.compile(
    r"(?:the|a|an|this|that|my|your|our|their|his|her|its|doing|being|making|taking|going|appointment"
    r"|phone|email|e-mail|post|default|accident|far|law|then|now)\b", re.I
)  # fmt: skip
"""How what follows “by” begins where it is no name."""
LONGEST: Final = 20
"""Words of such a line."""
PROSE: Final = 120
"""Letters of a paragraph of the article itself."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A line about the article: the element that holds it, and whom or which day it names."""

    element: Element
    author: str = ""
    day: str = ""


def find_details(content: Element, title: Element | None) -> list[Detail]:
    """The lines about the article, near its title or before its third paragraph."""
    found: list[Detail] = []
    before: Element | None = None
    paragraphs = 0
    for element in _short_lines(_around_title(content, title)):
        words = words_in(element)
        if len(words) >= PROSE:
            paragraphs += 1
            if paragraphs > 2:
                break
            before = None
        elif detail := read_detail(element, words):
            if before is not None and detail.day and not any(each.author for each in found):
                found.append(Detail(before, words_in(before)))
            found.append(detail)
            before = None
        else:
            before = element if _is_person(element, words) else None
    return found


def _is_person(element: Element, words: str) -> bool:
    """Whether a line may be the name of who wrote the article, if a day stands below it."""
    return element.tag not in ("h1", "h2", "h3") and bool(PERSON.fullmatch(words))


def read_detail(element: Element, words: str) -> Detail | None:
    """What a line says about the article; None where it says something else."""
    if not words or len(words.split()) > LONGEST:
        return None
    if WHEN.fullmatch(words) and element.tag not in ("h1", "h2", "h3"):
        return Detail(element, day=first_day(words))
    before = DATED.match(words)
    byline = BYLINE.fullmatch(words[before.end() :] if before else words)
    byline = byline or (None if element.tag in ("h1", "h2", "h3") else SIGNED.fullmatch(words))
    if byline and (name := clean_name(byline["name"])):
        return Detail(element, name, first_day(words))
    return None


def clean_name(words: str) -> str:
    """A name without what pages run together with it: days, times, “by”; "" where it is none."""
    name = re.sub(
        r"^(?:(?:written|posted|published|article|words?)\s+)?by:?\s+", "", words, flags=re.I
    )
    name = re.split(rf"\s*(?:\s[|·•–—]\s|\s-\s|\(|{DATE}|{READ}|{STAMP}|\d)", name, flags=re.I)[0]
    name = re.sub(r"\s+(?:on|at|in|and)$", "", name.strip(" ,;:.|·•–—-\u00a0"))
    if NO_NAME.match(name) or not 0 < len(name) <= 80 or len(name.split()) > 10:
        return ""
    return name if name[:1].isupper() or not name.isascii() else ""


def first_day(words: str) -> str:
    """The first day that is named in full, as 2026-11-24; "" where none is."""
    if found := re.search(r"\d{4}-\d\d-\d\d", words):
        return day_of(found[0])
    for pattern in DAY_FIRST, MONTH_FIRST:
        if found := pattern.search(words):
            start = found["m"].casefold()[:3]
            month = next(at for at, name in enumerate(MONTHS, 1) if name.startswith(start))
            return day_of(f"{found['y']}-{month:02}-{int(found['d']):02}")
    return ""


def day_of(stamp: str) -> str:
    """The day of a time such as 2026-11-24T10:00:00Z; "" where it is none."""
    try:
        return date.fromisoformat(stamp[:10]).isoformat()
    except ValueError:
        return ""


def _around_title(content: Element, title: Element | None) -> Element:
    """What holds the title and the beginning of the article."""
    if title is None or any(each is content for each in title.ancestors()):
        return content
    around = set(content.ancestors()) | {content}
    return next((each for each in title.ancestors() if each in around), content)


def _short_lines(element: Element) -> Iterator[Element]:
    """The innermost blocks, and the spans beside each other in one, in reading order."""
    for child in element:
        if child.tag in OPAQUE or child.tag in ("table", "dl", "blockquote"):
            continue
        blocks = any(each.tag in LINES and each.tag not in ("br", "img") for each in child.within())
        if blocks:
            words = words_in(child)
            if len(words) < PROSE and read_detail(child, words):
                yield child
            else:
                yield from _short_lines(child)
        else:
            yield child
