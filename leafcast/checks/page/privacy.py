"""Does the page keep to itself: nothing from anyone else, nothing run but its own script?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from leafcast.checks.html import Element
from leafcast.checks.page.found import Found
from leafcast.checks.page.links import addresses_of
from leafcast.document.report import Finding
from leafcast.page.policy import hash_of

RUNS: Final = ("", "module", "text/javascript", "application/javascript")
"""Types of a `script` that is run; one of another type only holds something (HTML, 4.12.1)."""


def check_foreign(page: Found) -> Iterator[Finding]:
    """It loads nothing from anyone else, and a link to someone else does not say where from."""
    for each in page.root.walk():
        leads = each.tag == "a" or each.get("rel") in ("canonical", "author", "license")
        for address in addresses_of(each):
            parts = urlsplit(address)
            elsewhere = bool(parts.netloc) or parts.scheme in ("http", "https", "ftp", "ws", "wss")
            if elsewhere and not leads:
                yield page.fault("foreign", f"It loads {address} from elsewhere", each.line)
            if elsewhere and each.tag == "a" and "noreferrer" not in each.get("rel"):
                yield page.fault("referrer", f"The link to {address} says where from", each.line)
            if parts.scheme in ("javascript", "vbscript"):
                yield page.fault("inline-handler", f"{address} is run", each.line)
        for name in each.attributes:
            if name.startswith("on") or name == "style":
                yield page.fault("inline-handler", f"<{each.tag}> has {name}=", each.line)


def check_policy(page: Found) -> Iterator[Finding]:
    """Its policy allows its own script and style, by their hashes, and nothing from elsewhere."""
    policies = [
        each.get("content")
        for each in page.root.all("meta")
        if each.get("http-equiv").lower() == "content-security-policy"
    ]
    if len(policies) != 1:
        yield page.fault("policy-missing", "It has no content security policy, or two")
        return
    rules = {words[0]: words[1:] for part in policies[0].split(";") if (words := part.split())}
    for name in ("default-src", "base-uri", "form-action"):
        if rules.get(name) != ["'none'"]:
            yield page.fault("policy-loose", f"Its policy does not say {name} 'none'")
    for name, sources in rules.items():
        for source in sources:
            if not re.fullmatch(r"'none'|'self'|data:|'sha256-[\w+/=]+'", source):
                yield page.fault("policy-loose", f"Its policy allows {name} {source}")
    yield from _hashes(page, rules)


def _hashes(page: Found, rules: dict[str, list[str]]) -> Iterator[Finding]:
    """The script and the style that stand in the page are those that its policy names."""
    inline = {
        "script-src": [e for e in page.root.all("script") if e.get("type").lower() in RUNS],
        "style-src": list(page.root.all("style")),
    }
    for name, elements in inline.items():
        wanted = {f"'{hash_of(_as_written(page, each))}'" for each in elements}
        allowed = {source for source in rules.get(name, ()) if source.startswith("'sha256-")}
        if wanted != allowed:
            yield page.fault("policy-hash", f"What its policy names by {name} is not what it has")


def _as_written(page: Found, element: Element) -> str:
    """The content of a script or style as it stands in the page, embedded files whole."""
    found = re.finditer(rf"<{element.tag}\b[^>]*>(.*?)</{element.tag}>", page.html, re.S)
    same = list(page.root.all(element.tag)).index(element)
    return next(each[1] for at, each in enumerate(found) if at == same)
