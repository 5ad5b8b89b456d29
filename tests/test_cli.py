"""The commands as an owner types them: exit codes, words, and no traceback ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PRACTICE, ROOT
from tests.warm import run_warm


def leafcast(practice: Path, *arguments: str, code: int = 0) -> str:
    """Run the program; everything it printed. Fails when the exit code is another.

    One job needs no processes to lay out in; how many there are is tried by `started` and elsewhere.
    """
    if arguments[0] == "build" and "--jobs" not in arguments:
        arguments = (*arguments, "--jobs", "1")
    asked = (*arguments, "--project", str(practice))
    return _told(code, *run_warm(asked, practice, {**os.environ, "PYTHONPATH": str(ROOT)}))


def started(practice: Path, *arguments: str, code: int = 0) -> str:
    """The same by an interpreter of its own, with as many jobs as there are cores."""
    done = subprocess.run(
        [sys.executable, "-m", "leafcast", *arguments, "--project", str(practice)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=practice,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    return _told(code, done.returncode, done.stdout + done.stderr)


def _told(wanted: int, code: int, printed: str) -> str:
    assert code == wanted, printed
    assert "Traceback" not in printed
    return printed


def test_a_build_says_what_it_made_and_the_next_that_nothing_is_to_do(practice: Path) -> None:
    said = started(practice, "build", "--edition", "a4", "--edition", "episode")
    assert "quiet-hour-a4.pdf" in said
    assert "page" in said
    assert "quiet-hour.mp3" in said
    assert "Nothing to do" in started(practice, "build", "--edition", "a4", "--edition", "episode")


def test_a_slug_alone_means_build(practice: Path) -> None:
    assert "quiet-hour-a4.pdf" in leafcast(practice, "quiet-hour", "--edition", "a4")


def test_a_build_ends_with_what_to_print_and_to_hear(practice: Path) -> None:
    said = leafcast(practice, "build", "--edition", "trifold", "--edition", "episode")
    *before, printed, heard, last = said.splitlines()
    dist = practice / "dist/quiet-hour"
    assert "All is well." in before or "to look at" in said  # advice may stand below it
    assert printed == f"To print:   {dist}/quiet-hour-trifold-print.pdf, 2 pages"
    assert heard.startswith(f"To listen:  {dist}/quiet-hour.mp3, ")
    assert last.startswith("All ") and last.endswith("--files names each.")
    assert len(said.splitlines()) < 24


def test_a_check_says_that_all_is_in_order_and_what_falls_due(practice: Path) -> None:
    leafcast(practice, "build", "--edition", "a4")
    said = leafcast(practice, "check").splitlines()[-1]
    assert said.startswith("1 article, ")
    assert "all in order. Next to be read again: “A Quiet Hour”, by 1 March 2028." in said


def test_why_says_why(practice: Path) -> None:
    said = leafcast(practice, "build", "--edition", "a4", "--why")
    assert "quiet-hour: a4: it was not made yet" in said


def test_print_shop_adds_a_file_with_bleed(practice: Path) -> None:
    said = leafcast(practice, "build", "--edition", "booklet", "--print-shop", "--files")
    assert "quiet-hour-booklet-print-shop.pdf" in said


def test_quiet_says_nothing_when_all_is_well(practice: Path) -> None:
    assert leafcast(practice, "build", "--edition", "a4", "--quiet") == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("build", "quiet-our"), "quiet-our"),
        (("build", "--edition", "a5"), "booklet"),
        (("build", "--voice", "kokorro"), "kokoro"),
        (("build", "--jobs", "0"), "--jobs"),
        (("build", "--colour"), "--colour"),
    ],
)
def test_wrong_use_is_exit_code_2(practice: Path, arguments: tuple[str, ...], words: str) -> None:
    assert words in leafcast(practice, *arguments, code=2)


def test_a_misspelt_setting_is_named_with_its_line(practice: Path) -> None:
    text = PRACTICE.replace("website", "websit")
    (practice / "source/practice.toml").write_text(text, encoding="utf-8")
    said = leafcast(practice, "build", code=2)
    assert "source/practice.toml:4" in said
    assert "website" in said


def test_a_fault_in_an_article_is_exit_code_1_with_its_line(practice: Path) -> None:
    path = practice / "source/quiet-hour.md"
    path.write_text(path.read_text("utf-8").replace("2026-03-01", "1 March"), encoding="utf-8")
    said = leafcast(practice, "build", code=1)
    assert "source/quiet-hour.md:4" in said


def test_strict_fails_on_what_otherwise_deserves_a_look(practice: Path) -> None:
    with (practice / "source/practice.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[credential]]\nname = "MBACP"\nexpires = 2026-01-01\n')
    assert "MBACP" in leafcast(practice, "build", "--edition", "a4")
    leafcast(practice, "build", "--edition", "a4", "--strict", code=1)


def test_check_finds_what_was_changed_since(practice: Path) -> None:
    started(practice, "build")
    leafcast(practice, "check")
    (practice / "dist/quiet-hour/quiet-hour.mp3").write_bytes(b"")
    (practice / "dist/quiet-hour/quiet-hour-a4.pdf").unlink()
    said = leafcast(practice, "check", code=1)
    assert "dist/quiet-hour/quiet-hour.mp3: This file is not as it was made" in said
    assert "dist/quiet-hour/quiet-hour-a4.pdf: This file is missing" in said


def test_a_new_article_is_built_once_it_is_written(practice: Path) -> None:
    leafcast(practice, "new", 'What is "grief"?')
    article = practice / "source/what-is-grief.md"
    said = leafcast(practice, "what-is-grief", "--edition", "a4")
    assert "not written yet" in said and not (practice / "dist/what-is-grief").exists()
    head = article.read_text("utf-8").partition("\n---\n")[0]
    article.write_text(f"{head}\n---\n\nIt comes in waves.\n", "utf-8")
    assert "what-is-grief-a4.pdf" in leafcast(practice, "what-is-grief", "--edition", "a4")
    leafcast(practice, "new", "What is grief", code=2)


def test_voices_are_listed_and_the_chosen_one_is_marked(practice: Path) -> None:
    listed = leafcast(practice, "voices").splitlines()
    assert any(line.startswith("* tone") and "ready" in line for line in listed)
    assert any(" kokoro" in line for line in listed)


def test_clean_says_how_much_it_freed(practice: Path) -> None:
    leafcast(practice, "build")
    assert "Freed" in leafcast(practice, "clean")


def test_a_folder_without_a_practice_says_what_to_do(tmp_path: Path) -> None:
    assert "--project" in leafcast(tmp_path, "build", code=2)


def test_the_script_shows_what_will_be_said_and_when(practice: Path) -> None:
    path = practice / "source/quiet-hour.md"
    path.write_text(path.read_text("utf-8") + "\nIt costs £60 at 5.30pm.\n", encoding="utf-8")
    shown = leafcast(practice, "script", "quiet-hour")
    assert "01 Introduction" in shown
    assert "0:00 * A Quiet Hour.  ‖ 0.6 s, announcement" in shown
    assert "It costs sixty pounds at five thirty p m." in shown
    assert "[It costs £60 at 5.30pm.]" in shown
    assert "quiet-our" in leafcast(practice, "script", "quiet-our", code=2)
    assert "kokoro" in leafcast(practice, "script", "--voice", "kokorro", code=2)


def test_the_script_of_an_article_that_cannot_be_read_says_why(practice: Path) -> None:
    path = practice / "source/quiet-hour.md"
    path.write_text(path.read_text("utf-8").replace("2026-03-01", "1 March"), encoding="utf-8")
    assert "source/quiet-hour.md:4" in leafcast(practice, "script", code=1)


def test_the_lexicon_is_listed_and_travels(practice: Path) -> None:
    assert "B A C P" in leafcast(practice, "lexicon")
    leafcast(practice, "lexicon", "--export", str(practice / "words.pls"))
    assert "<grapheme>Klein</grapheme>" in (practice / "words.pls").read_text("utf-8")
    assert "Added" in leafcast(practice, "lexicon", "--import", str(practice / "words.pls"))
    assert "stays as you have it" in leafcast(
        practice, "lexicon", "--import", str(practice / "words.pls")
    )
    assert "not XML" in leafcast(
        practice, "lexicon", "--import", str(practice / "source/practice.toml"), code=2
    )
