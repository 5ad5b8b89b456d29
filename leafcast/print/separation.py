"""Colour separation: a leaflet's colours as the four inks of a print shop.

A file in RGB is turned into inks by whoever opens it, and nobody says how: `design/inks.py` does,
for what is drawn, for blends of colours and for pictures.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from leafcast.design.inks import CONDITION, PROFILE, Colour, inks_in, inks_of

JPEG_QUALITY: Final = 92


def separate(pdf: pikepdf.Pdf) -> None:
    """Turn all colours of a file into inks, and name the printing condition they are meant for.

    Blends of colours, pictures and what is transparent go along; masks become grey.
    """
    contents = {stream.objgen for page in pdf.pages for stream in _parts(page.obj.get("/Contents"))}
    masks = {each.SMask.G.objgen for each in _states(pdf) if "/G" in each.get("/SMask", {})}
    for each in list(pdf.objects):
        inks = _grey if each.objgen in masks else inks_of
        if isinstance(each, pikepdf.Stream):
            _separate_stream(each, inks, is_page=each.objgen in contents)
        if isinstance(each, Dictionary | pikepdf.Stream):
            resources = each.get("/Resources", Dictionary())
            _separate_blends(resources, inks)
            _forget_screens(resources.get("/ColorSpace", Dictionary()))
    _declare(pdf)


def _forget_screens(spaces: Any) -> None:
    """Take the spaces of screens out of a list of spaces by name."""
    for name in [name for name, space in spaces.items() if _is_rgb(space)]:
        del spaces[name]


def _states(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The graphics states of a file, which may stand in any resources."""
    for each in pdf.objects:
        if isinstance(each, Dictionary | pikepdf.Stream):
            resources = each if "/ExtGState" in each else each.get("/Resources", Dictionary())
            states = resources.get("/ExtGState", Dictionary())
            yield from (state for state in states.values() if isinstance(state, Dictionary))


def _parts(contents: Any) -> Iterable[Any]:
    if contents is None:
        return ()
    return contents if isinstance(contents, Array) else (contents,)


def _is_rgb(space: Any) -> bool:
    """Whether a colour space is one of red, green and blue, with a profile or without."""
    kind, of = (space[0], space[1]) if isinstance(space, Array) else (space, Dictionary())
    return kind in (Name.DeviceRGB, Name.CalRGB) or (kind == Name.ICCBased and int(of.N) == 3)


# ---------------------------------------------------------------- content, blends and pictures


def _grey(colour: Colour) -> tuple[float]:
    """How light a colour is in a mask (ISO 32000-1, 11.5.3)."""
    red, green, blue = colour
    return (round(0.3 * red + 0.59 * green + 0.11 * blue, 4),)


Inks = Callable[[Colour], tuple[float, ...]]
"""How a colour is written: as inks, or in a mask as grey."""
SPACES: Final = {inks_of: Name.DeviceCMYK, _grey: Name.DeviceGray}


def _separate_stream(stream: Any, inks: Inks, *, is_page: bool) -> None:
    kind = stream.get("/Subtype")
    if is_page or kind == Name.Form or stream.get("/PatternType") == 1:
        stream.write(bytes(pikepdf.unparse_content_stream(list(_instructions(stream, inks)))))
    elif kind == Name.Image and _is_rgb(stream.get("/ColorSpace")):
        _separate_picture(stream)
    group = stream.get("/Group", Dictionary())
    if _is_rgb(group.get("/CS")):
        group.CS = SPACES[inks]


def _instructions(stream: Any, inks: Inks) -> Iterator[Any]:
    """The instructions of a page, a form or a pattern, their colours in inks."""
    for each in pikepdf.parse_content_stream(stream):
        name = str(each.operator)
        if name in ("rg", "RG", "g", "G"):
            red, *others = (float(part) for part in each.operands)
            green, blue = others or (red, red)
            mixed = inks((red, green, blue))
            fill = "k" if len(mixed) == 4 else "g"
            yield mixed, Operator(fill if name.islower() else fill.upper())
        else:
            yield each


def _separate_picture(picture: Any) -> None:
    """A picture in RGB as one in inks; one in grey is black ink already."""
    lossy = picture.get("/Filter") == Name.DCTDecode
    seen = pikepdf.PdfImage(picture).as_pil_image().convert("RGB")
    inks = inks_in(seen)
    if lossy:
        written = io.BytesIO()
        inks.save(written, "JPEG", quality=JPEG_QUALITY, subsampling=0)
        picture.write(written.getvalue(), filter=Name.DCTDecode)
        picture.Decode = Array([1, 0] * 4)  # Pillow writes it as Adobe does: 0 is all ink
    else:
        picture.write(inks.tobytes())
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceCMYK, 8


def _separate_blends(resources: Any, inks: Inks) -> None:
    """The blends that a page, a form or a pattern draws with, and those of its patterns."""
    blends = list(resources.get("/Shading", Dictionary()).values())
    patterns = resources.get("/Pattern", Dictionary()).values()
    blends += [each.Shading for each in patterns if "/Shading" in each]
    for blend in blends:
        if _is_rgb(blend.get("/ColorSpace")):
            blend.ColorSpace = SPACES[inks]
            _separate_ends(blend.Function, inks)


def _separate_ends(function: Any, inks: Inks) -> None:
    """A function from one colour to another, or one of several such (ISO 32000-1, 7.10)."""
    for part in function.get("/Functions", ()):
        _separate_ends(part, inks)
    for end in ("/C0", "/C1"):
        if end in function:
            red, green, blue = (float(part) for part in function[end])
            function[end] = Array([*inks((red, green, blue))])


def _declare(pdf: pikepdf.Pdf) -> None:
    """The printing condition, as PDF/X and PDF/A ask for it: one profile for both."""
    profile = pdf.make_stream(PROFILE.read_bytes(), N=4)
    pdf.Root.OutputIntents = Array(
        pdf.make_indirect(
            Dictionary(
                Type=Name.OutputIntent,
                S=Name(standard),
                OutputConditionIdentifier=CONDITION,
                OutputCondition="Offset printing on coated paper (ISO 12647-2)",
                RegistryName="http://www.color.org",
                Info="Coated FOGRA39",
                DestOutputProfile=profile,
            )
        )
        for standard in ("/GTS_PDFX", "/GTS_PDFA1")
    )
