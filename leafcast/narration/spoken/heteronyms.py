"""The readings of words that are written alike: which words stand beside a word in one of them.

Readings are those of the Oxford and Longman pronouncing dictionaries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

END: Final = r"[.,;:!?)”]|$"
BETWEEN: Final = (
    r"(?:(?:often|always|sometimes|never|rarely|usually|still|also|just|even|all|both|so|very|quite"
    r"|more|not|\w+ly) )?"
)
"""What may stand between a word and what decides its reading."""
START: Final = r"(?:^|(?<=[.!?:;] ))"
WHO: Final = "I you we they who people clients parents children others couples"
MAY: Final = (
    "can can’t cannot could couldn’t may might will won’t would wouldn’t shall should shouldn’t "
    "must do don’t did didn’t not please let’s to"
)
BE: Final = "am is are was were be been being I’m you’re he’s she’s it’s we’re they’re"
ONES: Final = "me you us him her them the a an your our my his their it this that people"
NOW: Final = (
    r"(?i)\b(?:every|each|often|always|usually|sometimes|rarely|never|daily|weekly|a lot|most|when"
    r"|if)\b"
)
THEN: Final = (
    r"\b(?:cried|wept|felt|knew|laughed|smiled|thought|realised|understood|made|found"
    r"|yesterday|last|ago|once|had|was|were|did|nineteen|years?|in two thousand)\b"
)
FISH: Final = r"\bfish|\bsea\b|\bcaught\b|\bgrilled\b|\bsupper\b"
SEATED: Final = (
    r"\b(?:in a|back|front|bottom|top|second|third) row\b|\brow of\b|\bseats?\b"
    r"|\btable\b|\bboats?\b"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a word, in IPA, by the words beside it.

    `before` and `after` are words of which one must stand there, a low line for a space and … for
    any letters; START and END are the edges of a sentence or clause. `amid` and `without` are
    regular expressions for what the whole text must hold, and must not. Without any of them the
    word is always read so.
    """

    word: str
    ipa: str
    before: str = ""
    after: str = ""
    amid: str = ""
    without: str = ""

    @property
    def pattern(self) -> re.Pattern[str]:
        """What is looked for: the words before in the first group."""
        before, after = _words(self.before), _words(self.after)
        starts = f"{START}|" if "START" in self.before.split() else ""
        ends = f"|{END}" if "END" in self.after.split() else ""
        behind = rf"(?= (?:{after})(?!\w)|(?!){ends})" if self.after else ""
        ahead = rf"(?:{starts}(?<!\w)(?i:{before}) {BETWEEN})" if self.before else ""
        return re.compile(rf"({ahead})\b{re.escape(self.word)}\b(?![’'\w-]){behind}")

    def may_stand_in(self, text: str) -> bool:
        """Whether the whole text allows this reading."""
        if self.word not in text or (self.amid and not re.search(self.amid, text)):
            return False
        return not (self.without and re.search(self.without, text))


def _words(listed: str) -> str:
    words = [
        re.escape(w).replace("_", " ").replace("…", r"\w+")
        for w in listed.split()
        if w not in ("START", "END")
    ]
    return "|".join(words) or "(?!)"


READINGS: Final = (
    Reading("Mobile", "ˈməʊbaɪl", without=r"\bAlabama\b"),
    Reading("alternate", "ˈɔːltəneɪt", f"START {WHO} {MAY}", "between the two left each with END"),
    Reading("Alternate", "ˈɔːltəneɪt", "START", "between the two left each with"),
    Reading("animate", "ˈænɪmət", "an", "being thing object"),
    Reading("appropriate", "əˈprəʊprɪeɪt", f"{WHO} {MAY}", "the a our other another culture land"),
    Reading("Appropriate", "əˈprəʊprɪeɪt", "START", "the a"),
    Reading("Associate", "əˈsəʊʃɪeɪt", "START", "with it the each"),
    Reading("abuse", "əˈbjuːz", f"{WHO} can could may might will would not don’t did to", ONES
            + " children trust power animals alcohol drugs others"),
    Reading("advocate", "ˈædvəkeɪt", after="for_yourself for_myself for_themselves for_herself "
            "for_himself for_ourselves"),
    Reading("Advocate", "ˈædvəkeɪt", "START", "for_yourself for_your"),
    Reading("aged", "ˈeɪdʒɪd", "an my your his her our their the for of with",
            "parent parents mother mothers father fathers relative relatives aunt uncle people man "
            "men woman women grandparents neighbour neighbours"),
    Reading("bass", "beɪs", after="guitar drum line player voice clef note notes"),
    Reading("Bass", "beɪs", after="guitar drum line player voice clef note notes"),
    Reading("bass", "beɪs", "play plays played playing sing sings sang the double", "END",
            without=FISH),
    Reading("beloved", "bɪˈlʌvɪd", "my your his her our their a the",
            "wife husband partner mother father mum dad son daughter child children brother sister "
            "friend friends dog cat pet pets grandmother grandfather family home country one ones"),
    Reading("blessed", "ˈblesɪd", "a the this that every", "relief rest peace silence sleep day "
            "moment thing release quiet nuisance"),
    Reading("bow", "baʊ", "a final_bow take takes took taking make makes made deep low", "END",
            without=r"\barrows?\b|\bribbon|\btied?\b|\bviolin|\bw[eo](?:ar|re)|\bhair\b"),
    Reading("bow", "baʊ", f"{WHO} {MAY}", "to down out your our my his her the END"),
    Reading("bass", "beɪs", "the", "was is and or in guitar drum", without=FISH),
    Reading("close", "kləʊs", "quiet leafy residential little our this", "END", without=r"\bto "
            r"a\b"),
    Reading("close", "kləʊz", "a the", "END of"),
    Reading("close", "kləʊz", f"{MAY} clinic office doors shops and_then", f"{ONES} END early "
            f"late at "
            "for on in down off over up until at_the earlier when if"),
    Reading("bowed", "baʊd", after="his her my their our your to down out head heads and low"),
    Reading("crooked", "ˈkrʊkɪd"),
    Reading("compress", "kəmˈpres", f"{WHO} {MAY}"),
    Reading("conflict", "kənˈflɪkt", f"{WHO} needs wishes values feelings beliefs goals loyalties "
            "interests demands messages accounts dates times duties can may might will would that",
            "with END"),
    Reading("console", "kənˈsəʊl", f"{WHO} {MAY}", ONES),
    Reading("Console", "kənˈsəʊl", "START", "yourself each the your one him her them a an my "
            "those"),
    Reading("content", "kənˈtent", f"feel feels felt feeling seem seems seemed us look looks "
            f"looked appear appears appeared stay stayed remain remained become became mostly {BE} "
            "happy_and calm_and quiet_and safe_and",
            "to with in and just when because that for these now most today again as END"),
    Reading("content", "kənˈtent", "you they we I he she everyone", "to with in"),
    Reading("contract", "kənˈtrækt", f"{WHO} muscle muscles can may might will would",
            "END and when as in with"),
    Reading("desert", "dɪˈzɜːt", f"{WHO} {MAY}", f"{ONES} END"),
    Reading("delegate", "ˈdelɪɡeɪt", f"{WHO} {MAY} and", f"{ONES} tasks work jobs chores more what "
            "some END"),
    Reading("Delegate", "ˈdelɪɡeɪt", "START", f"{ONES} tasks work jobs chores more what some"),
    Reading("Convert", "kənˈvɜːt", "START", "a the your it them into"),
    Reading("Contrast", "kənˈtrɑːst", "START", "the this it that"),
    Reading("Decrease", "dɪˈkriːs", "START", "slowly gradually the your by"),
    Reading("deliberate", "dɪˈlɪbərət", after="self-harm harm act acts choice choices attempt "
            "attempts overdose decision injury neglect and"),
    Reading("Deliberate", "dɪˈlɪbərət", after="self-harm harm acts choices attempts"),
    Reading("diffuse", "dɪˈfjuːs", "a the more less very is are feels this that and of quite",
            "feeling feelings anxiety sense pain sadness anger dread fear unease light mood grief "
            "worry END"),
    Reading("discount", "dɪsˈkaʊnt", f"{WHO} can could may might will would not don’t to",
            f"{ONES} what how pain"),
    Reading("entrance", "ɪnˈtrɑːns", f"{WHO} {MAY}", ONES),
    Reading("entranced", "ɪnˈtrɑːnst"),
    Reading("export", "ɪkˈspɔːt", f"{WHO} {MAY}", ONES),
    Reading("Import", "ɪmˈpɔːt", "START", "your the a an it them"),
    Reading("frequent", "frɪˈkwent", f"{WHO} {MAY}", "the a these those this that our their bars "
            "pubs cafés places clubs forums"),
    Reading("house", "haʊz", f"{WHO} {MAY} charity council that", "families people refugees "
            "survivors them us him her homeless young the women"),
    Reading("initiate", "ɪnˈɪʃɪeɪt", f"{WHO} {MAY}", f"{ONES} contact sex change conversation "
            "conversations talks END"),
    Reading("Initiate", "ɪnˈɪʃɪeɪt", "START", "contact change the a conversation"),
    Reading("impact", "ɪmˈpækt", f"{WHO} {MAY} it this that which", f"{ONES} on upon others how"),
    Reading("impact", "ɪmˈpækt", "can could may might will would can’t"),
    Reading("intimate", "ˈɪntɪmeɪt", "I you we they can could may might would will to did",
            "that nothing it to something what how"),
    Reading("invalid", "ˈɪnvəlɪd", "an the elderly as_an",
            "END and who for since mother father wife husband son daughter"),
    Reading("invalid", "ˈɪnvəlɪd", "bedbound chronic permanent old housebound lifelong elderly "
            "virtual", "END who and for"),
    Reading("Job", "dʒəʊb", "Book_of patience_of book_of trials_of story_of"),
    Reading("live", "laɪv", "stream streams streamed go went goes perform performed broadcast "
            "watch", "END"),
    Reading("lead", "led", "a old of in with the and heavy", "pipe pipes pipework paint poisoning "
            "apron weight weights shot roof lining piping"),
    Reading("Lead", "led", "START", "pipe pipes paint poisoning weights"),
    Reading("lead", "led", "pencil church roof stained", "broke roof is was pipe END window"),
    Reading("lead", "led", "the", "in_the_paint in_paint in_the_water in_water in_the_pipes"),
    Reading("lead", "led", "like as heavy_as made_of", "END"),
    Reading("learned", "ˈlɜːnɪd", "a the my very most", "man men woman women friend colleague "
            "professor judge society journal person people"),
    Reading("live", "laɪv", "a recorded streamed shown broadcast went go goes going sung performed",
            "recording show session stream chat group talk event music webinar broadcast on at in "
            "from END"),
    Reading("minute", "maɪˈnjuːt", without=r"\blast[ -]minute\b", after="changes details traces "
            "particles movements differences signs amounts doses quantities"),
    Reading("minute", "maɪˈnjuːt", "a an the in most such these those of",
            "amount detail dose change difference quantity trace sign particle movement speck "
            "crack "
            "fraction flaw error part piece hint chance scratch gap spot dot risk drop"),
    Reading("minute", "maɪˈnjuːt", f"{BE} seems seemed look looks looked feels felt almost", "END",
            without=r"\b(?:one|last|this|every|per|each|next) minute\b"),
    Reading("mouth", "maʊð", "to silently can can_only and", "the_words it a_word along to"),
    Reading("number", "ˈnʌmə", "is are am was feel feels felt feeling grow grows grew become "
            "becomes became much even and or go went", "than and_number still"),
    Reading("Nice", "niːs", "in to near from"),
    Reading("Nice", "niːs", amid=r"\bNice, (?:in )?France"),
    Reading("number", "ˈnʌmə", "numb_and grew grow grows growing become became getting got",
            "END and"),
    Reading("object", "əbˈdʒekt", f"{WHO} can could may might will would don’t not to anyone "
            "someone anybody somebody nobody",
            "to if when at END", without=r"\bsubject to object\b"),
    Reading("Polish", "ˈpɒlɪʃ", "START", "your the my it them up off a"),
    Reading("present", "prɪˈzent", f"{WHO} {MAY}", f"late early differently as with to at "
            f"themselves yourself {ONES}"),
    Reading("produce", "prəˈdjuːs", f"{WHO} {MAY} that which drugs medicines hormones glands",
            f"{ONES} results change changes anxiety symptoms feelings tears stress new better "
            "more less"),
    Reading("Produce", "prəˈdjuːs", "START", "a an the results your something"),
    Reading("produce", "prəˈdjuːs", "START", "results change a an the"),
    Reading("project", "prəˈdʒekt", f"{WHO} {MAY}", f"{ONES} feelings onto on_to into what "
            f"parts anger anxiety "
            "fear fears blame guilt shame love hate old unwanted"),
    Reading("project", "prəˈdʒekt", "tends_to tend_to likely_to easy_to human_to", "END"),
    Reading("protest", "prəˈtest", f"{WHO} {MAY}", "against at that when about too and loudly END"),
    Reading("well-read", "ˌwelˈred"),
    Reading("Well-read", "ˌwelˈred"),
    Reading("read", "riːd", WHO, amid=r"\breads\b", without=THEN),
    Reading("read", "red", "have has had having ’ve been be was were being have_you have_I have_we "
            "have_they had_you has_she has_he ever I’ve you’ve we’ve they’ve I’d you’d already"),
    Reading("read", "red", "he she counsellor therapist mum mother father dad partner brother "
            "sister "
            "friend someone everyone nobody doctor teacher husband wife", "my the it his her a "
            "out in "
            "this that to about every through and", without=r"\b(?:do|does|did|doesn’t|didn’t"
            r"|will|can|let"
            r"|could|would|should|may|might|must|makes?|helps?|watch|hear|see|when)\b"),
    Reading("read", "riːd", WHO, amid=NOW, without=THEN),
    Reading("read", "riːd", "you people us some many few most clients children "
            "babies teenagers adults students readers", without=THEN),
    Reading("read", "riːd", MAY),
    Reading("Reading", "ˈredɪŋ", "in from near to at around central of outside and",
            "and or town station centre office area University Road where on for since at END"),
    Reading("Reading", "ˈredɪŋ", "the our", "office branch practice clinic room rooms team centre "
            "service area"),
    Reading("Reading", "ˈredɪŋ", after="town station Borough University Town Station"),
    Reading("Reading", "ˈredɪŋ", amid=r"Reading, Berkshire|Berkshire.*Reading"),
    Reading("refuse", "ˈrefjuːs", "the of our your household clinical garden out",
            "collection bin bins bag bags is and END", without=r"\bto refuse\b"),
    Reading("reject", "ˈriːdʒekt", "a the", "pile bin list END"),
    Reading("resent", "rɪˈzent"),
    Reading("row", "raʊ", "had have has having big terrible awful a another every this that the",
            "with about over between at on because when after last again END",
            without=SEATED),
    Reading("row", "raʊ", "after_the after_our since_the since_our during_the our_last our_big big "
            "huge blazing screaming family stand-up silly first_big", without=SEATED),
    Reading("row", "raʊ", "they we you parents couples to", "all about over with a_lot at every "
            "and in_front END", without=r"\bboats?\b|\briver\b|\boars?\b"),
    Reading("rows", "raʊz", "had have has having big terrible awful family constant endless daily "
            "of the about", without=r"\brows of\b|\bcolumns?\b|\bseats?\b|\btable\b"),
    Reading("rowing", "ˈraʊɪŋ", after="about over with_each with_my with_her with_his constantly "
            "again all_the in_front", without=r"\bboats?\b|\briver\b|\boars?\b|\bmachine\b"
            r"|\blake\b"),
    Reading("slough", "slʌf", after="off away"),
    Reading("separate", "ˈsepəreɪt", f"{WHO} can could may might will would to don’t",
            "from the what out when after next this soon in amicably END"),
    Reading("sow", "səʊ", f"{WHO} {MAY} and"),
    Reading("sow", "səʊ", after="doubt doubts seeds confusion division the_seeds the_seed"),
    Reading("tear", "teə", f"{MAY} wear_and",
            "yourself the it them him her us me apart up off END"),
    Reading("tear", "teə", "wear_and"),
    Reading("tear", "teə", "a the this", amid=r"\b(?:coat|shirt|dress|fabric|cloth|page|paper"
            r"|muscle"
            r"|ligament|jeans|tissue|sleeve|tendon|cartilage)\b"),
    Reading("tears", "teəz", "it he she that which guilt grief shame loss doubt", "me you us "
            "him her them apart up at the"),
    Reading("torment", "tɔːˈment", f"{WHO} {MAY} that which thoughts memories", ONES + " yourself "
            "himself herself"),
    Reading("Torment", "tɔːˈment", "START", "me no us him her them"),
    Reading("use", "juːs", "did_you did_they did_he did_she did_I did_we didn’t", "to_be to_do "
            "to_have "
            "to_feel to_go to_love to_like to_smoke to_drink to_play to_think to_see to_talk "
            "to_live"),
    Reading("use", "juːz", f"{WHO} can could may might will would don’t didn’t", f"{ONES} of_the "
            "words any some these those it"),
    Reading("used", "juːst", f"{BE} get gets got getting grow grows grew become becomes became",
            "to_…ing to_it to_this to_that to_the to_a to_an to_my to_your to_his to_her to_our "
            "to_their to_them to_not to_each to_one to_others"),
    Reading("used", "juːst", "get gets got getting grow grows grew grown become becomes became",
            "to"),
    Reading("uses", "ˈjuːsɪz", "many other its the of different common several new some main",
            "END of for and in are include"),
    Reading("wind", "waɪnd", f"{WHO} {MAY} and",
            "down up me you him her them us through round back each"),
    Reading("Wind", "waɪnd", "START", "down up back"),
    Reading("winding", "ˈwaɪndɪŋ"),
    Reading("winds", "waɪndz", "path road river lane street trail track", "on up upward upwards "
            "down through round around along its"),
    Reading("wound", "wuːnd", "words insults they people parents comments which that",
            "us me you him her them people deeply END", without=r"\bwound (?:\w+ )?(?:up|down"
            r"|round|around)\b"),
    Reading("wound", "waʊnd", after="up down round around"),
    Reading("wound", "waʊnd", "he she it they we I", "the a his her my its"),
)  # fmt: skip
"""A later row for a word is asked where the earlier ones do not hold."""
