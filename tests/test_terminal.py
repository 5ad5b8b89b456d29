"""What is printed: control characters are shown, never obeyed; and a command may follow its options."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from leafcast.commands.changes import show_unknown
from leafcast.commands.cli import COMMANDS, leafcast
from leafcast.commands.findings import show_findings
from leafcast.commands.progress import PlainWatcher, TerminalWatcher
from leafcast.commands.terminal import as_signs
from leafcast.document.report import Finding, Place, Report, Severity
from tests.conftest import ROOT

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal would do instead of showing it (ECMA-48; UAX #9)."""
EVIL = "a\x1b]0;PWNED\x07\x1b[2Jb\x9b2J\x7f\r\u202egnp.exe"


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("It is a quiet hour.", "It is a quiet hour."),
        ("a\x1b]0;P\x07b", "a␛]0;P␇b"),
        ("a\x1b[2J\x00\x7f", "a␛[2J␀␡"),
        ("one\rtwo\bthree", "one␍two␈three"),
        ("\x9b2J\x85", "�2J�"),
        ("\u202egnp.exe\u2066", "�gnp.exe�"),
        ("\ud800", "�"),
        ("Line\n  line\tend", "Line\n  line\tend"),
        ("dŵr – “שלום” 👩‍💻 é", "dŵr – “שלום” 👩‍💻 é"),
    ],
)
def test_control_characters_are_shown_as_signs(words: str, printed: str) -> None:
    assert as_signs(words) == printed


def test_every_sign_is_shown_or_harmless() -> None:
    assert not OBEYED.search(as_signs("".join(map(chr, range(0x3000)))))


def test_nothing_prints_but_through_one_place() -> None:
    for path in (ROOT / "leafcast/commands").glob("*.py"):
        text = path.read_text("utf-8")
        assert text.count("click.echo") == (path.name == "terminal.py")
        assert not re.search(r"\bprint\((?!why)|secho|std(out|err)\.write", text)


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert not OBEYED.search(out + err)
    return out + err


def test_findings_steps_and_names_are_cleaned(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    report.add([Finding("odd", Severity.ERROR, EVIL, EVIL, Place(f"source/{EVIL}.md", 3))])
    show_findings(report, quiet=False)
    PlainWatcher(why=True, quiet=False).step(EVIL)
    PlainWatcher(why=True, quiet=False).why(EVIL, "a4", EVIL)
    show_unknown([EVIL])
    said = printed(capsys)
    assert said.count("a␛]0;PWNED␇␛[2Jb") == 7


def test_a_name_on_two_lines_looks_like_no_line_of_ours(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = Report()
    name = "x\n\nTo put right:\n  all is well"
    report.add([Finding("odd", Severity.ERROR, name, name, Place(name))])
    show_findings(report, quiet=False)
    lines = printed(capsys).splitlines()
    assert len(lines) == 4 and lines[1] == "To put right:"


def test_the_bar_shows_them_too_and_takes_no_words_for_its_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """rich reads [bold] and [/x] as its own; a title may hold them."""
    watcher = TerminalWatcher(why=True)
    watcher.step(f"Publishing [bold]Words[/x] {EVIL}")
    watcher.voicing(f"[/x] {EVIL}", 0.5)
    watcher.why(f"[/x]{EVIL}", "a4", "[red]")
    watcher.progress.console.print(watcher.progress.get_renderable())
    said = re.sub(r"\x1b\[[0-9;?]*[mlhK]", "", capsys.readouterr().out)  # the bar's own colours
    assert "[bold]Words[/x]" in said and "[red]" in said
    assert not OBEYED.search(said)


def test_a_picture_with_an_evil_name(practice: Path) -> None:
    path = practice / "source/quiet-hour.md"
    text = path.read_text("utf-8") + "\n![a picture of it](a%1b%5d0;PWNED%07%1b%5b2Jb.png)\n"
    path.write_text(text, encoding="utf-8")
    for command in (["check"], ["build", "--edition", "a4"]):
        done = CliRunner().invoke(leafcast, [*command, "--project", str(practice)])
        assert "PWNED" in done.output
        assert not OBEYED.search(done.output)


@pytest.mark.skipif("sys.platform == 'win32'", reason="Windows has no such names")
def test_a_file_with_an_evil_name(practice: Path) -> None:
    (practice / "source/evil\x1b]0;PWNED\x07.md").write_text("# Words\n\nWords.\n")
    done = CliRunner().invoke(leafcast, ["check", "--project", str(practice)])
    assert "evil␛]0;PWNED␇.md" in done.output
    assert not OBEYED.search(done.output)


def test_a_folder_with_an_evil_name() -> None:
    done = CliRunner().invoke(leafcast, ["check", "--project", "no\x1b[2J"])
    assert done.exit_code == 2
    assert not OBEYED.search(done.output)


# ---------------------------------------------------------------- where the command stands


def asked(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[str, dict[str, object]]:
    """The command that is run, and with what."""
    called: list[tuple[str, dict[str, object]]] = []
    for name in COMMANDS:
        monkeypatch.setattr(
            import_module(f"leafcast.commands.{name}").command,
            "callback",
            lambda name=name, **given: called.append((name, given)),
        )
    done = CliRunner().invoke(leafcast, arguments)
    assert done.exit_code == 0, done.output
    (found,) = called
    return found


@pytest.mark.parametrize(
    ("arguments", "command", "slugs"),
    [
        ("", "build", ()),
        ("quiet-hour", "build", ("quiet-hour",)),
        ("--strict quiet-hour", "build", ("quiet-hour",)),
        ("--project {} build", "build", ()),
        ("--project {} build --voice tone", "build", ()),
        ("--project={} build quiet-hour", "build", ("quiet-hour",)),
        ("--project {} --strict build quiet-hour", "build", ("quiet-hour",)),
        ("--project {} check quiet-hour", "check", ("quiet-hour",)),
        ("--project {} quiet-hour", "build", ("quiet-hour",)),
        ("--voice tone quiet-hour", "build", ("quiet-hour",)),
        ("--edition check", "build", ()),
        ("build check", "build", ("check",)),
    ],
)
def test_a_command_may_follow_its_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: str, command: str,
    slugs: tuple[str, ...],
) -> None:  # fmt: skip
    name, given = asked(arguments.format(tmp_path).split(), monkeypatch)
    assert name == command
    assert given["slugs"] == slugs
    if "project" in arguments:
        assert given["folder"] == tmp_path


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["chek"], "check"),
        (["voice"], "voices"),
        (["previw", "--voice", "tone"], "preview"),
        (["quiet-our"], "quiet-hour"),
        (["--edition", "triforld"], "trifold"),
        (["--edition", "bookelt", "quiet-hour"], "booklet"),
    ],
)
def test_a_mistyped_word_gets_what_was_meant(
    practice: Path, arguments: list[str], meant: str
) -> None:
    done = CliRunner().invoke(leafcast, [*arguments, "--project", str(practice)])
    assert done.exit_code == 2
    assert f"Did you mean “{meant}”?" in done.output


def test_help_says_a_whole_sentence_of_each_command() -> None:
    said = CliRunner().invoke(leafcast, ["--help"], terminal_width=80).output
    assert "…" not in said and "..." not in said.partition("Commands")[2]
    assert all(f"  {name} " in said for name in COMMANDS)
