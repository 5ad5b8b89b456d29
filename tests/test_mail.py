"""Mails saved as files: the article without what belongs to the mail, and nothing lost unseen."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from leafcast.document.article import article_sentences
from leafcast.document.origin import Origin
from leafcast.document.report import Severity
from leafcast.practice.project import Project, load_project
from leafcast.readers import READERS, read_article
from leafcast.readers.drafts import Gatherer
from leafcast.readers.mail import facts_of, letter_in
from leafcast.readers.mail_coding import mail_as_text, uncoded
from leafcast.starting.from_file import Started, start_from_file

BODY = """\
Hi Ann,

As promised, here is the text.

Grief comes in waves, and it isn’t an illness. It takes its time.

What Helps

Sleep helps, and so does talking to a friend.

Kind regards
Jo
"""
KEPT = [
    "Grief comes in waves, and it isn’t an illness.", "It takes its time.", "What Helps",
    "Sleep helps, and so does talking to a friend.",
]  # fmt: skip


@pytest.fixture
def project(practice: Path) -> Project:
    (practice / "source/quiet-hour.md").unlink()
    return load_project(practice)


def mail(body: str = BODY, subject: str = "Grief’s waves") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Jo Example <jo@example.org>"
    message["To"] = "ann@example.org"
    message["Date"] = "Tue, 24 Nov 2026 10:12:00 +0000"
    message["Subject"] = subject
    message.set_content(body)
    return message


def started(project: Project, content: bytes, name: str = "mail.eml") -> Started:
    file = project.folder / name
    file.write_bytes(content)
    return start_from_file(project, file)


def sentences(project: Project, done: Started) -> list[str]:
    assert done.path, done.findings
    article = read_article(done.path, project.source).article
    assert article
    return [each.text for each in article_sentences(article)]


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_mail_in_a_file_is_its_article(project: Project, coding: str, charset: str) -> None:
    message = mail()
    message.set_content(BODY, cte=coding, charset=charset)
    done = started(project, message.as_bytes())
    assert sentences(project, done) == KEPT
    assert done.path and done.path.name == "griefs-waves.md"
    text = done.path.read_text("utf-8")
    assert 'title: "Grief’s waves"' in text and "published: 2026-11-24" in text.replace('"', "")
    (gone,) = [each for each in done.findings if each.code == "mail-left-out"]
    assert gone.severity is Severity.WARNING
    for words in (
        "Hi Ann,",
        "As promised, here is the text.",
        "Kind regards Jo",
        "Subject: Grief’s waves",
    ):
        assert words in gone.message


def test_the_same_mail_saved_as_text_is_the_same_article(project: Project) -> None:
    message = mail()
    message.set_content(BODY, cte="quoted-printable")
    done = started(project, message.as_bytes(), "mail.txt")
    assert sentences(project, done) == KEPT


def test_of_a_mail_in_two_forms_the_plain_one_is_read(project: Project) -> None:
    message = mail()
    message.add_alternative("<p>Grief comes in <b>waves</b>.</p>", subtype="html")
    assert sentences(project, started(project, message.as_bytes())) == KEPT


def test_a_mail_that_is_a_page_alone_is_read_without_its_tags(project: Project) -> None:
    message = mail()
    message.set_content(
        "<html><style>p{color:red}</style><body><p>Grief comes in <b>waves</b> &amp; goes.</p>"
        "<p>It takes its time.</p></body></html>",
        subtype="html",
    )
    done = started(project, message.as_bytes())
    assert sentences(project, done) == ["Grief comes in waves & goes.", "It takes its time."]


@pytest.mark.parametrize(
    "head",
    [
        "From: jo@", "From: jo@[\r\n \r\n ", "From: <", "From: \"Jo", "From: =?utf-8?q?", "To: @",
        "Date: jo@", "Content-Type: ;*0*=", "Content-Disposition: ;*0*=%", "Reply-To: a:;@",
    ],
)  # fmt: skip
def test_a_head_that_is_cut_off_costs_no_word_of_the_mail(head: str) -> None:
    raw = f"Subject: A Quiet Hour\n{head}\n\nGrief comes in waves.\n".encode()
    text = mail_as_text(raw, Gatherer(Origin("m.eml", "m", Path())))
    assert "Subject: A Quiet Hour" in text and "Grief comes in waves." in text


def test_what_is_attached_is_named(project: Project) -> None:
    message = mail()
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="grief.docx")
    done = started(project, message.as_bytes())
    assert any("“grief.docx”" in each.message and "leafcast new" in each.fix
               for each in done.findings if each.code == "attachment-left-out")  # fmt: skip


def test_what_is_told_of_a_mail_is_at_most_ten_lines(project: Project) -> None:
    assert len(started(project, mail().as_bytes()).findings) <= 10


def test_a_mail_in_source_says_what_is_missing() -> None:
    reading = READERS[".eml"](mail().as_bytes(), Origin("source/a.eml", "a", Path()))
    assert reading.article is None
    errors = {each.code: each.fix for each in reading.findings if each.severity is Severity.ERROR}
    assert set(errors) == {"no-review"} and "leafcast new" in errors["no-review"]


@pytest.mark.parametrize(
    "text",
    [
        "Subject to change: our hours\n\nThey may change.",
        "Dear Ann\n\nThank you for your letter.\n\nBest wishes\nJo",
        "On Monday she wrote: it was not long.\n\nIt was so.",
        "To: everybody who grieves\n\nYou are not alone.",
        "It is so -- and it stays so.\n\nThat is all.",
    ],
)
def test_what_is_no_mail_stays_whole(text: str) -> None:
    assert letter_in(text) is None


@pytest.mark.parametrize(
    ("tail", "left"),
    [
        ("-- \nJo\nwww.example.org", "Jo www.example.org"),
        ("Sent from my iPhone", "Sent from my iPhone"),
        ("Get Outlook for Android", "Get Outlook for Android"),
        ("-----Original Message-----\nFrom: Ann\nSubject: x\n\nCould you?", "Could you?"),
        ("On Mon, 2 Mar 2026 at 09:00, Ann <a@example.org>\nwrote:\n> Could you?", "Could you?"),
        ("This email and any attachments are confidential and intended for Ann.", "confidential"),
    ],
)
def test_what_stands_below_the_article_is_left_out(tail: str, left: str) -> None:
    letter = letter_in(f"Subject: Grief\n\nIt takes its time.\n\nIt is so.\n\n{tail}\n")
    assert letter
    assert [line for line in letter.lines if line.strip()] == ["It takes its time.", "It is so."]
    assert left in " ".join(letter.gone.values())


def test_every_line_keeps_its_number() -> None:
    text = f"From: a <a@b.org>\nTo: c\nSubject: d\n\n{BODY}"
    letter = letter_in(text)
    assert letter
    lines = text.split("\n")
    assert len(letter.lines) == len(lines)
    assert all(new in ("", old) for new, old in zip(letter.lines, lines, strict=True))


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        ({"subject": "Re: Fwd: What is grief"}, {"title": "What is grief"}),
        ({"subject": "=?utf-8?Q?Caf=C3=A9?="}, {"title": "Café"}),
        ({"from": '"Example, Jo" <jo@example.org>'}, {"author": "Example, Jo"}),
        ({"from": "jo@example.org"}, {}),
        ({"sent": "Tuesday, 3 March 2026 10:12"}, {"published": "2026-03-03"}),
        ({"date": "no day at all"}, {}),
        ({"subject": "=?bogus?Q?x?="}, {"title": "=?bogus?Q?x?="}),
    ],
)
def test_a_head_says_what_it_says(head: dict[str, str], facts: dict[str, str]) -> None:
    assert {fact.key: fact.words for fact in facts_of(head)} == facts


def test_letters_that_are_coded_without_a_head_are_read(project: Project) -> None:
    text = "Grief comes in waves=2C and it isn=E2=80=99t an illness. It takes its time, as =\neverybody knows. It is =C2=A360.\n"
    done = started(project, text.encode(), "waves.txt")
    assert sentences(project, done)[0] == "Grief comes in waves, and it isn’t an illness."
    assert sentences(project, done)[-1] == "It is £60."
    assert "=" in uncoded("It is a=20 and b=2C.\n")


def test_a_mail_that_says_the_wrong_letters_is_read_all_the_same() -> None:
    text = "Subject: a\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nIt isn=92t.\n"
    assert uncoded(text).endswith("It isn’t.\n")
    assert uncoded(text.replace("utf-8", "no-such-letters")).endswith("It isn’t.\n")
