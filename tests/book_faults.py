"""Faults of books, page and transcript: ways to spoil one, each with what must notice it.

A fault of a book is a function that spoils its files, by name, in place; one of the page or the
transcript is a function of its text. The check must find `code`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch

Files = dict[str, bytes]
SpoilFiles = Callable[[Files], None]
SpoilText = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Fault:
    """`code` is the finding it must lead to, without `sync-`."""

    name: str
    code: str
    spoil: SpoilFiles


def swap(files: str, what: str, there: str, count: int = 1) -> SpoilFiles:
    """`what` as `there` in the first of `files` that has it."""

    def spoil(inside: Files) -> None:
        for name, content in inside.items():
            if fnmatch(name, files):
                text = content.decode()
                spoilt = re.sub(what, there, text, count=count, flags=re.S)
                if spoilt != text:
                    inside[name] = spoilt.encode()
                    return
        raise AssertionError(f"{what} is in none of {files}")

    return spoil


def without(name: str) -> SpoilFiles:
    """A file less."""

    def spoil(inside: Files) -> None:
        del inside[name]

    return spoil


def shorter(name: str) -> SpoilFiles:
    """Half of a file."""

    def spoil(inside: Files) -> None:
        inside[name] = inside[name][: len(inside[name]) // 2]

    return spoil


def exchanged(one: str, other: str) -> SpoilFiles:
    """Two files, each under the other's name."""

    def spoil(inside: Files) -> None:
        inside[one], inside[other] = inside[other], inside[one]

    return spoil


def later(files: str, milliseconds: int) -> SpoilFiles:
    """Every clip of a file that much later."""

    def move(found: re.Match[str]) -> str:
        whole = round(float(found[2]) * 1000) + milliseconds
        return f"{found[1]}{whole // 1000:02}.{whole % 1000:03}"

    def spoil(inside: Files) -> None:
        pattern = r'(clip(?:Begin|End)="0:00:|npt=)(\d+\.\d+)'
        (name,) = (name for name in inside if fnmatch(name, files))
        inside[name] = re.sub(pattern, move, inside[name].decode()).encode()

    return spoil


PAR = r'(<par id="par-s\w+">.*?</par>\n)'
DAISY_PAR = r'(<par endsync="last" id="par_s\w+">.*?</par>\n)'
SPAN = r'<span id="s\w+">'

EPUB: tuple[Fault, ...] = (
    Fault("a clip past the end of its sound", "past-the-end",
          swap("*07-ending.smil", r'(.*)clipEnd="[\d:.]+"', r'\1clipEnd="0:09:00.000"')),
    Fault("a sound cut short", "past-the-end", shorter("EPUB/audio/02.mp3")),
    Fault("sentences heard in another order", "order-wrong",
          swap("*02-section.smil", PAR + PAR, r"\2\1")),
    Fault("a sentence never heard", "not-heard", swap("*02-section.smil", PAR, "")),
    Fault("a sentence heard twice", "heard-twice",
          swap("*02-section.smil", r'<par id="par-(s\w+)">(.*?</par>\n)', r'\g<0><par id="again">\2')),
    Fault("two clips that overlap", "overlap",
          swap("*02-section.smil", r'clipBegin="([^"]+)"([^\n]*\n<par [^\n]*clipBegin=")[^"]+', r'clipBegin="\1"\2\1')),
    Fault("a clip that ends before it begins", "times-wrong",
          swap("*02-section.smil", r'clipEnd="[^"]+"', 'clipEnd="0:00:00.100"')),
    Fault("a clip cut off", "cut-off",
          swap("*02-section.smil", r'(clipEnd[^\n]*\n<par [^\n]*clipBegin="(0:00:\d\d)\.\d+" clipEnd=")[^"]+', r"\1\2.999")),
    Fault("a section's clips a second late", "apart", later("*03-section.smil", 1000)),
    Fault("two sections with each other's sound", "apart",
          exchanged("EPUB/audio/03.mp3", "EPUB/audio/04.mp3")),
    Fault("a clip of an id that is not there", "id-unknown",
          swap("*02-section.smil", r'xhtml#s\w+"/><audio', 'xhtml#nowhere"/><audio')),
    Fault("a clip of another chapter's words", "id-unknown",
          swap("*02-section.smil", r'src="02-section.xhtml#s', 'src="03-section.xhtml#s')),
    Fault("a sound that is not there", "sound-missing", without("EPUB/audio/02.mp3")),
    Fault("a heading that is no heading", "heading-wrong",
          swap("*02-section.xhtml", "<h2 (.*?)</h2>", r"<p \1</p>")),
    Fault("a heading of another level", "heading-wrong",
          swap("*03-section.xhtml", "<h3 (.*?)</h3>", r"<h4 \1</h4>")),
    Fault("a faint highlight", "highlight-faint",
          swap("*book.css", r"(\.-epub-media-overlay-active \{ color: )#\w+", r"\1#F0D890")),
    Fault("a faint highlight by night", "highlight-faint",
          swap("*book.css", r"(dark.*?\.-epub-media-overlay-active \{ color: )#\w+", r"\1#6A5F37")),
    Fault("a highlight without a ground of its own", "highlight-unsure",
          swap("*book.css", r"(active \{ color: #\w+;) background-color: #\w+;", r"\1")),
    Fault("a highlight by colour alone", "highlight-by-colour",
          swap("*book.css", r"text-decoration: underline;", "")),
    Fault("an active class without a rule", "class-undefined",
          swap("*book.css", "overlay-active", "overlay-on", count=0)),
    Fault("a playback class without a rule", "class-undefined",
          swap("*book.css", "overlay-playing", "overlay-on", count=0)),
    Fault("no active class", "class-missing",
          swap("*.opf", r'<meta property="media:active-class">.*?</meta>\n', "")),
    Fault("another duration of a chapter", "duration-wrong",
          swap("*.opf", r'(refines="#overlay-02-section">)[\d:.]+', r"\g<1>0:00:20.000")),
    Fault("no duration of a chapter", "duration-wrong",
          swap("*.opf", r'<meta property="media:duration" refines="#overlay-02-section">.*?\n', "")),
    Fault("another total", "duration-wrong",
          swap("*.opf", r'(<meta property="media:duration">)[\d:.]+', r"\g<1>0:09:00.000")),
    Fault("no total", "duration-wrong", swap("*.opf", r'<meta property="media:duration">.*?\n', "")),
    Fault("a chapter without its overlay", "not-narrated",
          swap("*.opf", ' media-overlay="overlay-02-section"', "")),
    Fault("a word lost", "words-differ", swap("*02-section.xhtml", "You may bring", "You bring")),
    Fault("a word changed", "words-differ", swap("*02-section.xhtml", "nothing at all", "nothing")),
    Fault("a sentence lost", "not-shown",
          swap("*02-section.xhtml", SPAN + "You sit down.</span>", "You sit down.")),
    Fault("a sentence shown twice", "shown-twice",
          swap("*02-section.xhtml", f"({SPAN}We talk.</span>)", r"\1 \1")),
    Fault("paragraphs in another order", "reading-order",
          swap("*01-introduction.xhtml", r"(<p id=\"b\w+\">.*?</p>)(<p .*?</p>)", r"\2\1")),
    Fault("contents in another order", "contents-order",
          swap("*nav.xhtml", r"(<li><a [^>]*>Lists</a></li>)(.*?)(<li><a [^>]*>A quotation</a></li>)", r"\3\2\1")),
    Fault("a section not in the contents", "contents-short",
          swap("*nav.xhtml", r"<li><a [^>]*>A quotation</a></li>", "")),
    Fault("contents that lead nowhere", "id-unknown", swap("*nav.xhtml", "#lists", "#list")),
    Fault("a page that leads nowhere", "id-unknown", swap("*nav.xhtml", "#_page-2", "#_page-9")),
    Fault("pages in another order", "contents-order",
          swap("*nav.xhtml", r"(<li><a [^>]*>1</a></li>)\s*(<li><a [^>]*>2</a></li>)", r"\2\1")),
    Fault("no landmarks", "contents-missing",
          swap("*nav.xhtml", '<nav epub:type="landmarks".*?</nav>', "")),
    Fault("no access modes", "claim-missing",
          swap("*.opf", r'<meta property="schema:accessMode">.*?</meta>\n', "", count=0)),
    Fault("no hazards", "claim-missing",
          swap("*.opf", r'<meta property="schema:accessibilityHazard">.*?\n', "")),
    Fault("no summary of access", "claim-missing",
          swap("*.opf", r'<meta property="schema:accessibilitySummary">.*?\n', "")),
    Fault("its sound not told of", "claim-missing",
          swap("*.opf", r"<meta [^>]*>synchronizedAudioText</meta>\n", "")),
    Fault("no narrator", "claim-missing", swap("*.opf", r'<meta property="media:narrator">.*?\n', "")),
    Fault("a package of no language", "language-wrong", swap("*.opf", r'(version="3.0".*?) xml:lang="en-GB"', r"\1")),
    Fault("a chapter of no language", "language-wrong",
          swap("*02-section.xhtml", ' lang="en-GB" xml:lang="en-GB"', "")),
    Fault("another title", "title-wrong", swap("*.opf", "(<dc:title id=\"title\">)", r"\1Not ")),
    Fault("conformance that nobody vouches for", "conformance-claimed",
          swap("*.opf", "</metadata>", '<meta property="dcterms:conformsTo" id="conformance">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta></metadata>')),
    Fault("an overlay of no chapter", "overlay-unused",
          swap("*.opf", "(<item id=\"overlay-)(02-section\" href=\"02-section.smil\"[^>]*/>)", r'\g<0>\1spare-\2')),
    Fault("a chapter that is not XML", "file-damaged",
          swap("*02-section.xhtml", "</section>", "")),
    Fault("a chapter that is not there", "file-missing", without("EPUB/02-section.xhtml")),
)  # fmt: skip

DAISY: tuple[Fault, ...] = (
    Fault("a clip past the end of its sound", "past-the-end",
          swap("0006.smil", r"(.*clip-end=\"npt=)[\d.]+s", r"\g<1>900.000s")),
    Fault("a sentence never heard", "not-heard", swap("0002.smil", DAISY_PAR, "")),
    Fault("a sentence heard twice", "heard-twice", swap("0002.smil", DAISY_PAR, r"\1\1")),
    Fault("sentences heard in another order", "order-wrong",
          swap("0002.smil", DAISY_PAR + DAISY_PAR, r"\2\1")),
    Fault("clips that are half a second late", "apart", later("0003.smil", 4000)),
    Fault("a clip cut off", "cut-off", swap("0002.smil", r'(npt=0\.000s.*?clip-begin="npt=(\d+)\.\d+s" clip-end="npt=)[\d.]+', r"\1\2.999")),
    Fault("a sound that is not there", "sound-missing", without("0002.mp3")),
    Fault("a part that lasts longer than it says", "duration-wrong",
          swap("0002.smil", r'dur="[\d.]+s"', 'dur="1.000s"')),
    Fault("a wrong time before a part", "duration-wrong",
          swap("0003.smil", r'(totalElapsedTime" content=")[\d:]+', r"\g<1>00:00:01")),
    Fault("a wrong time of a part", "duration-wrong",
          swap("0003.smil", r'(timeInThisSmil" content=")[\d:]+', r"\g<1>00:00:01")),
    Fault("a wrong time of the book", "duration-wrong",
          swap("ncc.html", r'(totalTime" content=")[\d:]+', r"\g<1>00:01:00")),
    Fault("a master of another length", "duration-wrong",
          swap("master.smil", r'(timeInThisSmil" content=")[\d:]+', r"\g<1>00:01:00")),
    Fault("a master of another order", "contents-order",
          swap("master.smil", r'(<ref [^\n]*\n)(<ref [^\n]*\n)', r"\2\1")),
    Fault("no publisher", "claim-missing", swap("ncc.html", r'<meta name="dc:publisher"[^\n]*\n', "")),
    Fault("no format in a part", "claim-missing",
          swap("0002.smil", r'<meta name="dc:format"[^\n]*\n', "")),
    Fault("entries miscounted", "claim-wrong", swap("ncc.html", r'tocItems" content="10', 'tocItems" content="9')),
    Fault("files miscounted", "claim-wrong", swap("ncc.html", r'(ncc:files" content=")\d+', r"\g<1>3")),
    Fault("a size that is not its own", "claim-wrong", swap("ncc.html", r'(kByteSize" content=")\d+', r"\g<1>3")),
    Fault("another depth", "claim-wrong", swap("ncc.html", r'(ncc:depth" content=")\d+', r"\g<1>6")),
    Fault("an entry that leads nowhere", "id-unknown", swap("ncc.html", "#par_s", "#par_x")),
    Fault("a clip of an id that is not there", "id-unknown",
          swap("0002.smil", 'text.html#s', "text.html#x")),
    Fault("entries in another order", "contents-order",
          swap("ncc.html", r"(<h1 id=\"h_b[^\n]*\n)(<h1 id=\"h_b[^\n]*\n)", r"\2\1")),
    Fault("a level left out", "heading-wrong", swap("ncc.html", r"<h2 (.*?)</h2>", r"<h4 \1</h4>")),
    Fault("a heading that is no heading", "heading-wrong",
          swap("text.html", r'<h1 id="b(.*?)</h1>', r'<p id="b\1</p>')),
    Fault("no title first", "title-wrong", swap("ncc.html", ' class="title"', "")),
    Fault("a word changed", "words-differ", swap("text.html", "nothing at all", "nothing")),
    Fault("a sentence lost", "not-shown", swap("text.html", SPAN + "You sit down.</span>", "")),
    Fault("a name too long for a disk", "name-wrong",
          lambda files: files.__setitem__("a-picture-of-chairs.png", files.pop("pic0001.png"))),
    Fault("no master", "file-missing", without("master.smil")),
)  # fmt: skip


def text(what: str, there: str) -> SpoilText:
    """`what` as `there` in a text, once."""

    def spoil(given: str) -> str:
        spoilt = re.sub(what, there, given, count=1, flags=re.S)
        assert spoilt != given, what
        return spoilt

    return spoil


CUE = r'(\["s\w+",[\d.]+,[\d.]+(?:,\[[\d.,]*\])?\])'
PAGE: dict[str, tuple[str, SpoilText]] = {
    "a sentence never heard": ("not-heard", text(CUE + ",", "")),
    "a sentence heard twice": ("heard-twice", text(CUE, r"\1,\1")),
    "sentences heard in another order": ("order-wrong", text(f"{CUE},{CUE}", r"\2,\1")),
    "a cue past the end": ("past-the-end", text(r'(.*\["s\w+",[\d.]+,)[\d.]+', r"\g<1>900.5")),
    "a cue half a second late": ("apart", text(r'\["(s\w+)",([\d]+)', r'["\1",1\2')),
    "another sound": ("sound-missing", text(r'src="quiet-hour.mp3"', 'src="other.mp3"')),
    "a word changed": ("words-differ", text("nothing at all", "nothing")),
}
VTT_CUE = r"(s\w+\n[\d:.]+ --> [\d:.]+\n[^\n]*\n\n)"
VTT: dict[str, tuple[str, SpoilText]] = {
    "a sentence never heard": ("not-heard", text(VTT_CUE, "")),
    "a sentence heard twice": ("heard-twice", text(VTT_CUE, r"\1\1")),
    "sentences heard in another order": ("order-wrong", text(VTT_CUE + VTT_CUE, r"\2\1")),
    "a cue past the end": ("past-the-end", text(r"(.*--> )[\d:.]+", r"\g<1>00:15:00.000")),
    "a cue without a name": ("id-unknown", text(r"\n\ns\w+\n", "\n\n")),
    "a word changed": ("words-differ", text("nothing at all", "nothing")),
    "a word lost": ("words-differ", text("You may bring", "You bring")),
}
