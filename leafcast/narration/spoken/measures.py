"""Measures: how long, how far, how heavy, how warm; and shares in hundredths."""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.spoken.money import EACH_UNIT, each
from leafcast.narration.spoken.numbers import VULGAR, cardinal, part_of, with_part
from leafcast.narration.spoken.rule import DASH, NUMBER, Rule, rule
from leafcast.narration.spoken.units import NAMED_UNITS, UNIT, UNITS, unit


def _measure(found: re.Match[str]) -> str:
    """10 mg, 5–10 mg, 2.5mg/day, 37.5°C, 50 mg/kg/day."""
    low, high, sign = found[1], found[2], found[3]
    one, many = UNITS[sign]
    amount = f"{cardinal(low)} to {cardinal(high)}" if high else cardinal(low)
    said = f"{amount} {one if low == '1' and not high else many}"
    if found[4]:
        return f"{said}{each(found[4])}"
    said = f"{said} per {UNITS[found[5]][0]}" if found[5] else said
    return f"{said} per {each(found[6]).split()[-1]}" if found[6] else said


def _measured(found: re.Match[str]) -> str:
    """50-min session, 10-mg dose, 50 min session: one of the kind."""
    joint = " " if "." in found[1] else "-"
    return f"{cardinal(found[1])}{joint}{unit(found[2])[0]}"


def _hours_and_minutes(found: re.Match[str]) -> str:
    """1h30, 1hr 30."""
    hours = f"{cardinal(found[1])} {UNITS[found[2]][found[1] != '1']}"
    return f"{hours} {cardinal(found[3])}{' minutes' if found[4] else ''}"


def _height(found: re.Match[str]) -> str:
    return f"{cardinal(found[1])} foot{f' {cardinal(found[2])}' if found[2] else ''}"


def _inches(found: re.Match[str]) -> str:
    """6": inches, where no quotation ends with it."""
    before = found.string[: found.start()]
    if before.count('"') % 2 or before.count("“") > before.count("”"):
        return found[0]
    return f"{cardinal(found[1])} inch{'' if found[1] == '1' else 'es'}"


def _height_alone(found: re.Match[str]) -> str:
    """6' tall."""
    return f"{cardinal(found[1])} foot"


def _weight(found: re.Match[str]) -> str:
    """10st, 10st 4, 10 st 4 lb: 10st is no ordinal."""
    pounds = found[2]
    if not pounds:
        return f"{cardinal(found[1])} stone"
    named = f" pound{'' if pounds == '1' else 's'}" if found[3] else ""
    return f"{cardinal(found[1])} stone {cardinal(pounds)}{named}"


def _partly(found: re.Match[str]) -> str:
    """6½ mg, ¾ hour, ½tsp: six and a half milligrams, three quarters of an hour."""
    whole, part, (one, many) = found[1], found[2], unit(found[3])
    return f"{with_part(whole, part)} {many}" if whole else part_of(part, one)


def _partly_measured(found: re.Match[str]) -> str:
    """a ½-hour call, a 1½-hr session: of that length."""
    one, _ = unit(found[3])
    return f"{with_part(found[1], found[2])} {one}" if found[1] else f"half-{one}"


def _measured_area(found: re.Match[str]) -> str:
    return f"{cardinal(found[1])} {UNITS[found[2]][0]}"


def _across(found: re.Match[str]) -> str:
    """3 x 4 m, 5cm x 3cm, 10 x 15 x 20 cm."""
    first = f" {unit(found[2])[found[1] != '1']}" if found[2] and found[2] != found[5] else ""
    third = f" by {cardinal(found[4])}" if found[4] else ""
    return f"{cardinal(found[1])}{first} by {cardinal(found[3])}{third} {unit(found[5])[1]}"


def _each_lasting(found: re.Match[str]) -> str:
    """6 x 50 min sessions: six of fifty minutes each."""
    joint = " " if "." in found[2] else "-"
    return f"{cardinal(found[1])} {cardinal(found[2])}{joint}{unit(found[3])[0]} {found[4]}"


def _percent(found: re.Match[str]) -> str:
    amount = f"{cardinal(found[1])} to {cardinal(found[2])}" if found[2] else cardinal(found[1])
    return f"{amount} per cent"


def _often(found: re.Match[str]) -> str:
    return f"{TIMES.get(found[1], f'{cardinal(found[1])} times')}{each(found[2])}"


INCHES: Final = "TV|screen|ruler|scar|frame|mattress|cushion|pizza|monitor|laptop|gap|cut|step"
SPAN_UNIT: Final = (
    r"(?:mths?|yrs?|wks?|hrs?|mins?|secs?|days?|weeks?|months?|years?|hours?|minutes?)"
)
TIMES: Final = {"1": "once", "2": "twice"}
TIMES_DAILY: Final = {**TIMES, "3": "three times"}
OFTEN_UNIT: Final = "day|d|night|week|wk|month|mth|year|yr|hour|hr|h"
HELD: Final = (
    r"(?:sessions?|slots?|appointments?|calls?|consultations?|assessments?|blocks?|walks?|videos?"
    r"|breaks?|courses?|programmes?|workshops?|groups?|meetings?|chats?|interviews?|reviews?|talks?"
    r"|exercises?|meditations?|classes|class|drives?|taster|intro|podcasts?|recordings?|lessons?"
    r"|hours?|period|periods|wait|notice|helpline|(?:phone|telephone|Zoom|online|free|video|initial|taster"
    r"|introductory|assessment) (?:sessions?|calls?|chats?|consultations?|appointments?))"
)
"""What lasts so long: a 50 min session."""
RULES: Final[tuple[Rule, ...]] = (
    rule(r"(?<=\d) ?pc\b", "%"),
    rule(rf"\b(\d+ ?{SPAN_UNIT})\s?{DASH}\s?(?=\d)", r"\1 to "),
    rule(r"(?<=\b[Aa] )¼ (?=hour|mile|pint|day)", "quarter of a "),
    rule(r"(?<=\b[Aa] )quarter of a (?=hour)", "quarter of an "),
    rule(
        r"(?<=\b[Aa] )([½¼⅓⅕⅛]) (?=of\b)", lambda m: f"{with_part('', m[1]).removeprefix('one ')} "
    ),
    rule(r"\b(\d{1,2}) ?(h|hrs?) ?(\d\d) ?(m|mins?|minutes)?\b(?!\.\d)", _hours_and_minutes),
    rule(r"(?<=\d) ?u(?=/(?:wk|week|day)\b| insulin\b)", " units"),
    rule(r"\b(\d{2,3}\.\d) ?F\b", r"\1°F"),
    rule(r"(?<=\d)-?hrly\b", "-hourly"),
    rule(r"\b(3[4-9](?:\.\d)?|4[0-2](?:\.\d)?) ?C\b", r"\1°C"),
    rule(rf"(?<=%)\s?{DASH}\s?(?=\d)", "–"),
    rule(rf"(?<![\w.,])\.(?=\d+\s?(?:%|(?:{UNIT})(?!\w)))", "0."),
    rule(rf"(?<![\w.)%])-(?=\d|[{VULGAR}])", "minus "),
    rule(r"(?:^|(?<=\()|(?<=\b(?:to|of|at|is) )|(?<=\bfrom ))–(?=\d)", "minus "),
    rule(r"\b(\d+)\s?°\s?C\s?[–—-]\s?(?=\d+\s?°)", r"\1 to "),
    rule(
        rf"\b(\d+)\s?[x×]\s?({NUMBER})[ -]?(mins?|minutes?|hrs?|hours?|weeks?|wks?|days?)"
        rf" ({HELD})\b",
        _each_lasting,
    ),
    rule(
        rf"(?<![\w.,])({NUMBER})\s?(mm|cm|m|ft|km|in)?\s?[x×]\s?({NUMBER})"
        rf"(?:\s?(?:mm|cm|m|ft|km|in)?\s?[x×]\s?({NUMBER}))?\s?(mm|cm|m|ft|km|metres?|feet)\b",
        _across,
    ),
    rule(rf"\b(\d+)\s?[x×]\s?/\s?({OFTEN_UNIT})\b", _often),
    rule(rf"(?<![\w/.£$€-])(\d+)\s?/\s?({OFTEN_UNIT})\b", _often),
    rule(
        r"(?<![\d–-])([123])\s?[x×]\s?(?=daily\b|weekly\b|monthly\b)",
        lambda m: f"{TIMES_DAILY[m[1]]} ",
    ),
    rule(r"\b[x×]\s?([123]) (?=daily\b|weekly\b|monthly\b)", lambda m: f"{TIMES_DAILY[m[1]]} "),
    rule(r"\b1\s?[x×] (?=(?:a|per|each|every) )", "once "),
    rule(r"(?<=\d)\s?[x×]\s?(?=\d)", " times "),
    rule(r"(?<=\d)\s?x\b(?=\s|$|[.,;)])", " times"),
    rule(r"\bx\s?(?=\d)", "times "),
    rule(
        r"(?<=\dmg|\dmL|\dml| mg| mL| ml|\d g|mcg|mol) per (ml|mL|kg|g|l|L|min|day)\b",
        lambda m: f" per {unit(m[1])[0]}",
    ),
    rule(
        rf"(?<![\w£$€])({NUMBER})\s?{DASH}\s?(?={NUMBER}\s?mn? (?:people|adults|children))",
        r"\1 to ",
    ),
    rule(rf"(?<!\d)({NUMBER})\s?bn\b", lambda m: f"{cardinal(m[1])} billion"),
    rule(
        rf"(?<!\d)({NUMBER})\s?mn? (?=people|adults|children|men|women|patients|users|calls"
        r"|visits)",
        lambda m: f"{cardinal(m[1])} million ",
    ),
    rule(rf"(?<![\w£$€])({NUMBER})[kK]\s?{DASH}\s?(?={NUMBER}[kK]\b)", r"\1 to "),
    rule(
        r"(?<![\w£$€.])([2-9]\d|\d{3})k\b(?! (?:run|race|ride|walk|swim))",
        lambda m: f"{cardinal(m[1])} thousand",
    ),
    rule(
        rf"(?<![\w£$€])({NUMBER})[kK] (?=steps|people|followers|words|views|calls|a year"
        r"|households)",
        lambda m: f"{cardinal(m[1])} thousand ",
    ),
    rule(r"(?<![\w.])(\d)[’'′]\s?(\d{1,2})(?:[\"”″]|[’']{2})", _height),
    rule(r"(?<![\w.’'])([4-7])[’'′](\d|1[01])(?![\w.’'])", _height),
    rule(r"\b(\d)\s?ft\.? ?(\d{1,2})\s?(?:in\b(?:\.(?= [a-z]))?|ins\b|inches\b|[\"”″])?", _height),
    rule(
        rf"(?<![\w.])(\d{{1,3}})(?:[\"”″]|'')(?= (?:{INCHES})\b)",
        lambda m: f"{cardinal(m[1])}-inch",
    ),
    rule(
        r"(?<![\w.])(\d{1,3})″",
        lambda m: f"{cardinal(m[1])} inch{'' if m[1] == '1' else 'es'}",
    ),
    rule(r"(?<![\w.])(\d)[’'′](?= (?:tall|wide|long|deep|high)\b)", _height_alone),
    rule(r"\b(\d{1,2})\s?st\.?,? ?(\d{1,2})\s?(lbs?)\b", _weight),
    rule(r"\b(\d{1,2})(?:st| st\.?) (\d|1[0-3])()(?=[\s.,;)]|$)(?! [A-Z])", _weight),
    rule(r"\b(\d?[02-9]|11)st()()(?![\w-])", _weight),
    rule(r"\b(\d{1,2}) st()()(?=[\s,.;)]|$)(?! [A-Z])", _weight),
    rule(
        r"\b(\d{2,3})\s?/\s?(\d{2,3})\s?mm ?Hg\b",
        lambda m: f"{cardinal(m[1])} over {cardinal(m[2])} millimetres of mercury",
    ),
    rule(r"\b(\d+)\s?y(?:/o|o|\.o\.?)(?!\w)", lambda m: f"{cardinal(m[1])} year old"),
    rule(r"\b(\d+)\s?m/o\b", lambda m: f"{cardinal(m[1])} month old"),
    rule(r"(?i:\b(aged|ages|age)) (\d+)\+", r"\1 \2 and over"),
    rule(rf"(?<![\w.,])({NUMBER})\s?%?\s?{DASH}\s?({NUMBER})\s?%", _percent),
    rule(rf"(?<!\d)({NUMBER})()\s?%", _percent),
    rule(r"(?<![\w.])½\s?%", "half a per cent"),
    rule(r"½(?=-(?:price|term|time|way|hearted|board)\b)", "half"),
    rule(r"½ (?=(?:price|past|term|time|day|board|way|marathon)\b)", "half "),
    rule(rf"(?<=\b[Aa] )(\d+)?([{VULGAR}])[ -]?({UNIT}|{NAMED_UNITS})(?= [a-z])", _partly_measured),
    rule(
        rf"(?<![\w.])(\d+)?([{VULGAR}])[ -]?({UNIT}|{NAMED_UNITS})(?= {HELD}\b)", _partly_measured
    ),
    rule(rf"(?<![\w.])(\d+)?([{VULGAR}])-({UNIT}|{NAMED_UNITS})\b", _partly_measured),
    rule(rf"(?<![\w.])(\d+)([{VULGAR}])\s?({UNIT})(?![\w²])", _partly),
    rule(rf"(?<![\w.])()([{VULGAR}])\s?({UNIT}|{NAMED_UNITS})(?![\w²])", _partly),
    rule(rf"(?<=\b[Aa] )({NUMBER})\s?(m²|m2|sq ft|sq m|ft²)(?= [a-z])", _measured_area),
    rule(rf"\b({NUMBER})-({UNIT})\b", _measured),
    rule(rf"(?<![\w.])(\d{{2}})['’′] ?(?={HELD}\b)", lambda m: f"{cardinal(m[1])}-minute "),
    rule(r"(?i:(?<=\ba )|(?<=\ban ))(\d+) ?°(?= ?[a-z])", lambda m: f"{cardinal(m[1])}-degree"),
    rule(r"(?<![\w.\"“”])(\d{1,3})[\"”](?!\w)", _inches),
    rule(
        rf"(?<![\w.,/–-])({NUMBER})\s?(mg|mcg|ml|g) (?=(?:tablets?|tabs?|capsules?|caps"
        rf"|spoonfuls?|doses?"
        rf"|pills?"
        r"|patch(?:es)?|sachets?)\b)",
        lambda m: f"{_measured(m)} ",
    ),
    rule(
        rf"(?<![\w.–-])({NUMBER})\s?(mins?|hrs?|wks?|mths?|yrs?)\.? (?={HELD}\b)",
        lambda m: f"{_measured(m)} ",
    ),
    rule(
        rf"(?<![\w.])({NUMBER})(?:\s?{DASH}\s?({NUMBER}))?\s?({UNIT})(?![\w²])"
        rf"(?:\s?/\s?({EACH_UNIT}|d)(?!\w)|\s?/\s?({UNIT})(?!\w)"
        rf"(?:\s?/\s?({EACH_UNIT}|d)(?!\w))?)?(?:\.(?= [a-z£]|\)))?",
        _measure,
    ),
)
