"""Where a sentence goes on behind an abbreviation, and where it ends all the same."""

from __future__ import annotations

import pytest

from leafcast.locale.sentence_ends import sentence_spans

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
Rm. 5, Apt. 5B and Bldg. 2 are upstairs.
We are nr. Leeds, Co. Durham.
Co. No. 01234567
M.A. (Psych.), B.Sc. (Hons.), Ph.D.
See chap. 5, chs. 3-4, sect. 6 and tbl. 2.
See chap. IV and vol. II.
Use ver. 2 of the form.
The fee is £65 inc. VAT, £50 ex. VAT, exc. Bank holidays.
The avg. 5 and appx. 2 are given.
From w.e.f. 1 May we close.
ICO reg. ZA123456
Ref. AB12
She is 5 ft. 10 in. tall.
Keep it at 20 deg. C here.
Cpl. Smith and Rt. Hon. Jo Smith came.
Mt. Everest and Ft. William are high.
Freud (b. 1856, d. 1939) wrote.
The fee was c. £60 then.
It was no. 5 in the charts.
Route no. 5 stops here.
We live at no. 12 now.
The door opposite no. 7 opens.
See no. 5, no. 6 and no. 7.
Univ. of Leeds, Dept. of Health
Meet alt. Saturdays.
Open 9 a.m. – 5 p.m. – all week.
D.o.B. 12.3.80
She is BABCP Accred. CBT Therapist of the year.
VAT Reg. No. GB 123 4567 89
Policy no. AB/123456
Roe v. Wade is a case.
Ring t. 01632 960123 or m. 07700 900123.
See ll. 5–7, vv. 3-4 and Ps. 23.
a. First, we talk.
ii. Then we rest.
2. Breathe out.
Smith et al. (2020) found it.
Messrs. Hill & Co. Ltd. wrote.
Take max. 3.
Dept. B is closed.
I am 5 ft. 6 in. and happy.
Hill J. R. Smith wrote.
On Jan. 5 we open.
GDPR Art. 9 applies.
2nd ed. (2019)
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
Smith & Co. | The next day we met.
We are Smith & Co. | No wonder it works.
This is my ex. | Then he left.
UKCP reg. | I work in Leeds.
Plan b. | 3 people came.
The answer was no. | 5 people left.
No. | 3 of us stayed.
She said a firm no. | 12 of us agreed.
I told him no. | 7 weeks later he came.
It took 5 min. | 3 people came.
It took 5 yrs. | 3 people came.
He is 5 ft. | The room is small.
Ask your dept. | We help.
Choose plan B. | Then rest.
She lacks vitamin D. | She is tired.
I am Accred. | She is not.
I trained at U.C.L. | It was good.
I live at 5 Mill St. | Come in.
See app. B. | It helps.
I chose B. | The rest did not.
He is O.K. | She is not.
Is it mild? | No. | It hurts.
""".strip().splitlines()


@pytest.mark.parametrize("text", WHOLE)
def test_a_sentence_goes_on_behind_an_abbreviation(text: str) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == [text]


@pytest.mark.parametrize("marked", CUT)
def test_a_sentence_ends_behind_a_word(marked: str) -> None:
    text = marked.replace(" | ", " ")
    assert [text[start:end] for start, end in sentence_spans(text)] == marked.split(" | ")
