"""What is done to her files by another program, while the studio is open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leafcast.practice.project import PRACTICE_FILE, load_project
from leafcast.studio import writing
from leafcast.studio.seeing import Seen, Viewer, look
from leafcast.studio.studio import Studio
from tests.studio.asked import post

SLUG = "quiet-hour"


@pytest.fixture
def studio(practice: Path) -> Studio:
    studio = Studio(practice)
    studio.begin()
    return studio


def typed(studio: Studio, shown: dict[str, object], words: str) -> tuple[dict[str, object], int]:
    """What the editor sends, with `words` in the place of “go home”."""
    document = json.loads(json.dumps(shown["document"]).replace("go home", words, 1))
    return writing.save_words(studio, SLUG, {"version": shown["version"], "document": document})


def test_an_article_whose_file_is_gone_comes_back_with_what_was_typed(studio: Studio) -> None:
    shown, file = writing.editor(studio, SLUG), studio.path(SLUG)
    file.unlink()
    answer, status = typed(studio, shown, "walk home")
    assert status == 409
    assert answer["words"] == "The file of this article is gone. Your words are still on this page."
    post(studio, f"/article/{SLUG}/versions/{answer['back']}")
    assert typed(studio, shown, "walk home")[1] == 200
    assert "You walk home." in file.read_text("utf-8")


def test_an_article_that_no_version_has_is_told_without_a_way_back(practice: Path) -> None:
    studio = Studio(practice)
    shown = writing.editor(studio, SLUG)
    studio.path(SLUG).unlink()
    assert typed(studio, shown, "walk home") == ({"words": writing.GONE, "back": None}, 409)


def test_settings_with_a_slip_say_the_line_and_are_taken_back(studio: Studio) -> None:
    file = studio.folder / PRACTICE_FILE
    good = file.read_text("utf-8")
    slips = (f"{good}\n[contact\n", good.replace("name = ", "nme = ", 1), "")
    for slip in slips:
        file.write_text(slip, "utf-8")
        answer = post(studio, f"/article/{SLUG}/words", {"version": "", "document": {}})
        told = json.loads(bytes(answer.body))
        assert answer.status_code == 409 and told["slip"]
        assert told["words"].startswith("The settings of your practice were changed outside")
        page = bytes(post(studio, f"/article/{SLUG}/words", "{}", accept="text/html").body)
        assert b"Take the change back" in page
        assert post(studio, "/practice/before").status_code == 303
        assert file.read_text("utf-8") == good
    assert load_project(studio.folder).practice.name
    kept = [studio.versions.text_of(each, PRACTICE_FILE) for each in studio.versions.all()]
    assert set(slips) <= set(kept)


def test_settings_of_which_no_version_is_left_stay_as_they_are(practice: Path) -> None:
    (practice / PRACTICE_FILE).write_text("[[", "utf-8")
    answer = post(Studio(practice), "/practice/before")
    assert answer.status_code == 409
    assert (practice / PRACTICE_FILE).read_text("utf-8") == "[["


# ---------------------------------------------------------------- the leaflet as it was


def test_a_version_is_laid_out_from_its_own_files(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words and its practice, whatever both are by now; and what did not fit is told."""
    file, practice = studio.path(SLUG), studio.folder / PRACTICE_FILE
    seen: list[tuple[str, str, str]] = []

    class Here:
        """A process apart, in this one."""

        def submit(self, do: object, folder: Path, path: Path, form: str) -> Here:
            assert do is look and folder == studio.folder
            seen.append(
                (form, path.read_text("utf-8"), load_project(path.parent.parent).practice.name)
            )
            return self

        def result(self) -> Seen:
            return Seen(words="9 words too long") if len(seen) == 1 else Seen((b"a page",))

    monkeypatch.setattr(Viewer, "_pool", lambda self: Here())
    words, name = file.read_text("utf-8"), load_project(studio.folder).practice.name
    file.write_text(words.replace("go home", "walk home"), "utf-8")
    practice.write_text(practice.read_text("utf-8").replace(name, "Another"), "utf-8")
    version = studio.versions.find(1)
    assert version
    for _ in range(2):
        then = studio.viewer.then(version, SLUG, studio.versions)
        assert then == Seen((b"a page",), words="9 words too long")
    assert seen == [("trifold", words, name), ("a4", words, name)]
