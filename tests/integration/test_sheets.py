"""Every sheet that leaves for a printer, against veraPDF's PDF/UA-1 profile; and sheets spoilt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from leafcast.print.imposition.folds import FOLDS, TRIFOLD, Fold
from leafcast.print.test_sheet import write_test_sheet
from tests.conftest import ARTICLE
from tests.integration.verapdf import failed_rules
from tests.test_imposition import leaflets
from tests.test_leaflet import publications

__all__ = ["leaflets", "publications"]
pytestmark = pytest.mark.integration


@pytest.mark.parametrize("fold", FOLDS, ids=lambda fold: fold.name)
def test_every_sheet_conforms(fold: Fold, leaflets: Any, tmp_path: Path) -> None:
    found = {}
    for suffix, content in leaflets[fold.name].items():
        path = tmp_path / f"{suffix or 'read'}.pdf"
        path.write_bytes(content)
        found[path.name] = failed_rules(path)
    assert found == {
        "read.pdf": {},
        "print.pdf": {},
        "print-long-edge.pdf": {},
        "print-shop.pdf": {},
    }


def test_the_test_sheet_conforms(publications: Any, tmp_path: Path) -> None:
    (path,) = write_test_sheet(publications[ARTICLE.stem], tmp_path)
    assert failed_rules(path) == {}


def test_a_mark_that_is_no_artifact_is_found(leaflets: Any, tmp_path: Path) -> None:
    path = tmp_path / "spoilt.pdf"
    path.write_bytes(leaflets[TRIFOLD.name]["print"])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        side = pdf.pages[0].obj
        marked = side.Contents.read_bytes()
        bare = marked.replace(b"/Artifact <</Type /Page>> BDC", b"").removesuffix(b"EMC\n")
        assert bare != marked
        side.Contents = pdf.make_stream(bare)
        pdf.save(path)
    assert any(rule.startswith("7.1-3") for rule in failed_rules(path))
