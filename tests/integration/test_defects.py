"""Which of us finds which defect: the oracle, veraPDF, page-validation.

tests/golden/defects.txt is that table, for the torture article's A4 leaflet. Every defect must
be found by somebody; the oracle finds those that no validator can know of.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jpype.config
import page
import pytest

from leafcast.print.layout import lay_out
from leafcast.print.typesetting import A4
from tests.conftest import ROOT
from tests.defects import DEFECTS, spoiled
from tests.integration.verapdf import failed_rules
from tests.test_leaflet import TORTURE, publications
from tests.test_oracle import faults

__all__ = ["publications"]
pytestmark = pytest.mark.integration
jpype.config.destroy_jvm = False  # at its end it may crash, after so many damaged files
GOLDEN = ROOT / "tests/golden/defects.txt"


def test_every_defect_is_found_by_somebody(publications: Any, tmp_path: Path) -> None:
    publication = publications[TORTURE.stem]
    good = lay_out(publication, A4)
    rows = []
    for defect in DEFECTS:
        bad = spoiled(good, defect.spoil)
        path = tmp_path / "bad.pdf"
        path.write_bytes(bad)
        codes = {fault.code for fault in faults(bad, publication, "a4")}
        assert defect.code in codes
        report = page.validate_pdf_bytes(bad, profile="ua1")
        rows.append(
            f"{defect.name}: {defect.code}"
            f" | veraPDF {', '.join(sorted(failed_rules(path))) or 'nothing'}"
            f" | page-validation {'fails' if report.failures else 'nothing'}"
        )
    told = "\n".join(rows) + "\n"
    alone = sum("veraPDF nothing | page-validation nothing" in row for row in rows)
    told += f"\n{len(rows)} defects; {alone} of them found by the oracle alone\n"
    assert told == GOLDEN.read_text("utf-8"), told
