"""Is what is heard seen: a rule for each class that a player sets, in colours that one can read?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import tinycss2

from leafcast.checks.sync.found import Fault
from leafcast.design.colours import contrast

LEAST: Final = 4.5
"""WCAG 2.2, 1.4.3."""
Rules = list[tuple[str, list[tuple[str, dict[str, str]]]]]
"""By the condition under which they hold: selectors, and what they declare."""


def highlight_faults(css: str, active: str, playing: str) -> Iterator[Fault]:
    """Faults of the classes `active`, for what is heard, and `playing`, for its page."""
    rules = style_rules(css)
    for name in (active, playing):
        if not name:
            yield Fault("class-missing", "The book names no class for what is heard")
        elif not any(_names(selector, name) for _, inside in rules for selector, _ in inside):
            yield Fault("class-undefined", f"No rule of the stylesheet is for .{name}")
    if not active:
        return
    for condition, inside in rules:
        declared: dict[str, str] = {}
        for selector, declarations in inside:
            if selector == f".{active}":
                declared |= declarations
        if declared:
            yield from _colour_faults(condition, declared)


def _colour_faults(condition: str, declared: dict[str, str]) -> Iterator[Fault]:
    ink, ground = declared.get("color", ""), declared.get("background-color", "")
    where = f" where {condition}" if condition else ""
    if "color" not in declared and "background-color" not in declared:
        return
    if not all(re.fullmatch(r"#[0-9A-Fa-f]{6}", each) for each in (ink, ground)):
        yield Fault("highlight-unsure", f"What is heard has no two colours of its own{where}")
    elif (ratio := contrast(ink, ground)) < LEAST:
        yield Fault("highlight-faint", f"What is heard is in {ratio:.1f}:1{where}")
    if "text-decoration" not in declared and "outline" not in declared:
        yield Fault("highlight-by-colour", f"What is heard differs by its colour alone{where}")


def style_rules(css: str) -> Rules:
    """The rules of a stylesheet, those in a media query by its words."""
    found: Rules = [("", [])]
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            found[0][1].extend(_declared(rule))
        elif rule.type == "at-rule" and rule.at_keyword == "media" and rule.content is not None:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            rules = [
                each for one in inner if one.type == "qualified-rule" for each in _declared(one)
            ]
            found.append((tinycss2.serialize(rule.prelude).strip(), rules))
    return found


def _declared(rule: tinycss2.ast.QualifiedRule) -> Iterator[tuple[str, dict[str, str]]]:
    declarations = tinycss2.parse_declaration_list(
        rule.content, skip_comments=True, skip_whitespace=True
    )
    values = {
        each.lower_name: tinycss2.serialize(each.value).strip()
        for each in declarations
        if each.type == "declaration"
    }
    for selector in tinycss2.serialize(rule.prelude).split(","):
        yield selector.strip(), values


def _names(selector: str, name: str) -> bool:
    return bool(re.search(rf"\.{re.escape(name)}(?![\w-])", selector))
