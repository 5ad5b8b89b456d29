"""Words said against words heard, without an ear; and what the check tells of it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from leafcast.build.pipeline import Request, build
from leafcast.checks import CHECKS, listening, run_checks
from leafcast.checks.transcript import read_cues
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Report, Severity
from leafcast.execution.print_pool import PrintPool
from leafcast.execution.request import Silent
from leafcast.narration.listening import proof
from leafcast.narration.listening.ear import HeardWord
from leafcast.narration.listening.likeness import decisive, nearly_alike, sound_like_a_name
from leafcast.narration.listening.proof import Difference, Heard, differences, word_errors
from leafcast.narration.model import Clip, Utterance
from leafcast.practice.project import Project, load_project
from leafcast.readers.folder import read_articles
from leafcast.state.cache import Cache
from tests.conftest import write_practice


def told(spoken: str, heard: str) -> list[str]:
    words = tuple(
        HeardWord(word, n * 100, n * 100 + 90, 1.0) for n, word in enumerate(heard.split())
    )
    return [f"{each.said} > {each.heard} @{each.at}" for each in differences(spoken, words)]


@pytest.mark.parametrize(
    ("spoken", "heard"),
    [
        ("You sit down, and we talk for fifty minutes.", "You sit down and we talk for 50 minutes"),
        ("You sit down and we talk.", "you sit down, and wetalk"),
        ("Your counsellor’s centre.", "Your councillor's center"),
        ("Sarah James", "Sara James"),
        ("Call one one six, one two three.", "Call 116-123."),
        ("Call nine nine nine, or go to A and E.", "Call 999 or go to A&E"),
        ("Call N H S one one one.", "Call NHS 111."),
        ("oh three oh oh, one two three", "0300 123"),
        ("in twenty twenty-six", "in 2026"),
        ("You can reach sarahjamestherapy dot co dot uk.", "You can reach Sarajamestherapy.co.uk."),
        ("the [Klein](/klˈIn/) school", "the Kline school"),
        ("so-called well-being", "so called wellbeing"),
        ("It’s two for the price.", "Its to four the price"),
    ],
)
def test_what_sounds_the_same_is_the_same(spoken: str, heard: str) -> None:
    assert told(spoken, heard) == []


@pytest.mark.parametrize(
    ("spoken", "heard", "found"),
    [
        ("You sit down and we talk.", "You sit and we talk", ["down >  @200"]),
        ("You sit and we talk.", "You sit sit and we talk", [" > sit @100"]),
        ("You sit and we talk.", "You sit and they walk", ["we talk > they walk @300"]),
        ("Nothing at all.", "", ["nothing at all >  @0"]),
        ("one one six, one two three", "116 132", [" > three @100", "three >  @190"]),
        ("oh three oh oh", "0330", [" > three @0", "oh >  @90"]),
        ("fifty minutes", "50 minutes", []),
        ("fifty minutes", "15 minutes", ["fifty > fifteen @0"]),
        ("six weeks", "60 weeks", [" > oh @0"]),
        ("You can.", "You can't", ["can > cant @100"]),
    ],
)
def test_what_differs_is_named_with_its_time(spoken: str, heard: str, found: list[str]) -> None:
    assert told(spoken, heard) == found


def test_a_text_is_read_as_a_whole() -> None:
    spoken = "By the twenty-fourth of November twenty twenty-six, sixty pounds."
    assert word_errors(spoken, "By 24 November 2026, £60.") == []
    assert word_errors(spoken, "By 25 November 2026, £60.") == [("fourth", "fifth")]


def test_a_number_to_dial_may_be_heard_as_a_range() -> None:
    assert word_errors("Call one one six, one two three.", "Call 116-123.") == []


def test_words_have_their_weight() -> None:
    assert Difference("a b c", "d", 0).weight == 3
    assert Difference("two", "", 0).numeric
    assert not Difference("to", "too", 0).numeric


# ---------------------------------------------------------------- one word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("possible", "impossible"), ("uncomfortable", "comfortable"), ("monday", "sunday"),
        ("smoke", "spoke"), ("increase", "decrease"), ("careful", "careless"), ("he", "she"),
        ("no", "number"), ("not", ""), ("fifty", "fifteen"), ("free", "three"), ("cant", "can"),
    ],
)  # fmt: skip
def test_words_of_the_dictionary_are_told_apart_however_near(one: str, other: str) -> None:
    assert not sound_like_a_name(one.split(), other.split())
    assert not sound_like_a_name(other.split(), one.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("counsellor", "councillor"), ("sarahjamestherapy", "sarajamestherapy"),
        ("winnicott", "winnicot"), ("their", "there"), ("wetalk", "we talk"), ("centre", "center"),
    ],
)  # fmt: skip
def test_what_an_ear_may_only_have_spelt_is_the_same(one: str, other: str) -> None:
    assert sound_like_a_name(one.split(), other.split())


class Ears:
    """A recogniser that hears what it is told to, and finds the script so much less likely."""

    def __init__(self, first: str, second: str, less_likely: float) -> None:
        self.first, self.second, self.less_likely = first, second, less_likely

    def words(self, text: str) -> tuple[HeardWord, ...]:
        return tuple(
            HeardWord(each, n * 100, n * 100 + 90, 1.0) for n, each in enumerate(text.split())
        )

    def hear(self, clip: Clip) -> tuple[HeardWord, ...]:
        return self.words(self.first)

    def hear_later(self, clip: Clip) -> tuple[HeardWord, ...]:
        return self.words(self.second)

    def likelihoods(self, clip: Clip, texts: list[str]) -> tuple[float, ...]:
        return (-10.0, *(-10.0 - self.less_likely for _ in texts[1:]))


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("The number is oh three oh oh, one two three.", "The number is 0300, 123."),
        ("Call nine nine nine.", "Call 999."),
        ("One of two people.", "One of two people."),
        ("One, two, three.", "One, two, three."),
        ("One two", "12"),
    ],
)
def test_a_number_to_dial_is_also_asked_for_as_the_ear_writes_it(spoken: str, written: str) -> None:
    assert proof.in_figures(spoken) == written


@pytest.mark.parametrize(
    ("spoken", "first", "second", "less_likely", "found"),
    [
        # what decides is believed sooner, where it is heard twice
        ("You may say no.", "You may say number.", "You may say number.", 1.6, ["no > number"]),
        ("You may say no.", "You may say number.", "You may say number.", 1.0, []),
        ("You may say no.", "You may say number.", "You may say now.", 1.6, []),
        ("Sixty pounds.", "Sixteen pounds.", "Sixteen pounds.", 1.6, ["sixty > sixteen"]),
        # what sounds nearly alike is believed later
        ("On Monday we meet.", "On Sunday we meet.", "On Sunday we meet.", 5.0, ["monday > sunday"]),
        ("On Monday we meet.", "On Sunday we meet.", "On Sunday we meet.", 4.2, []),
        ("We start at six.", "We started six.", "We started six.", 4.2, []),
        # and everything else as before, unless it is heard right the second time
        ("The door is open.", "The door is shut.", "The door is shut.", 3.1, ["open > shut"]),
        ("The door is open.", "The door is shut.", "The door is open.", 9.0, []),
        ("It is not so.", "It is so.", "It is so.", 3.1, ["not > "]),
        ("It is not so.", "It is so.", "It is so.", 2.9, []),
    ],
)  # fmt: skip
def test_how_much_less_likely_a_script_must_be(
    monkeypatch: pytest.MonkeyPatch, spoken: str, first: str, second: str, less_likely: float,
    found: list[str],
) -> None:  # fmt: skip
    ears = Ears(first, second, less_likely)
    for name in ("hear", "hear_later", "likelihoods"):
        monkeypatch.setattr(proof, name, getattr(ears, name))
    monkeypatch.setattr(proof, "repeats", lambda clip, spoken: ())
    clip = Clip(24_000, np.zeros(24_000, np.float32))
    heard = proof.proof(clip, Utterance("u", spoken, spoken))
    assert [f"{each.said} > {each.heard}" for each in heard.differences] == found


@pytest.mark.parametrize(("less_likely", "found"), [(3.5, ["oh > three"]), (-6.0, [])])
def test_digits_are_held_against_digits_written_alike(
    monkeypatch: pytest.MonkeyPatch, less_likely: float, found: list[str]
) -> None:
    """What was heard is written so that this ear finds it no likelier than other digits."""
    spoken, text = "Ring oh three oh oh, one two.", "Ring 0-3-3-0, 1-2."

    def likelihoods(clip: Clip, texts: list[str]) -> tuple[float, ...]:
        assert [each for each in texts if each.endswith(" 12.")] == ["Ring 0300, 12.", other]
        return tuple(-7.0 + less_likely if each == other else -7.0 for each in texts)

    other = "Ring 0330, 12."
    ears = Ears(text, text, 0.0)
    for name in ("hear", "hear_later"):
        monkeypatch.setattr(proof, name, getattr(ears, name))
    monkeypatch.setattr(proof, "likelihoods", likelihoods)
    monkeypatch.setattr(proof, "repeats", lambda clip, spoken: ())
    clip = Clip(24_000, np.zeros(24_000, np.float32))
    heard = proof.proof(clip, Utterance("u", spoken, spoken))
    assert [f"{each.said} > {each.heard}" for each in heard.differences] == found


# ---------------------------------------------------------------- the check


@pytest.fixture(scope="module")
def voiced(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A practice whose episode is made."""
    project = load_project(write_practice(tmp_path_factory.mktemp("voiced") / "practice"))
    report = Report()
    build(project, Request(editions=("episode",), jobs=1), Silent(), report)
    assert not report.exit_code
    return project


def listened(project: Project) -> list[Finding]:
    report = Report()
    (article,) = read_articles(project, report).values()
    assert article
    with closing(PrintPool(1)) as room:
        report.add(run_checks(Publication(article, project), (), room, ("listening",)))
    return [each for each in report.findings if each.code in ("said-otherwise", "not-listened")]


def hears(monkeypatch: pytest.MonkeyPatch, *wrong: Difference) -> None:
    """An ear that hears `wrong` in every “You sit down.”"""

    def hear(clip: Clip, utterance: Utterance, cache: Cache) -> Heard:
        return Heard("What I heard.", wrong if utterance.shown == "You sit down." else ())

    monkeypatch.setattr(listening, "listen", hear)


def test_a_wrong_word_is_told_with_the_time_to_jump_to(
    voiced: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    hears(monkeypatch, Difference("sit", "stand", 48_000))
    (finding,) = listened(voiced)
    assert (finding.code, finding.severity) == ("said-otherwise", Severity.WARNING)
    assert "“stand” instead of “sit”" in finding.message
    assert "of its part 2 (“What happens”)" in finding.message
    assert "Written: “You sit down.” Heard: “What I heard.”" in finding.message
    cues = read_cues((voiced.dist / "quiet-hour/quiet-hour.vtt").read_text("utf-8"))
    (start,) = (start for start, _, words in cues if words == "You sit down.")
    assert finding.message.startswith(f"At 0:{start // 1000 + 2:02} of the episode, 0:05 of")


@pytest.mark.parametrize(
    "wrong",
    [Difference("you sit down", "", 0), Difference("two", "three", 0), Difference("", "a b c", 0)],
)
def test_a_clause_and_a_number_are_errors(
    voiced: Project, monkeypatch: pytest.MonkeyPatch, wrong: Difference
) -> None:
    hears(monkeypatch, wrong)
    (finding,) = listened(voiced)
    assert finding.severity == Severity.ERROR


def test_all_well_is_no_finding(voiced: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    hears(monkeypatch)
    assert listened(voiced) == []


def test_without_an_ear_it_was_not_checked(
    voiced: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "missing", lambda: "an ear (pip install leafcast[listen])")
    (finding,) = listened(voiced)
    assert finding.severity == Severity.NOT_CHECKED
    assert "pip install leafcast[listen]" in finding.message


def test_sound_that_is_not_here_was_not_listened_to(practice: Path) -> None:
    (finding,) = listened(load_project(practice))
    assert finding.severity == Severity.NOT_CHECKED
    assert "by the voice “tone” is not here" in finding.message


def test_a_build_listens_when_it_is_asked(voiced: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    hears(monkeypatch, Difference("sit", "stand", 0))
    for checks, found in (((), []), (("listening",), ["said-otherwise"])):
        report = Report()
        build(voiced, Request(editions=("episode",), jobs=1, checks=checks), Silent(), report)
        assert [each.code for each in report.findings if each.code == "said-otherwise"] == found


def test_only_what_takes_long_is_made_on_request() -> None:
    assert [name for name, check in CHECKS.items() if check.on_request] == ["listening"]


def test_many_is_not_taken_for_any_though_they_sound_nearly_alike() -> None:
    assert decisive(["many"], ["any"])
    assert not nearly_alike(["many"], ["any"])
    assert not decisive(["many"], ["men"])
    assert word_errors("Many people.", "Any people.") == [("many", "any")]
