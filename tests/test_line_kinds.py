"""What a short line is: dates, addresses, greetings and blanks are no headings, in any file."""

from __future__ import annotations

import pytest

from leafcast.readers.bullets import bullet_of, is_emoji_led
from leafcast.readers.line_kinds import byline_of, is_capitals, line_kind

NONE = """\
date: March 2024 | 12/03/2024 | 2017 | July 28, 2014 | 4/16/2013 | 12-13-13 | Tuesday 4th March | Monday to Friday, 9am to 5pm | Last updated: March 2024 | Reviewed 12 March 2024 | 5 min read | 12 апреля 2006 года, 11:06 | 2pm – 4pm
number: 5 | 0113 496 0000 | $40
address: jo@example.org | www.example.org/help | https://example.org
price: £60 a session | Fees: £60 per 50 minutes | Sessions £55
postcode: Leeds LS1 4DY | SW1A 1AA
closing: With warm wishes | Best wishes | Kind regards | Warmest wishes | Take care | Many thanks | Yours sincerely | Love, Sarah | With love | Sarah x
salutation: Dear reader | Hi Ann | Hello everyone
quotation: “It was the best thing I ever did”
caption: Table 1: When I work | Photo: Jo Example | Figure 2 | Image by Kim | Source: NHS
byline: By Sarah James | Written by Dr Jane Example, MBACP | By Dr. Jane Example · Oct 12 · 4 min read
blank: Signature: ______ Date: ______ | __________ | ☐ I agree | [ ] Yes | Name: ....................
point: - point | -a pen | a) the first | (b) the second | ii) the other | – Carl Rogers | — Rumi
file: grief-v2.docx
formula: Chi-square= 1.5209 | p-value= 0.2175 | Rich_text_pre_table
bracket: «Email» | [Dates From - To] | (jpeg, png, wmf, emf and pict)
telephone: Tel: 0113 496 0000 | Call 116 123 | Call Samaritans on 116 123
street: 12 High Street | Flat 3, The Mill
imprint: © 2024 Jo Example | Registered charity no. 123456 | Page 2 of 4 | Version 2.1, May 2023
signature: Sarah James MBACP (Accred) | Sarah James, BSc, PgDip
field: Name | Date of birth | Yes / No
detail: Language: English | Review date: to be set | Reviewed by Jane Example | Keywords: loss, hope
button: Read more
sentence: This is page two | It’s Arial Black in 16 point
"""
HEADINGS = """\
What is grief
What Helps
Objective
Patrick
Annemarie and Keith
Why pay £60?
Coping at Christmas
May I bring a friend?
March on: Why Walking Helps
Monday
12 Ways to Rest
By Your Side
The First Session
Fees
Contact
Step 1: Breathe
Part One
1. What is grief
5 things to try
Thank You, Next
Covid-19 and Grief
How long does it last?
Your First 6 Weeks
Grief: what to expect
What BACP membership means
Dear Diary: Why Writing Helps
Table Manners
Picture This
Best of All Worlds
In an emergency
Help in a crisis
Names and Faces
Date Night
Love and Loss
Peace of mind
Warm-up exercises
Address the fear
Calling a friend
Text messages and e-mail
B12 and mood
Sleep
Spring into action
24 hours later
Autumn
CAPÍTULO PRIMEIRO
Emergency contact
When to call 999
The 5-4-3-2-1 method
"""


@pytest.mark.parametrize("line", NONE.splitlines(), ids=lambda line: line.partition(":")[0])
def test_what_is_no_heading_is_known_by_its_kind(line: str) -> None:
    kind, _, words = line.partition(": ")
    assert {each: line_kind(each) for each in words.split(" | ")} == dict.fromkeys(
        words.split(" | "), kind
    )


@pytest.mark.parametrize("words", HEADINGS.splitlines())
def test_what_may_be_a_heading_has_no_kind(words: str) -> None:
    assert line_kind(words) == ""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("By Sarah James", "Sarah James"), ("by Sarah James, MBACP", "Sarah James, MBACP"),
        ("Written by Dr Jane Example", "Dr Jane Example"),
        ("By Dr. Jane Example · Oct 12 · 4 min read", "Dr. Jane Example"),
        ("Author: Kim Example", "Kim Example"), ("By Ann and Jo Example", "Ann and Jo Example"),
        ("By Sarah James | 12 March 2024", "Sarah James"),
        ("By Your Side", ""), ("By the sea", ""), ("By and large", ""), ("Sarah James", ""),
        ("By Monday you will know more, she said to me.", ""),
    ],
)  # fmt: skip
def test_a_byline_names_its_author(words: str, name: str) -> None:
    assert byline_of(words) == name


@pytest.mark.parametrize(
    ("line", "kind", "end"),
    [
        ("• a pen", "sure", 2), ("•a pen", "sure", 1), ("- a pen", "other", 2),
        ("-a pen", "other", 1), ("1- Monday", "number", 3), ("1. a", "number", 3),
        ("(1) a", "number", 4), ("① one", "number", 2), ("5.1 You must", "clause", 0),
        ("⇒ go", "sure", 2), ("৹ go", "sure", 2), ("➡️ go", "sure", 3), ("a) b", "letter", 0),
        ("o\tpoint", "other", 2), ("☐ I agree", "box", 0),
    ],
)  # fmt: skip
def test_a_point_is_known_by_its_mark(line: str, kind: str, end: int) -> None:
    bullet = bullet_of(line)
    assert bullet and (bullet.kind, bullet.end) == (kind, end)


@pytest.mark.parametrize(
    "line",
    ["1986. A year", "-5 degrees", "*Note*", "© 2024", "£60", "½ a cup", "* * *", "-----",
     "24 hours", "2-4 people", "5 - 7 pm", "A. N. Other", "1.", "•", "", "  ", "... and so on"],
)  # fmt: skip
def test_what_begins_no_point_has_no_bullet(line: str) -> None:
    assert bullet_of(line) is None


def test_pictures_and_capitals_stand_out() -> None:
    assert is_emoji_led("🌿 What Helps") and not is_emoji_led("• What helps")
    assert is_capitals("WHAT HELPS") and not is_capitals("NHS") and not is_capitals("What HELPS")
