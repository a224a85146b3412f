"""How English promises: "I'll drop by", "you'll have it by Friday", "consider it done"."""

from __future__ import annotations

import re
from functools import cache

from followup_desktop.core.promises.rules.speaking import Day, Language, Speaking

_ADVERBS = (
    r"(?:(?:also|personally|certainly|definitely|of course|gladly|then|just|now|still|happily|immediately|quickly|"
    r"first|simply|soon|shortly|even|both|all|surely|absolutely|myself|ourselves|of|course|today|tomorrow|be sure to|"
    r"go ahead and|make a point of)\s+)*"
)
_WE = r"(?:i|we)"
_WILL = rf"(?:\b{_WE}\s?(?:'ll|\s+will|\s+shall)|(?:^|(?<=[.,;!] ))ill)\s+{_ADVERBS}(?!not\b)"
_GOING = rf"\b(?:i'?m|i am|(?<!\bwe )(?<!\byou )(?<!\bthey )we'?re|we are)\s+{_ADVERBS}(?:going to|gonna|about to)\s+"
_NO_DEED = re.compile(
    r"(?:not|never|always|usually|normally|generally|typically|probably|possibly|maybe|perhaps|likely|hopefully|try(?! again)|"
    r"bet|admit|confess|agree|assume|guess|suppose|presume|imagine|need|want|miss|hope|wish|like|love|enjoy|hate|"
    r"know|understand|remember|forget|believe|think|appreciate|regret|wonder|wait|struggle|refuse|decline|"
    r"say|grant|spare|trust|survive|manage|lose|have to|require|depend|have (?:no|my|our|had)|"
    r"have you know|see(?! (?:wh[a-z]+ [^.]*\band\b|(?:if|whether) [^.]*\band\b|you|to|that|him|her|them|about (?:getting|having)))|"
    r"see you (?:around|in court|later|then|soon)|hear|gain|look forward|"
    r"be (?!there|here|over|round|back|with you|in touch|on site|on my|on our|on your|at your|at the|at (?:\d|noon)|by\b|"
    r"up|down|along|ready|done|finished|through|able to|sure to|out (?!of)|in (?:your|at|on)|"
    r"(?!away|seeing|hoping|needing|wanting|missing|closing|working from|looking forward|thinking)\w+ing\b)|"
    r"be back (?:in (?:the )?office|at (?:my|the) desk|from|at work)|"
    r"be (?:at|in) (?:the )?(?:office|shop|desk|trade|fair|show|conference|hospital)|"
    r"leave (?:that|it|this|the \w+|you|everything) (?:up )?(?:to|with) (?:you|it)\b|leave it (?:at|there)|"
    r"let (?:you|them|him|her) (?:decide|go|get|be|choose|judge|off)|let (?:it|that|this)|"
    r"keep (?:that|it|this|you) in mind|keep my fingers|take (?:your|that as|it (?:that|as))|take a (?:holiday|vacation|break)|"
    r"pass on (?:that|this)|stand by|stick (?:to|with)|owe|cost|give (?:you|it) (?:that|a miss)|ever\b|rather|sooner|"
    r"happily (?:quote|help)|get (?:over|used|there in the end|the hang))\b"
)
_OUR_OWN = (
    r"(?:(?:our|my|one of (?:our|my|the)|a|the)\s+(?:[a-z-]+\s+)?"
    r"(?:team|crew|people|guys?|boys|girls|lads?|men|man|woman|women|office|staff|tech|technicians?|electricians?|plumbers?|"
    r"foreman|son|daughter|wife|husband|brother|sister|partner|colleagues?|assistant|apprentice|driver|helper|installers?|"
    r"painters?|gardeners?|cleaners?|roofers?|carpenters?|joiner|mechanic|engineers?|manager|bookkeeper|receptionist|"
    r"secretary|nurse|therapist|consultant|doctor|dentist|hygienist|physio|vet|groomer|landscaper|arborist|supervisor|dispatcher|front desk|scheduler|lab|accountant|surgeon|midwife|tutor|workers?|employees?|specialist|fitters?|mowers?|exterminator|inspector)|"
    r"(?:someone|somebody|one of us|both of us|two of us|a colleague)(?:\s+(?:from|in|at|on)\s+(?:the|our|my)\s+\w+|\s+else)?)"
)
_DEEDS = (
    r"be (?:there|over|round|back|with you|in touch|out|at your|by|on site|sending|calling|coming|ringing|along)|"
    r"call|ring|phone|text|email|e-mail|mail|write|message|contact|get (?:back|in touch|you|it|that|to)|reach out|"
    r"come|stop|drop|swing|pop|visit|drive|head|return|go|look|check|see to|take (?:care|a look|it|that)|"
    r"send|bring|deliver|order|pick|fetch|collect|fix|repair|replace|install|fit|clean|finish|start|begin|complete|"
    r"handle|sort|deal|do (?:it|that|the)|make|redo|measure|treat|spray|mow|trim|paint|test|adjust|correct|refund|credit|"
    r"meet|show|let you know|give you|put|follow up|confirm|walk|unlock|help|remove|haul|set|service|inspect|prepare|lay"
)
_DONE = (
    r"(?:ordered|sent|fixed|replaced|repaired|delivered|installed|fitted|done|finished|completed|ready|refunded|credited|"
    r"mailed|emailed|e-mailed|posted|cleaned|cleared|sorted|scheduled|booked|picked up|brought|returned|taken care|looked|"
    r"handled|paid|adjusted|corrected|removed|waived|patched|painted|serviced|tested|treated|mowed|trimmed|started|redone|"
    r"resolved|dealt with|put right|put back|carried out|reimbursed|running|up and running|working again|in place|"
    r"dropped off|hauled|swapped|changed out|confirmed)"
)
_SUBJECT = (
    r"(?:\b(?:the|your|our|my|a|an|this|that|it|everything|all|they|both)\b(?:\s+(?!will\b|who\b|that\b)[\w'-]+){0,6}?)"
)
_PAPER = r"(?:quote|estimate|price|prices|invoice|report|details|photos?|pictures|papers|contract|proposal|answer|receipt|dates|schedule|paperwork|certificate)"
_ING = r"(?P<ing>[a-z]{2,}ing)\b"
_NO_ING = frozenset(
    "looking hoping thinking wondering waiting writing being needing wanting missing feeling running aiming "
    "trying seeing hearing expecting planning asking assuming guessing suggesting considering living closing "
    "learning enjoying attaching enclosing including following something anything nothing everything morning "
    "evening during saying wishing bring string spring king thing going paying charging losing raising working".split()
)
_WITH_E = frozenset(
    "com mak tak hav driv replac clos arriv leav schedul writ mov rescu pric quot servic remov fenc arrang "
    "measur excavat invoic chang prun phon prepar manag giv us handl finaliz organiz rid settl exchang includ "
    "complet".split()
)


def _base(ing: str) -> str:
    stem = ing.removesuffix("ing")
    if stem in _WITH_E:
        return stem + "e"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    return stem


def _deed(match: re.Match[str], text: str) -> str | None:
    """Return what comes after "I'll", unless it is no deed."""
    after = match.string[match.end() :]
    if not after[:1].isalpha() or _NO_DEED.match(after):
        return None
    return text[match.end() :]


def _all(match: re.Match[str], text: str) -> str:
    return text[match.start() :]


def _after(match: re.Match[str], text: str) -> str:
    return text[match.end() :]


def _going_on(match: re.Match[str], text: str) -> str | None:
    ing = match["ing"]
    if ing in _NO_ING:
        return None
    return _base(ing) + text[match.end() :]


def _whoever(match: re.Match[str], text: str) -> str | None:
    """Read "Luis will come": a name is written large, and is no other word at the beginning."""
    who = text[match.start("who") : match.end("who")]
    if match["who"].split()[0] in _NO_NAMES or not all(map(_large, who.replace(",", " ").split())):
        return None
    return f"{who} {text[match.start('deed') :]}"


def _large(word: str) -> bool:
    return word[:1].isupper() or word in ("and", "or", "&")


def _one_of_ours(match: re.Match[str], text: str) -> str:
    who = text[match.start("who") : match.end("who")]
    return f"{who[:1].lower()}{who[1:]} {text[match.start('deed') :]}"


def _by_them(match: re.Match[str], text: str) -> str:
    return text[match.start("deed") :]


def _done(match: re.Match[str], text: str) -> str | None:
    subject = text[match.start("subject") : match.end("subject")].strip()
    if match["subject"].split()[0] in ("i", "we", "you"):
        return None
    return f"{subject[:1].lower()}{subject[1:]} {text[match.start('deed') :]}"


_NO_NAMES = frozenset(
    "the it that this these those they he she you who what which when where how there here i we our my your "
    "his her their its a an and but or so if then nothing everything something everyone nobody someone "
    "somebody anyone monday tuesday wednesday thursday friday saturday sunday january february march april "
    "june july august september october november december today tomorrow tonight christmas thanksgiving easter "
    "winter spring summer autumn fall rain snow weather prices price work water time each both all some any "
    "most one none neither chlorine algae grass leaves weeds mold mould mice ants wasps levels temperatures ph salt symptoms pain swelling traffic business interest rates fees taxes costs suppliers customers people god amazon fedex ups usps dhl".split()
)


def _way(begins: str, says: object = _after, day: Day = Day.ANY) -> Speaking:
    return Speaking(re.compile(begins), says, day)  # type: ignore[arg-type]


@cache
def english() -> Language:
    """Return the rules, compiled when the first text is read."""
    clause = r"(?:(?<![^.,;:!(-])\s*|(?<=\band )|(?<=\bbut )|(?<=\bso )|(?<=\bthen )|(?<=- ))"
    start = rf"(?:^|{clause}|(?<=\bweek )|(?<=\bmonth )|(?<=day )|(?<=\btomorrow )|(?<=\btonight ))"
    return Language(
        code="en",
        ways=(
            _way(
                r"\blet me\s+(?=(?:check|ask|find out|look|see|talk|speak|call|ring|get|go|dig|confirm|think|run|take|work)\b"
                r".*\b(?:and|then|i'll|i will)\b.*\b(?:back|call|ring|let you know|send|email|text|tell you|report)\b)"
            ),
            _way(r"\b(?:i|we)(?: can| do)? promise (?:you |to you )?(?:that )?(?:(?:i|we)(?:'ll| will| shall)? |to )?"),
            _way(r"\b(?:i|we) (?:give you|am giving you|are giving you) (?:my|our) word,?(?: that)?\s*"),
            _way(r"\byou have (?:my|our) word,?(?: that)?\s*"),
            _way(
                r"\b(?:i|we) (?:hereby )?(?:commit|undertake|pledge|vow|swear|guarantee) (?:you )?(?:to |that |(?=(?:i|we|it|you)(?:'ll| will)\b))"
            ),
            _way(
                rf"\b{_WE} (?:won't|will not|shall not|are not going to|aren't going to) (?=(?:charge|bill|invoice)\b)",
                _all,
            ),
            _way(
                rf"\b{_WE}(?:'ve| have) (?:just |already |now )?(?:booked|scheduled|arranged|lined up|reserved|penciled|pencilled|set aside) (?!out\b)",
                _all,
                Day.ONE,
            ),
            _way(
                r"(?P<subject>\b(?:the|your|our)\b(?: [a-z-]+){1,3}?) (?P<deed>(?:goes|is going) (?:out|off|in the (?:mail|post))|ships)\b",
                _done,
                Day.ONE,
            ),
            _way(rf"(?:^|(?<=[.,;!] ))(?:going to|gonna)\s+{_ADVERBS}", _deed, Day.NEEDED),
            _way(r"\b(?:you can |please )?(?:count|rely|depend) on (?:me|us)\b(?:\s+(?:for|to|on))?\s*", _counted),
            _way(r"\bconsider it (?:done|sorted|fixed|handled)", _all),
            _way(r"\bleave (?:it|this|that|the \w+) (?:with|to) (?:me|us)\b", _all),
            _way(r"(?<!\w)i'?m on it\b|\bi am on it\b|\bwe'?re on it\b", _all),
            _way(_WILL, _deed),
            _way(_GOING, _deed),
            _way(
                rf"\b{_WE}\s?(?:have got|'ve got|have put|'ve put|have|'ve) you (?:in|down|all set|booked|scheduled|on the (?:schedule|list|calendar|books?)) ",
                _all,
                Day.ONE,
            ),
            _way(
                r"\b(?:you'?re|you are) (?:all set|down|booked(?: in)?|on (?:the|my|our) (?:schedule|list|calendar|books?)) for ",
                _all,
                Day.ONE,
            ),
            _way(r"\bwe(?:'re| are) (?:on|set) for ", _all, Day.ONE),
            _way(rf"{start}(?:i'?m|i am|we'?re|we are)\s+{_ADVERBS}{_ING}", _going_on, Day.NEEDED),
            _way(rf"{start}{_ING}(?= )", _bare_ing, Day.NEEDED),
            _way(r"\byou(?:'ll| will| shall)\s+(?:also\s+)?hear (?:back )?from (?:me|us|[a-z]+)\b", _hear),
            _way(
                r"\byou(?:'ll| will| shall)\s+(?:also\s+)?(?:have|get|receive|find(?! (?:that|it|the water|out)\b))\s+"
                r"(?!to\b|used|charged|an? (?:error|bill|charge|headache)|no\b|trouble|problems)",
                _after,
                Day.NEEDED,
            ),
            _way(rf"{start}(?:please |you can |so |and )*expect (?:me|us)\b\s*(?!to\b)", _expected, Day.NEEDED),
            _way(rf"{start}(?:please |you can )*expect (?=[^,;]*\bfrom (?:me|us)\b)"),
            _way(
                rf"{start}(?:please |you can )*expect (?=(?:the|my|our|your|an?) )(?![^,;]*\bto\b)", _after, Day.NEEDED
            ),
            _way(
                rf"\b(?P<who>{_OUR_OWN})(?:'ll| will| shall| is going to| are going to)\s+{_ADVERBS}(?P<deed>{_DEEDS})\b",
                _one_of_ours,
            ),
            _way(
                rf"\b(?P<who>{_OUR_OWN})(?: is| are|'s|'re)\s+(?P<deed>coming|calling|dropping|stopping|bringing|swinging|ringing|delivering|starting)\b",
                _one_of_ours,
                Day.NEEDED,
            ),
            _way(
                rf"\b{_WE}(?:'ve| have)? (?:asked|told|got|instructed|arranged for) [^.;]{{1,60}}?\b(?P<deed>(?:he|she|they)(?:'ll| will) (?:{_DEEDS})\b)",
                _by_them,
            ),
            _way(
                r"\b(?P<deed>(?:the|your|this|that) (?:[\w'-]+ ){1,4}?(?:is|are|will be) (?:on (?:me|us|the house)|free of charge|at no (?:extra )?(?:charge|cost)))\b",
                _by_them,
            ),
            _way(
                rf"\b(?P<who>[a-z][\w'-]+?(?:(?: and|,| or| &)? [a-z][\w'-]+?){{0,2}})(?:'ll| will| is going to| are going to)"
                rf"\s+{_ADVERBS}(?P<deed>{_DEEDS})\b",
                _whoever,
            ),
            _way(
                r"\b(?P<who>[a-z][\w'-]+?)(?: is|'s)\s+(?P<deed>coming|calling|dropping|stopping|bringing|swinging|ringing|delivering|starting)\b",
                _whoever,
                Day.NEEDED,
            ),
            _way(
                rf"(?P<subject>{_SUBJECT})(?:'ll| will| shall) (?:all )?(?P<deed>(?:be|get|have been) (?:all )?{_DONE})\b",
                _done,
            ),
            _way(rf"(?P<subject>{_SUBJECT}) (?P<deed>(?:is|are) (?:going to be|getting) {_DONE})\b", _done),
            _way(
                r"(?P<subject>\b(?:the|your|our|my)\b(?:\s+[\w'-]+){1,4}?)(?:'ll| will) (?P<deed>be (?:in|back|there|here|with you|on (?:your|the)(?: \w+)? (?:bill|invoice|statement)|on its way|in (?:your|the) (?:mail|post|inbox)))\b",
                _thing,
                Day.ANY,
            ),
            _way(
                rf"(?P<subject>\b(?:the|your|our|my|an?)\b (?:[\w'-]+ )??{_PAPER})(?:'ll| will|) (?P<deed>(?:to )?(?:follow|come|be with you|go out|reach you|be in your))\b",
                _done,
            ),
            _way(
                rf"{start}(?:yes|ok|okay|sure|thanks|great|perfect|absolutely|understood|got it)?[,.! ]*will (?=do\b)",
                _will_do,
            ),
            _way(
                rf"{start}(?:will|shall)\s+{_ADVERBS}(?!do\b|it\b|you\b|he\b|she\b|they\b|i\b|we\b|the\b|your\b|my\b|our\b|this\b|that\b|there\b|those\b|these\b|a\b|any|not\b)",
                _deed,
            ),
            _way(
                rf"\b{_WE} can (?:probably )?(?=(?:be|come|stop|drop|swing|pop|make it|do|have|get|start|finish|fit|meet|bring|send|pick|deliver|return|head|visit|squeeze|ring|call)\b)",
                _after,
                Day.ONE,
            ),
            _way(rf"{start}can do ", _all, Day.ONE),
            _way(
                rf"\b{_WE} (?:plan|intend|mean|am planning|are planning) (?:to|on)\s+|\b{_WE}(?:'m|'re| am| are) planning (?:to|on)\s+",
                _after,
                Day.NEEDED,
            ),
            _way(
                rf"{start}(?:i|we) (?=(?:start|begin|finish|come|return|deliver|install|leave for|open up|go back|come back|get back)\b)",
                _after,
                Day.ONE,
            ),
            _way(r"(?:^|(?<=[.,;!] ))(?:(?:ok|okay|great|good|so|thanks|perfect),? )?see you ", _all, Day.ONE),
        ),
        not_at_all=re.compile(
            r"\?\s*[\"')]*$|"
            r"(?<!even )(?<!see )(?<!check )(?<!know )(?<!ask )(?<!out )(?<!asking )(?<!checking )(?<!seeing )(?<!tell you )(?<!confirm )"
            r"\bif\b(?! (?:i|we) (?:don't|do not|dont|can't|cannot) (?:hear|reach|get|catch|find)| (?:i|we) hear nothing| nothing (?:else )?(?:comes|changes)|"
            r" you don't mind me| all goes (?:well|to plan)|[^;]*\b(?:let (?:me|us) know|please|(?:call|ring|text|tell) (?:me|us)|just|shout)\b)|"
            r", (?:you|he|she|they) (?:wrote|said|told|mentioned|say|says)\b|\b(?:whenever|in case|assuming|provided|depending on)\b|"
            r"\bas (?:i )?promised,? here|\bwould you\b|"
            r"(?:^|, )(?:please |just |so |or |simply )*(?:let (?:me|us) know|say|tell (?:me|us)|call|ring|text|email|mail|send|reply|write|ask|"
            r"give (?:me|us) (?!until|till|a (?:day|week|moment|minute|bit|few|couple)|an hour)|pick|choose|confirm|sign|pay|drop (?:me|us)|shout|send)\b[^.;]*?(?:\b(?:and|then)|,) (?:then )?(?:i|we)(?:'ll| will|'m|'re)\b",
            re.IGNORECASE,
        ),
        not_before=re.compile(
            r"\b(?:said|says|say|saying|told|tells|tell|wrote|writes|think|thought|thinks|believe|believes|hope|hopes|hoping|guess|"
            r"suppose|wish|wonder|doubt|afraid|asked|asks|imagine|reckon|bet|promised|claims?|mentioned|announced|understand|heard|"
            r"whether|when|until|before|after|where|how|what|which|who|while|sure|unsure|unlikely|likely)"
            r"(?: (?:me|us|you|him|her|them|that|it's))*\s*$|\b(?:maybe|perhaps|possibly|hopefully|probably|with (?:any )?luck)\b[^;]{0,30}$|\b(?:not|n't|never)\b[^,;]{0,18}$"
        ),
        rest=_rest,
        bounds=re.compile(r"[;:]\s|\s[-]{1,2}\s|,\s(?:but|so|and|then)\s|\s(?:but|and)\s|\band then\b"),
        soon=re.compile(
            r"\b(?:shortly|right away|straight away|soon|asap|as soon as|later|next (?:time|visit|bill|invoice|statement|appointment|order)|immediately|right after|at once|once )\b"
        ),
    )


def _bare_ing(match: re.Match[str], text: str) -> str | None:
    return _going_on(match, text) if match["ing"] in _SENT else None


_SENT = frozenset(
    "coming sending dropping bringing calling ringing texting emailing ordering delivering picking stopping "
    "swinging mailing posting heading returning starting finishing moving putting booking scheduling".split()
)


def _hear(match: re.Match[str], text: str) -> str:
    return text[match.start() :].split(" ", 1)[1].removeprefix("will ")


def _expected(match: re.Match[str], text: str) -> str:
    return "be there " + text[match.end() :]


def _counted(match: re.Match[str], text: str) -> str:
    return text[match.end() :].strip(" .,!") or text[match.start() :]


def _will_do(match: re.Match[str], text: str) -> str:
    return "Will do" + text[match.end() + 2 :]


def _thing(match: re.Match[str], text: str) -> str | None:
    if re.search(
        r"\b(?:price|prices|office|shop|weather|sun|water|rate|truck|van|car|phone|computer|warranty|neighbou?r|supplier)\b",
        match["subject"],
    ):
        return None
    return _done(match, text)


_AGAIN = re.compile(r"\b(and|then),?\s+(?:then\s+)?(?:i|we)(?:'ll|’ll| will| shall)\s+", re.IGNORECASE)
_ME = re.compile(
    r"\b(ring|call|phone|text|email|e-mail|mail|message|send|get|bring|give|show|offer|quote|write|contact|order)\s+you\b(?!\s+(?:to|in|down|up|set|sorted)\b)",
    re.IGNORECASE,
)


_BY = re.compile(
    r"\b(drop|swing|stop|pop|come|pass|go|be|run|walk) by (?=[a-z])(?!on |at |after |before |the |and |to |here|your )",
    re.IGNORECASE,
)
"""In "drop by Thursday" the word belongs to the verb, not to the day."""


def _rest(what: str) -> str:
    what = re.split(
        r"\s*[;–—]\s|\s-{1,2}\s|,?\s+and (?:[A-Z]\w+|he|she|they|you)(?: will|'ll|’ll)\b|,\s+(?:so|but|because|since|which|and (?:you|that|it|the)|as|though|unless)\b|:\s",
        what,
    )[0]
    what = re.sub(r"\s+\b(?:and|but|so) (?:will|am|are) (?=[a-z])", " and ", _AGAIN.sub(r"\1 ", what))
    what = re.sub(r"^(an? [\w' -]+?) from (?:me|us)\b", r"\1", _ME.sub(r"\1", what))
    return _BY.sub(r"\1 by on ", what)
