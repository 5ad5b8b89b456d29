"""Where a sentence goes on behind an abbreviation, and where it ends all the same."""

from __future__ import annotations

import pytest

from leafcast.document.sentences import sentence_spans

WHOLE = """
See para. 4 and fig. 2 of the contract.
Read s. 47 too.
Since c. 1920 it has been called the talking cure.
The group starts on 5 Jan. 2027 and runs on.
Appt. on Mon. 4 May.
Thurs. 7 May at 6pm.
Sun. 3 May, 11am
Tel. 01632 960123
Please ring (Tel. 01632 960123).
The fee is £65 incl. VAT.
Revd. Smith and Sgt. Hill came.
I am a Reg. MBACP (Accred.) therapist.
She is MBACP (Snr. Accred.) Therapist of the year.
Dip. Couns., Cert. Ed.
Reg. No. 123456
We open at 9 a.m. Monday to Friday.
We open at 9 a.m. 5 May is a holiday.
by J.K. Hill
Ms. A.B. Hill-Jones
N.B. Bring ID.
P.S. I love you.
Vit. D helps.
Min. 3 sessions, max. 8.
R.D. Laing and D. W. Winnicott wrote.
Bowlby (est. 1990) and cf. Klein, e.g. Envy.
No. 10 and nos. 3 and 4, vol. 2, pp. 3–4.
Dr. Khan, Prof. Jones and St. John’s.
""".strip().splitlines()

CUT = """
We open at 9 a.m. | We close at 5 p.m. on Sundays.
I live in the U.K. | We met there.
In the sun. | 3 people came.
It took 5 min. | 3 people came.
The app. | 3 steps follow.
He said no. | 5 people left.
It is a no. | 5 people left.
We start in May. | 20 people came.
Anger, fear, etc. | We feel it.
by S. Freud, M.D. | She came.
You may say no. | That is fine.
This is I. | You are you.
Say yes or no. | 3 of us did.
Ask your GP. | Then rest.
Bring the ref. | It helps.
(He left.) | She stayed.
Is it mild? | No. | It hurts.
""".strip().splitlines()


@pytest.mark.parametrize("text", WHOLE)
def test_a_sentence_goes_on_behind_an_abbreviation(text: str) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == [text]


@pytest.mark.parametrize("marked", CUT)
def test_a_sentence_ends_behind_a_word(marked: str) -> None:
    text = marked.replace(" | ", " ")
    assert [text[start:end] for start, end in sentence_spans(text)] == marked.split(" | ")
