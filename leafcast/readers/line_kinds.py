"""What a short line is, where it is no heading: a date, an address, a greeting, a blank to fill in.

Such lines are as short and as open as headings are. What kind they are is told by their letters, so
it holds in files of every kind.
"""

from __future__ import annotations

import re
from typing import Final

MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter)"
)
WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?s?"
DATE: Final = (
    rf"(?:{WEEKDAY},?\s+)?(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}\.?,?(?:\s+\d{{2,4}})?"
    rf"|{MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|{MONTH}\.?,?\s+\d{{4}}"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d"
)
TIME: Final = (
    r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?\b|noon|o’clock|h\b)|\d{1,2}[:.]\d\d|noon|midday"
)
DATE_LABEL: Final = (
    r"(?:date|dated|day|time|when|hours|open|opening (?:hours|times)|posted|published|written|"
    r"updated|last|next|first|reviewed?|revised|issued?|created|modified|version|due|on|by|at|the|"
    r"from|to|until|till|and|or|of|between|closed|daily|every|only|min(?:ute)?s?|read)"
)
NAME: Final = (
    r"(?:(?:dr|mr|mrs|ms|mx|miss|prof(?:essor)?|rev)\.?\s+)?"
    r"[A-Z][\w’'-]*\.?(?:\s+(?:[A-Z][\w’'-]*\.?|and|&|de|van|von|der|la)){0,4}"
)
NOT_NAMED: Final = re.compile(r"\b(your?|my|our|the|a|an|his|her|their|this|that|its)\b", re.I)
DEGREES: Final = (
    r"(?:MBACP|FBACP|MUKCP|UKCP|BPC|MNCPS|MNCS|MBPsS|A?FBPsS|C\.?Psychol|D\.?Clin\.?Psy(?:ch)?|"
    r"D\.?C?Psych|Ph\.?D|Psy\.?D|M\.?Sc|B\.?Sc|PG\.?Dip|PGCE|PG\.?Cert|Dip\.?[A-Z]?\w*|RMN|RGN|"
    r"HCPC|BABCP|LCSW|LMFT|LPC|\(?Accred\)?|\(Reg\)|MFA|MA|BA|Adv\.? ?Dip)"
)

KINDS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("blank", re.compile(r".*(?:_{3,}|\.{4,}|…{2,}|[☐☑☒□❑❏▢◻]|\[\s*\]|\(\s+\)).*")),
    ("number", re.compile(r"[\W\d_]*\w?[\W\d_]*")),
    ("point", re.compile(r"[-–—*•·>+~]\s*\S.*|\(?(?:[a-z]|[ivx]{2,4})[.)]\s.*")),
    ("bracket", re.compile(r"[(\[<{«].*")),
    ("quotation", re.compile(r"[“\"][^“”\"]*[”\"](?:\s*[-–—].*)?|[‘'].*[’']")),
    ("address", re.compile(r".*(?:\S@\S+\.\w|https?:|www\.|\b[\w-]+\.(?:co|org|ac|nhs|gov)\.uk\b|"
                           r"\b[\w-]{2,}\.(?:com|org|net|info|uk|eu|io)\b).*", re.I)),
    ("telephone", re.compile(r"(?:tel(?:ephone)?|phone|mobile|mob|fax|text|call|ring|whatsapp|"
                             r"e-?mail|website?|web|post|address)\b\.?\s*:.*|"
                             r"(?:call|ring|phone|text)\s(?:\D*\s)?\d[\d\s]{2,}", re.I)),
    ("postcode", re.compile(r".*\b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b.*|.*\b[A-Z]{2} \d{5}\b.*")),
    ("street", re.compile(r"(?:(?:flat|unit|suite|room|floor|studio)\s+\w{1,4}\b.*|"
                          r"\d+[a-z]?(?:-\d+)?,?\s+(?:\S+\s+){1,3}(?:street|st|road|rd|lane|avenue|ave|close|drive|"
                          r"terrace|square|crescent|gardens|place|court|row|mews)\b.*)", re.I)),
    ("price", re.compile(r"[^?]*[£€$]\s?\d[^?]*")),
    ("file", re.compile(r".*\w\.(?:docx?|pdf|jpe?g|png|gif|heic|txt|html?|xlsx?|pptx?|mp[34]|zip)",
                        re.I)),
    ("closing", re.compile(
        r"(?:with|in) (?:(?:all|my|our|very|much|many|every|the|"
        r"warm(?:est)?|kind(?:est)?|best|good) )*"
        r"(?:wishes|regards|thanks|love|peace|kindness|gratitude|compassion|warmth|care)"
        r"(?: (?:and|from) \w+)*"
        r"|(?:(?:all|my|our|very|many|warm|warmest|kind|kindest|best|good|every) )+"
        r"(?:wishes|wish|regards|thanks|love)(?: (?:and|from|to) \w+)*"
        r"|best|regards|sincerely(?: yours)?|yours(?: \w+)?|cheers|warmly|all the best"
        r"|bye(?: for now)?|take (?:good )?care(?: of yourselves)?|love from|x+"
        r"|thanks(?: again| so much)?|thank you(?: so much| very much| for reading)?"
        r"|see you soon|speak soon"
        r"|(?:best|regards|warmly|cheers|yours|sincerely|take care|all the best|many thanks), "
        r"\w+(?: \w+)?"
        r"|(?:love|best wishes|kind regards|warm wishes|thanks),? \w+(?: x+)?|\w+ x+", re.I)),
    ("salutation", re.compile(
        r"(?:dear|hi|hiya|hello|hey|greetings|good (?:morning|afternoon|evening))"
        r"(?: [^\s:]+){0,4}|to whom it may concern|dear [^:]*", re.I)),
    ("caption", re.compile(
        r"(?:table|fig(?:ure)?\.?|photo(?:graph)?|picture|image|illustration|chart|diagram|plate)"
        r"\s*(?:[#№]?\s*\d|[:–—-]|by\b|credit|from\b|courtesy|©).*|(?:source|credit|caption)s?\s*:.*",
        re.I)),
    ("imprint", re.compile(
        r"(?:©|\(c\)|copyright\b|all rights reserved|registered (?:charity|company|office)\b|"
        r"company (?:no|number|reg)|charity (?:no|number|reg)|vat (?:no|reg)|isbn|issn|ico\b|"
        r"page \d+|version \d|v\d+\.\d|ref(?:erence)?\s*[:.]|(?:printed|designed) (?:by|in)\b).*",
        re.I)),
    ("turn", re.compile(r"(?:continued|please turn|turn|see) over(?:leaf)?\W*.*|p\.?\s?t\.?\s?o\.?"
                        r"|over(?:leaf)?", re.I)),
    ("days", re.compile(
        rf"(?:(?:open|from|every|on)\s+)?{WEEKDAY}(?:\s*(?:to|until|and|or|[-–&,/])\s*{WEEKDAY})+"
        r"(?:\s*(?:only|inclusive))?", re.I)),
    ("field", re.compile(
        r"(?:\w+’?s? )?(?:signature|signed|printe?d? name|full name|dob|date of birth|postcode)"
        r"(?: of \w+)?|name|date|yes ?/? ?no", re.I)),
    ("detail", re.compile(
        r"(?:languages?|dates?|version|status|venue|location|duration|reading time|time to read|"
        r"key ?words?|tags?|categor(?:y|ies)|posted in|filed under|(?:next )?review(?:ed)?"
        r"(?: date| due)?)\s*:\s*\S.*|(?:last )?(?:reviewed|approved|checked) by:? .*", re.I)),
    ("button", re.compile(
        r"read (?:more|article|on)|learn more|click here|continue reading|back to .*|"
        r"share(?: this.*)?|print this.*|download .*|book (?:now|a call)|sign up|"
        r"subscribe.*|next|previous", re.I)),
    ("formula", re.compile(r".*(?:\s=\s|=\s*[\d.]|->|=>|###|\w_\w|[a-z]\d+\b(?<!\bcovid19)"
                           r"|(?:[A-Z][a-z]+){3,}).*")),
    ("sentence", re.compile(
        r"(?:this|that|these|those|it|there)(?: \w+)?(?:’s|'s| is| are| was| were| will| has) .*",
        re.I)),
)  # fmt: skip
BYLINE: Final = re.compile(
    r"(?:(?:written|words|text|compiled|prepared|posted|published|updated|edited|article|story|"
    r"created)\s+(?:(?:on\s+)?[^.?!]{0,30}\d[^.?!]{0,20}\s)?by|by|author)"
    rf"\s*:?\s+(?P<name>(?i:{NAME}))(?P<rest>\s*(?:[,(|·•–—-].*)?)",
    re.I,
)
CREDENTIALS: Final = re.compile(rf"{NAME},?\s+(?:.*\s)?\(?{DEGREES}\b.*")
DATE_PIECE: Final = re.compile(
    rf"\b(?:{DATE}|{TIME}|{DATE_LABEL}|{WEEKDAY}|{MONTH})(?!\w)|[\s,.:;&·|–—-]+", re.I
)
"""What a line is made of that says nothing but a day or a time."""
ANY_DATE: Final = re.compile(r"\d{1,2}\.? [^\W\d]+ \d{4}\b.{0,20}")
"""A date in whatever language."""
DIGITS: Final = 9
MINUTES: Final = re.compile(r"(?:.*[·|•] *)?\d+[ -]min(?:ute)?s?(?: read)?(?: *[·|•].*)?", re.I)


def line_kind(words: str) -> str:
    """The kind of line that `words` are, of those that are no headings; "" where they may be one.

    `words` are on one line, with single spaces.
    """
    if byline_of(words):
        return "byline"
    if _is_date(words):
        return "date"
    if any(letter.isalpha() for letter in words) and _has_telephone(words):
        return "telephone"
    bare = words.rstrip(" ,!.")
    for kind, pattern in KINDS:
        if pattern.fullmatch(bare if kind in ("closing", "salutation") else words):
            return kind
    if CREDENTIALS.fullmatch(words) and "?" not in words:
        return "signature"
    return ""


def _has_telephone(words: str) -> bool:
    """Whether a line has as many digits side by side as a telephone number."""
    runs = re.findall(r"[+(]?\d[\d()\s./-]*", words)
    return any(sum(map(str.isdigit, run)) >= DIGITS for run in runs)


def _is_date(words: str) -> bool:
    """Whether a line says nothing but a day, a time, or how long reading takes."""
    if not any(letter.isdigit() for letter in words):
        return False
    bare = not DATE_PIECE.sub("", words)
    return bool(bare or ANY_DATE.fullmatch(words) or MINUTES.fullmatch(words))


def byline_of(words: str) -> str:
    """The author's name in a line such as “By Sarah James · 12 October · 4 min read”; else ""."""
    line = BYLINE.fullmatch(words)
    if not line:
        return ""
    name = line["name"].strip()
    parts = name.split()
    named = all(part[:1].isupper() or part in ("and", "&", "de", "van", "von") for part in parts)
    if not named or NOT_NAMED.search(name) or len(words) > 120:
        return ""
    return name + _credentials(line["rest"])


def _credentials(rest: str) -> str:
    """What follows a name and belongs to it: “, MBACP”, not “ · 12 October”."""
    first = re.split(r"\s*[|·•–—]\s*|\s+-\s+", rest, maxsplit=1)[0].rstrip(" ,")
    return first if first.startswith((",", " (", "(")) and not re.search(r"\d", first) else ""


def is_capitals(words: str) -> bool:
    """Whether a line is written in capitals throughout, and more than an abbreviation."""
    letters = [letter for letter in words if letter.isalpha()]
    return len(letters) > 3 and all(letter.isupper() for letter in letters)
