"""The lexicon in the form other programs read: W3C Pronunciation Lexicon Specification 1.0.

`[words]` becomes <alias>, `[ipa]` becomes <phoneme>. PLS knows no patterns, and its aliases are
said, so `[patterns]` and `[expansions]` stay at home.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

from leafcast.document.errors import SettingsError, UsageError
from leafcast.narration.lexicon import FILE, Lexicon, Pairs, check_lexicon
from leafcast.narration.phonemes import to_kokoro
from leafcast.practice.project import Project
from leafcast.practice.settings import SettingsFile, read_settings
from leafcast.state.cache import write_beside

NAMESPACE: Final = "http://www.w3.org/2005/01/pronunciation-lexicon"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
MOST_BYTES: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What came out of a PLS file: entries, and words left out with the reason."""

    words: Pairs = ()
    ipa: Pairs = ()
    left_out: Pairs = ()


# ---------------------------------------------------------------- out


def write_pls(lexicon: Lexicon, language: str = "en-GB") -> str:
    """The lexicon as PLS, a lexeme a word (PLS 1.0, 4.1 to 4.7)."""
    ElementTree.register_namespace("", NAMESPACE)
    top = {"version": "1.0", "alphabet": "ipa", LANG: language}
    root = ElementTree.Element(_name("lexicon"), top)
    words, sounds = dict(lexicon.words), dict(lexicon.ipa)
    for word in sorted(words.keys() | sounds.keys()):
        lexeme = ElementTree.SubElement(root, _name("lexeme"))
        ElementTree.SubElement(lexeme, _name("grapheme")).text = word
        if word in sounds:
            ElementTree.SubElement(lexeme, _name("phoneme")).text = sounds[word]
        if word in words:
            ElementTree.SubElement(lexeme, _name("alias")).text = words[word]
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def export_pls(lexicon: Lexicon, path: Path) -> None:
    """Write the lexicon to a file. Raises UsageError where that cannot be."""
    try:
        write_beside(path, write_pls(lexicon).encode())
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


# ---------------------------------------------------------------- in


def read_pls(path: Path) -> Imported:
    """The entries of a PLS file. Raises SettingsError when it is none."""
    root = _parse(path)
    if root.tag != _name("lexicon"):
        raise SettingsError(
            "this is no PLS lexicon", f"Its first element must be <lexicon xmlns={NAMESPACE}>",
            path.name,
        )  # fmt: skip
    words, ipa, left_out = {}, {}, {}
    for lexeme in root.iter(_name("lexeme")):
        alias, sound, reason = _said(lexeme, root.get("alphabet", ""))
        for grapheme in lexeme.iter(_name("grapheme")):
            word = _text(grapheme)
            if word and alias:
                words[word] = alias
            if word and sound:
                ipa[word] = sound
            if word and not alias and not sound:
                left_out[word] = reason
    return Imported(*(tuple(sorted(each.items())) for each in (words, ipa, left_out)))


def _parse(path: Path) -> ElementTree.Element:
    """The file's tree. A document type is refused: entities could fill the memory."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SettingsError("this file is too large for a lexicon", "", path.name)
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror}", "", path.name) from None
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: _refuse(path, parser.CurrentLineNumber)
    try:
        parser.Parse(data, True)
        return ElementTree.fromstring(data)
    except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None)
        raise SettingsError(
            f"this is not XML: {error}", "Export the lexicon again", path.name, line
        ) from None


def _refuse(path: Path, line: int) -> None:
    raise SettingsError(
        "this lexicon has a document type", "Remove its <!DOCTYPE …> and try again", path.name, line
    )


def _said(lexeme: ElementTree.Element, alphabet: str) -> tuple[str, str, str]:
    """How a lexeme is said: alias, IPA, and the reason where neither can be used.

    The preferred one counts, else the first (PLS 1.0, 4.9.1).
    """
    aliases = [_text(each) for each in _preferred(lexeme, "alias")]
    reason = "it has neither sounds nor an alias"
    for phoneme in _preferred(lexeme, "phoneme"):
        sounds = _text(phoneme)
        if phoneme.get("alphabet", alphabet) != "ipa":
            reason = "its sounds are not in IPA"
            continue
        try:
            if to_kokoro(sounds):
                return next(filter(None, aliases), ""), sounds, ""
        except ValueError as error:
            reason = f"“{error}” is not an English sound"
    return next(filter(None, aliases), ""), "", reason


def _preferred(lexeme: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    found = lexeme.findall(_name(tag))
    return sorted(found, key=lambda each: each.get("prefer") != "true")


def _text(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def import_pls(project: Project, path: Path) -> tuple[Imported, Pairs]:
    """Add a PLS file's entries to the owner's lexicon.toml, below what she wrote.

    Gives what was found, and her own words that were kept against it.
    """
    found = read_pls(path)
    own = project.folder / FILE
    tables = check_lexicon(read_settings(own, FILE)) if own.exists() else {}
    text = own.read_text("utf-8-sig") if own.exists() else ""
    mine = {**tables.get("words", {}), **tables.get("ipa", {})}
    for table, entries in (("words", found.words), ("ipa", found.ipa)):
        new = [(word, said) for word, said in entries if word not in mine]
        text = with_entries(text, table, new)
    try:
        check_lexicon(SettingsFile(FILE, text, tomllib.loads(text)))
    except tomllib.TOMLDecodeError:
        raise UsageError(
            f"Nothing can be added to {FILE} as it is written",
            "Write its tables on lines of their own, such as [words]",
        ) from None
    write_beside(own, text.encode())
    differing = {**dict(found.words), **dict(found.ipa)}
    return found, tuple((word, mine[word]) for word in sorted(differing) if word in mine)


def with_entries(text: str, table: str, entries: list[tuple[str, str]]) -> str:
    """A TOML text with `entries` at the end of `[table]`; every line of hers stays as it is."""
    if not entries:
        return text
    lines = text.removesuffix("\n").split("\n") if text else []
    new = [f"{_quoted(word)} = {_quoted(said)}" for word, said in entries]
    heads = [at for at, line in enumerate(lines) if re.match(r"\s*\[", line)]
    start = next((at for at in heads if re.match(rf"\s*\[\s*{table}\s*\]", lines[at])), None)
    if start is None:
        return "\n".join([*lines, *([""] if lines else []), f"[{table}]", *new]) + "\n"
    end = next((at for at in heads if at > start), len(lines))
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return "\n".join([*lines[:end], *new, *lines[end:]]) + "\n"


def _quoted(words: str) -> str:
    """A basic string of TOML, which writes what must be escaped as JSON does."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
