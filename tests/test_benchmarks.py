"""What the table of makers rests on: a PDF's words by its tags, and blocks that are whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import benchmarks.__main__
from benchmarks.blocks import HEADINGS, count_whole, source_blocks
from benchmarks.measures import Figure
from benchmarks.mutants import JUDGES, without_types
from benchmarks.structure import Element, read_elements
from benchmarks.typst_source import quoted, typst_source
from leafcast.document.article import Article
from leafcast.readers import read_article
from tests.conftest import ARTICLE, ROOT
from tests.small_pdfs import Standard, Tag, document, save, small_pdf, tag

TORTURE = ROOT / "tests/cases/articles/torture.md"


def article_of(path: Path) -> Article:
    article = read_article(path, path.parent).article
    assert article
    return article


def written(tree: Tag, folder: Path) -> Path:
    path = folder / "small.pdf"
    path.write_bytes(save(small_pdf(tree, Standard.UA_1), "1.7"))
    return path


# ---------------------------------------------------------------- reading tags


def test_words_are_read_in_the_order_of_the_tags(tmp_path: Path) -> None:
    tree = document(tag("L", tag("LI", tag("Lbl", "1."), tag("LBody", "A worry"))))
    assert read_elements(written(tree, tmp_path)) == [
        Element("Document", "A quiet hour1.A worry"),
        Element("H1", "A quiet hour"),
        Element("L", "1.A worry"),
        Element("LI", "1.A worry"),
        Element("Lbl", "1."),
        Element("LBody", "A worry"),
    ]


def test_artifacts_say_nothing(tmp_path: Path) -> None:
    tree = document(tag("P", "Some words."), tag("Artifact", "Page 1"))
    words = [element.words for element in read_elements(written(tree, tmp_path))]
    assert words == ["A quiet hourSome words.", "A quiet hour", "Some words."]


def test_a_file_without_tags_says_nothing(tmp_path: Path) -> None:
    pdf = small_pdf(document())
    del pdf.Root.StructTreeRoot
    path = tmp_path / "untagged.pdf"
    path.write_bytes(save(pdf, "1.7"))
    assert read_elements(path) == []


# ---------------------------------------------------------------- whole blocks


def as_tags(article: Article) -> list[Tag]:
    """Each block of the article as one element of the first of its types."""
    return [
        tag("H2" if block.kinds == HEADINGS else min(block.kinds - {"Title"}), block.words)
        for block in source_blocks(article)
    ]


SHORT = """\
---
title: A Quiet Hour
author: Jo Example
published: 2026-03-01
review: 2028-03-01
---

This is how it begins. It is a quiet hour.

## What happens

You may bring:

- a worry
- a question
"""


@pytest.fixture
def short(tmp_path: Path) -> Article:
    path = tmp_path / "quiet-hour.md"
    path.write_text(SHORT, encoding="utf-8")
    return article_of(path)


def counted(article: Article, tags: list[Tag], folder: Path) -> tuple[int, int, int]:
    kept = count_whole(article, written(tag("Document", *tags), folder))
    return kept.blocks, kept.letters, kept.exact


def test_each_block_that_is_one_element_is_whole(short: Article, tmp_path: Path) -> None:
    assert counted(short, as_tags(short), tmp_path) == (6, 6, 6)


def test_a_block_in_two_elements_is_not(short: Article, tmp_path: Path) -> None:
    tags = as_tags(short)
    tags[1:2] = [tag("P", "This is how it begins. "), tag("P", "It is a quiet hour.")]
    assert counted(short, tags, tmp_path) == (6, 5, 5)


def test_a_block_without_its_spaces_has_its_letters(short: Article, tmp_path: Path) -> None:
    tags = as_tags(short)
    tags[1] = tag("P", "This is how it begins. It is a quiethour.")
    assert counted(short, tags, tmp_path) == (6, 6, 5)


def test_a_heading_as_a_paragraph_is_not_whole(short: Article, tmp_path: Path) -> None:
    tags = as_tags(short)
    tags[2] = tag("P", "What happens")
    assert counted(short, tags, tmp_path) == (6, 5, 5)


def test_blocks_in_another_order_are_not_all_whole(short: Article, tmp_path: Path) -> None:
    tags = as_tags(short)
    assert counted(short, [*tags[:4], tags[5], tags[4]], tmp_path) == (6, 5, 5)


# ---------------------------------------------------------------- the other makers


@pytest.mark.parametrize("path", [ARTICLE, TORTURE], ids=lambda path: path.stem)
def test_typst_sets_every_block(path: Path, tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    article = article_of(path)
    source, out = tmp_path / "article.typ", tmp_path / "article.pdf"
    source.write_text(typst_source(article, "Atkinson Hyperlegible Next"), encoding="utf-8")
    (tmp_path / "armchairs.png").write_bytes((TORTURE.parent / "armchairs.png").read_bytes())
    typst.compile(source, out, font_paths=[ROOT / "templates/shared/fonts"], pdf_standards=["ua-1"])
    kept = count_whole(article, out)
    assert kept.exact >= kept.blocks - 2 * len(article.notes)


def test_words_cannot_end_a_string_of_typst() -> None:
    assert quoted('a "b" \\ c') == '"a \\"b\\" \\\\ c"'


def test_makers_and_judge_work_as_processes(practice: Path, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        command = [sys.executable, "-m", *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    run("benchmarks.makers", "lay-ready", str(practice), str(tmp_path))
    run("benchmarks.makers", "weasyprint", str(tmp_path / "article.html"), str(tmp_path / "w.pdf"))
    run("benchmarks.makers", "leafcast", str(practice), str(tmp_path / "ours"), "a4")
    ours = tmp_path / "ours/a4/quiet-hour-a4.pdf"
    said = json.loads(
        run("benchmarks.judging", str(practice), str(ours), str(tmp_path / "w.pdf")).splitlines()[
            -1
        ]
    )
    assert said["0 exact"] == said["0 blocks"] == said["1 blocks"] > 6
    assert said["0 failed"] == 0


# ---------------------------------------------------------------- what fails


@pytest.mark.parametrize(
    ("figure", "asked", "code", "told"),
    [
        (Figure("a ratio", 1.5, "", 2.0, goal=1.2), (), 0, "goal 1.2, not reached"),
        (Figure("a ratio", 1.1, "", 2.0, goal=1.2), (), 0, "goal 1.2\n"),
        (Figure("a ratio", 2.5, "", 2.0, goal=1.2), ("--ratios",), 1, "MISSED"),
        (Figure("a time", 2.5, "s", 2.0), (), 1, "MISSED"),
        (Figure("a time", 2.5, "s", 2.0), ("--ratios",), 0, "MISSED"),
        (Figure("memory", 2.5, "MiB", 2.0), ("--ratios",), 1, "MISSED"),
        (Figure("found", 3, "", least=4), ("--ratios",), 1, "at least 4"),
    ],
)
def test_what_is_held_fails_and_a_goal_is_told(
    figure: Figure,
    asked: tuple[str, ...],
    code: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(benchmarks.__main__.MEASURES, "post", lambda: iter((figure,)))
    monkeypatch.setattr(sys, "argv", ["benchmarks", "post", *asked])
    assert benchmarks.__main__.main() == code
    assert told in capsys.readouterr().out


def test_a_mutant_of_annotations_is_none() -> None:
    plain = "def f(a: int | None = 1) -> str | int:\n    b: int | str = a or 2\n    return b\n"
    assert without_types(plain) == without_types(plain.replace("|", "+"))
    assert without_types(plain) != without_types(plain.replace("or", "and"))
    assert without_types(plain) != without_types(plain.replace("1", "0"))


def test_each_module_of_mutants_has_tests_that_judge_it() -> None:
    for module, names in JUDGES.items():
        assert (ROOT / module).is_file()
        assert all((ROOT / f"tests/test_{name}.py").is_file() for name in names)


@pytest.mark.skipif(os.name == "nt", reason="it forks")
def test_a_jury_kills_what_its_tests_notice_and_nothing_else(tmp_path: Path) -> None:
    """And the tests that run a line come first, the quick ones before the others."""
    from benchmarks.jury import Control

    module = tmp_path / "half.py"
    module.write_text("def half(n):\n    return n // 2\n\n\ndef twice(n):\n    return n + n\n")
    (tmp_path / "test_half.py").write_text(
        "import time\nfrom half import half, twice\n\n"
        "def test_slow():\n    time.sleep(0.2)\n    assert half(4) == 2\n\n"
        "def test_quick():\n    assert half(6) == 3\n\n"
        "def test_other():\n    assert twice(2) == 4\n"
    )
    source = module.read_text()
    mutants = [
        (2, source.replace("//", "%")), (2, source.replace("//", "/")),
        (6, source.replace("n + n", "n * n")), (6, source.replace("n + n", "n")),
    ]  # fmt: skip
    asked = [[line, line, text] for line, text in mutants]
    (tmp_path / "mutants.json").write_text(json.dumps(asked))
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.jury", "half.py", "mutants.json", "test_half.py"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    assert [json.loads(each) for each in done.stdout.split()] == [True, False, False, True]
    assert module.read_text() == source
    control = Control(
        {"slow": 2.0, "quick": 1.0, "other": 0.1}, {2: ["slow", "quick"], 6: ["other"]}
    )
    assert control.turns(1, 3) == ["quick", "slow", "other"]
