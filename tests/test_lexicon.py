"""The owner's lexicon: her word wins, slips are named, and it travels to other programs and back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafcast.checks.lexicon import check_lexicon
from leafcast.document.errors import SettingsError, UsageError
from leafcast.document.publication import Publication
from leafcast.document.report import Severity
from leafcast.narration.lexicon import FILE, Lexicon, read_lexicon
from leafcast.narration.listening.dictionary import guessed_words
from leafcast.narration.model import VoiceSpec
from leafcast.narration.phonemes import RESPELT, respelt, to_kokoro
from leafcast.narration.pls import import_pls, read_pls, with_entries, write_pls
from leafcast.narration.spoken import spoken_text
from leafcast.practice.project import load_project
from leafcast.readers import read_article
from tests.conftest import ROOT

KOKORO, TONE = VoiceSpec("k", "kokoro"), VoiceSpec("t", "tone")


def own(practice: Path, text: str, voice: VoiceSpec = TONE) -> Lexicon:
    """The lexicon of a practice whose own file has this text."""
    (practice / "audio").mkdir(exist_ok=True)
    (practice / FILE).write_text(text, encoding="utf-8")
    return read_lexicon(load_project(practice), voice)


# ---------------------------------------------------------------- what she writes is what is said


def test_her_spelling_wins_over_the_shipped_one(practice: Path) -> None:
    lexicon = own(practice, '[words]\n"GPs" = "family doctors"\n"Kooth" = "Kuth"\n')
    assert spoken_text("GPs, Kooth and the NHS", lexicon) == "family doctors, Kuth and the N H S"


def test_her_spelling_wins_over_shipped_sounds(practice: Path) -> None:
    assert spoken_text("Klein", own(practice, "", KOKORO)) == "[Klein](/klˈIn/)"
    assert spoken_text("Klein", own(practice, '[words]\n"Klein" = "Clean"\n', KOKORO)) == "Clean"


def test_sounds_go_to_the_voice_that_takes_them_and_spelling_to_the_others(practice: Path) -> None:
    text = '[ipa]\n"Bion" = "ˈbiːɒn"\n\n[words]\n"Bion" = "Bee-on"\n'
    assert spoken_text("Bion said", own(practice, text, KOKORO)) == "[Bion](/bˈiːɒn/) said"
    assert spoken_text("Bion said", own(practice, text, TONE)) == "Bee-on said"


@pytest.mark.parametrize(
    ("word", "ipa", "said"),
    [
        ("Klein’s", "klaɪn", "klˈInz"),
        ("Marks’s", "mɑːks", "mˈɑːksɪz"),
        ("Black's", "blæk", "blˈaks"),
    ],
)
def test_a_possessive_is_sounded_too(practice: Path, word: str, ipa: str, said: str) -> None:
    lexicon = own(practice, f'[ipa]\n"{word[:-2]}" = "{ipa}"\n', KOKORO)
    assert spoken_text(word, lexicon) == f"[{word}](/{said}/)"


def test_a_pattern_may_keep_a_part(practice: Path) -> None:
    lexicon = own(practice, "[patterns]\n'Step (\\d)\\b' = 'step number \\1'\n")
    assert spoken_text("Step 3 comes", lexicon) == "step number 3 comes"


def test_what_is_expanded_is_not_said(practice: Path) -> None:
    lexicon = own(practice, '[expansions]\n"MBACP" = "member of the BACP"\n')
    assert ("MBACP", "member of the BACP") in lexicon.expansions
    assert spoken_text("MBACP", lexicon) == "M B A C P"


def test_the_shipped_expansions_are_those_of_uk_counselling() -> None:
    expansions = dict(read_lexicon(load_project(ROOT)).expansions)
    assert set(expansions) == {
        "BACP", "UKCP", "NCPS", "BPC", "NHS", "CBT", "EMDR", "PTSD", "OCD", "ADHD", "GP", "A&E",
    }  # fmt: skip
    assert expansions["BACP"] == "British Association for Counselling and Psychotherapy"


@pytest.mark.parametrize(
    ("text", "line", "words", "fix"),
    [
        ('[word]\n"a" = "b"\n', 1, "word", "words"),
        ('[words]\n"Kooth" = 3\n', 2, "Kooth", "as it is said"),
        ('# mine\n\n[ipa]\n"Kooth" = "kʘθ"\n', 4, "ʘ", "dictionary"),
        ('[ipa]\n"Kooth" = ""\n', 2, "no sounds", "Write"),
        ("[patterns]\n'(Step' = 'x'\n", 2, "not a pattern", "[words]"),
        ("[patterns]\n'a{99999999999999999999}' = 'x'\n", 2, "not a pattern", "[words]"),
        (f"[patterns]\n'{'(' * 5000}a{')' * 5000}' = 'x'\n", 2, "not a pattern", "[words]"),
        ("[patterns]\n'a{2,1}' = 'x'\n", 2, "not a pattern", "[words]"),
        ("[patterns]\n'(?L)a' = 'x'\n", 2, "not a pattern", "[words]"),
        ("[patterns]\n'a' = '\\g<99999999999999999999>'\n", 2, "cannot be said", "brackets"),
        ("[patterns]\n'Step' = '\\1'\n", 2, "cannot be said", "brackets"),
        ("[patterns]\n'x*' = 'y'\n", 2, "everywhere", "letter"),
        ('[expansions]\n"GP" = " "\n', 2, "nothing", "stands for"),
        ('words = "x"\n', 1, "must be a table", "[words]"),
        ('[words]\n"Kooth = "Kuth"\n', 2, "cannot be read", "words in quotes"),
    ],
)
def test_a_slip_is_named_with_file_line_and_fix(
    practice: Path, text: str, line: int, words: str, fix: str
) -> None:
    with pytest.raises(SettingsError) as slip:
        own(practice, text)
    assert (slip.value.path, slip.value.line) == (FILE, line)
    assert words in slip.value.message
    assert fix in slip.value.hint


# ---------------------------------------------------------------- sounds


@pytest.mark.parametrize(
    ("ipa", "kokoro", "spelt"),
    [
        ("klaɪn", "klˈIn", "KLYN"),
        ("ˈsaɪkəʊ", "sˈIkQ", "SY-koh"),
        ("/ˈɡestɒlt/", "ɡˈɛstɒlt", "GES-tolt"),
        ("dʒʌŋ", "ʤˈʌŋ", "JUNG"),
        ("ˌkaʊnsəˈlɔː", "kˌWnsəlˈɔː", "kown-suh-LAW"),
        ("ˈtʃɪə", "ʧˈɪə", "CHEER"),
        ("ʃiːn", "ʃˈiːn", "SHEEN"),
    ],
)
def test_ipa_becomes_what_the_voice_reads_and_what_a_person_can(
    ipa: str, kokoro: str, spelt: str
) -> None:
    assert to_kokoro(ipa) == kokoro
    assert respelt(kokoro) == spelt


@given(st.text("AIWYQaɑɒɔəɛɜɪiuʊʌɐᵊᵻbdfhjklmnpstvwzɡŋɹʃʒʤʧθðˈˌː ", max_size=20))
def test_any_sounds_can_be_spelt(signs: str) -> None:
    told = respelt(signs)
    assert not set(told.casefold()) & (set("".join(RESPELT)) - set("abcdefghijklmnopqrstuvwxyz"))


# ---------------------------------------------------------------- PLS

PLS = """\
<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"
         alphabet="ipa" xml:lang="en-GB">
  <lexeme><grapheme>Bion</grapheme><phoneme>ˈbaɪən</phoneme><phoneme prefer="true">ˈbiːɒn</phoneme></lexeme>
  <lexeme><grapheme>ACT</grapheme><grapheme>A.C.T.</grapheme><alias>act</alias></lexeme>
  <lexeme><grapheme>Xhosa</grapheme><phoneme>ˈǁʰɔːsa</phoneme></lexeme>
  <lexeme><grapheme>SAMPA</grapheme><phoneme alphabet="x-sampa">s{mp@</phoneme></lexeme>
</lexicon>
"""


def pls(folder: Path, text: str = PLS) -> Path:
    path = folder / "other.pls"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_pls_file_is_read_and_what_cannot_be_used_is_named(tmp_path: Path) -> None:
    found = read_pls(pls(tmp_path))
    assert found.words == (("A.C.T.", "act"), ("ACT", "act"))
    assert found.ipa == (("Bion", "ˈbiːɒn"),)
    assert dict(found.left_out) == {
        "Xhosa": "“ǁ” is not an English sound",
        "SAMPA": "its sounds are not in IPA",
    }


def test_what_goes_out_comes_back(tmp_path: Path) -> None:
    lexicon = read_lexicon(load_project(ROOT))
    found = read_pls(pls(tmp_path, write_pls(lexicon)))
    assert (found.words, found.ipa, found.left_out) == (lexicon.words, lexicon.ipa, ())


def test_it_is_written_as_the_specification_wants() -> None:
    text = write_pls(Lexicon((("A&E", "A and E"),), (("Klein", "klaɪn"),)))
    assert text == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<lexicon xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" version="1.0" '
        'alphabet="ipa" xml:lang="en-GB">\n'
        "  <lexeme>\n    <grapheme>A&amp;E</grapheme>\n    <alias>A and E</alias>\n  </lexeme>\n"
        "  <lexeme>\n    <grapheme>Klein</grapheme>\n    <phoneme>klaɪn</phoneme>\n  </lexeme>\n"
        "</lexicon>\n"
    )


def test_an_import_adds_to_what_she_wrote_and_changes_none_of_it(practice: Path) -> None:
    mine = '# my words\n[words]\n"ACT" = "A C T"    # letters, please\n\n# for the leaflet\n[expansions]\n"X" = "y"\n'
    own(practice, mine)
    found, kept = import_pls(load_project(practice), pls(practice))
    text = (practice / FILE).read_text("utf-8")
    assert kept == (("ACT", "A C T"),)
    assert len(found.left_out) == 2
    assert all(line in text.splitlines() for line in mine.splitlines())
    assert tomllib.loads(text) == {
        "words": {"ACT": "A C T", "A.C.T.": "act"},
        "ipa": {"Bion": "ˈbiːɒn"},
        "expansions": {"X": "y"},
    }


def test_an_import_begins_a_file_where_there_is_none(practice: Path) -> None:
    import_pls(load_project(practice), pls(practice))
    assert read_lexicon(load_project(practice), KOKORO).say("Bion") == "[Bion](/bˈiːɒn/)"


def test_a_file_that_cannot_be_added_to_is_left_as_it_is(practice: Path) -> None:
    mine = 'words = { "Kooth" = "Kuth" }\n'
    own(practice, mine)
    with pytest.raises(UsageError):
        import_pls(load_project(practice), pls(practice))
    assert (practice / FILE).read_text("utf-8") == mine


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<lexicon", "not XML"),
        ("", "not XML"),
        ("<html/>", "no PLS lexicon"),
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]>\n<lexicon>&a;</lexicon>', "document type"),
    ],
)
def test_what_is_no_pls_file_is_said_kindly(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        read_pls(pls(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_pls(tmp_path / "none.pls")


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=8), max_size=5))
def test_any_words_can_be_added(entries: dict[str, str]) -> None:
    pairs = [(w, s) for w, s in entries.items() if w.isprintable()]
    text = with_entries('[words]\n"a b" = "c"\n', "words", pairs)
    assert tomllib.loads(text)["words"] == {"a b": "c", **dict(pairs)}


# ---------------------------------------------------------------- words in no dictionary


def test_words_in_no_dictionary_are_listed_once_with_how_they_will_be_said(practice: Path) -> None:
    pytest.importorskip("hibari")
    publication = telling_of(practice, "kokoro", "Kooth helps. Kooth and Ptarmiganly help you.")
    (finding,) = check_lexicon(publication, practice)
    assert (finding.code, finding.severity) == ("words-guessed", Severity.ADVICE)
    assert finding.message.startswith(
        "2 words are in no dictionary, and will be said so: Kooth like “"
    )
    assert finding.fix.endswith('under [words]: "Kooth" = "as it sounds"')
    own(practice, '[words]\n"Kooth" = "Couth"\n"Ptarmiganly" = "tarmiganly"\n')
    (practice / FILE).write_text('[ipa]\n"Kooth" = "kuːθ"\n"Ptarmiganly" = "ˈtɑːmɪɡənli"\n')
    assert not list(check_lexicon(publication, practice))


def test_plain_words_and_letters_are_no_news(practice: Path) -> None:
    pytest.importorskip("hibari")
    text = "You’d talk with a BACP therapist at 9am, or go to A&E; don’t wait."
    assert not list(check_lexicon(telling_of(practice, "kokoro", text), practice))


def test_a_voice_without_a_dictionary_has_nothing_to_say(practice: Path) -> None:
    assert not list(check_lexicon(telling_of(practice, "tone", "Kooth helps."), practice))


def telling_of(practice: Path, voice: str, text: str) -> Publication:
    """A publication whose one sentence is `text`, told by `voice`."""
    settings = practice / "source/practice.toml"
    settings.write_text(settings.read_text("utf-8").replace('"tone"', f'"{voice}"'), "utf-8")
    source = practice / "source/quiet-hour.md"
    source.write_text(source.read_text("utf-8").replace("It is a quiet hour.", text), "utf-8")
    article = read_article(source, source.parent).article
    assert article
    return Publication(article, load_project(practice))


def test_a_known_word_in_quotation_marks_is_not_guessed() -> None:
    said = ["What is “the therapeutic relationship”?", "Is it “doing therapy right”, or “Kooth”?"]
    assert list(guessed_words(said)) == ["Kooth"]
