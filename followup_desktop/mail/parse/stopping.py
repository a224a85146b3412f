"""Wishes not to be written to any more, put together from their parts: what ends, what is ended, and whose it is.

`opt_out.py` knows how such wishes are usually said. Here English and Spanish ones count in words of their own; what is
about the work, one paper, one day or another channel does not. Pure.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_WRITING = (
    r"(?:e-?mailing|mailing|writing|messaging|contacting|spamming|bothering|bugging|pestering|harassing|hounding|chasing|"
    r"reaching out|following up|soliciting|getting in touch)"
)
_WRITE = (
    r"(?:e-?mail|mail|write|message|contact|spam|bother|bug|pester|harass|hound|chase|reach out|follow up|get in touch|"
    r"solicit|approach)"
)
_MAILS = (
    r"(?:e-?mail(?:s|ings?)?|mailings?|messages|news ?letters?|reminders|check-?ins|follow-?ups|correspondence|"
    r"communications?|marketing|promotions?|promos?|advertising|ads|solicitations?|spam|blasts?|mail-?(?:outs?|shots?)|broadcasts)"
)
_WHICH = r"(?:(?:all|any|the|these|those|this|your|further|future|more|such|of|with|out|so many|sending|me|us|to) )*"
_WHOM = (
    r"(?:(?: to| with)? (?:me|us|him|her|them|my (?:\w+ )?(?:husband|wife|mother|father|mom|dad|parents|address|e-?mail|office)|"
    r"this (?:e-?mail )?(?:address|account|inbox|mailbox)|here|our \w+))?"
)
_NOW_ON = (
    r"(?: (?:any ?more|any ?longer|again|ever(?: again)?|further|in (?:the )?future|from now on|going forward|at all))"
)
_END = r"(?: (?:please|pls|plz|thanks?|thank you|thx|ok|okay|ever|now))*\W*(?:$|,|;| - | – |\band\b|\bbut thank)"
_NO = r"(?:do not|don't|never|no longer|not(?: to)?|please no)"
_MINE = (
    r"(?:me|us|my (?:\w+ )?(?:name|address|e-?mail|data|details|info|information|contacts?|account)(?: address)?|"
    r"(?:this|our) (?:e-?mail |name|address)*(?:address|account|name|e-?mail)?)"
)
_LIST = r"(?:lists?|records?|files?|systems?|database|books|mailings?|e-?mails|news ?letters?|messages|correspondence|reminders|contacts)"
_TAKE = r"(?:remov|delet|strik|tak|drop|leav|left|scrub|purg|eras|wip|cross|scratch|exclud|omit|pull|cut|get|got|unlist)(?:e|es|en|ing|ping|p|t)?"

_ASKS = tuple(
    re.compile(pattern)
    for pattern in (
        # to stop, our writing or our mail
        rf"\b(?:stop|quit|cease|end|halt|discontinue|suspend|refrain from|desist from|knock off) {_WHICH}(?:{_WRITING}{_WHOM}(?:{_NOW_ON}|{_END})|{_MAILS}{_END})",
        rf"\bstop sending (?:me |us )?(?:stuff|things|this|these|those|them|it|that|anything|junk|crap)(?: to (?:me|us))?(?: stuff| things)?{_END}",
        rf"\b(?:cancel|discontinue) {_WHICH}{_MAILS}{_END}",
        rf"\byou (?:can|may|could|should) stop {_WHICH}(?:{_WRITING}|sending)",
        rf"\b(?:no need|needn't|need not|don't have|do not have|no reason|no point)(?: for you)? (?:to )?(?:keep|carry on|go on|continue)(?: on)? (?:to )?(?:{_WRITING}|sending|{_WRITE})",
        # not to write
        rf"\b{_NO}(?: (?:ever|please|you|be))?(?: (?:try to|bother to))? (?:{_WRITE}|{_WRITING}){_WHOM}{_NOW_ON}",
        rf"\b(?:mind|ask(?: you)?(?: to)?|request|prefer|rather|appreciate)\b.{{0,20}}\bnot (?:to )?(?:be )?(?:{_WRITE}|{_WRITING})(?:ed|d)?{_WHOM}(?: by e-?mail| by mail)?(?:{_NOW_ON}|\W*$)",
        rf"\b{_NO} send (?:me|us)(?: anything| any| nothing)(?: else| more| further| {_MAILS})*{_END}",
        rf"\b(?:prefer|rather|like|want|wish|choose|asking|ask|love) (?:to )?not (?:to )?(?:be (?:contacted|e-?mailed|written to|mailed|approached|messaged)|(?:get|receive|have|be sent|see) {_WHICH}(?:{_MAILS}|mail))",
        r"\b(?:no longer|don't|do not|never) (?:\w+ )?(?:wish|want|care|need|like) (?:to )?(?:hear|hearing) from\b",
        rf"\b(?:no longer|don't|do not) (?:\w+ )?(?:want|need|wish|care for) (?:any of )?(?:these|this|those|your)(?: any ?more| any ?longer)?(?: {_MAILS}| mail)?(?: any ?more| any ?longer)?{_END}",
        rf"^\W*(?:(?:please|pls|kindly|thanks?),? )*no (?:more|further)(?: of)?(?: (?:these|those|this|your|{_MAILS}|mail))+{_END}",
        rf"\b(?:done|finished|through) (?:with )?(?:receiving|getting|reading) (?:these|those|your|this){_END}",
        r"\bno longer us(?:e|ing) (?:this|my) (?:e-?mail )?address\b.{0,20}\bfor (?:this|us|me)|\buse (?:it|this(?: address)?|my (?:e-?mail|address)) no (?:more|longer)\b",
        rf"\b(?:i|we) (?:\w+ )?(?:asked|told|begged) you (?:\w+ )?(?:not to\b|to stop\b)|\b{_NO} (?:{_WRITE}) here\b|\bi'll pass on (?:these|your|those|any more)\b",
        rf"\b(?:this|it|these|they|that) (?:has|have|needs?|ought|must)(?: got)?(?: to)? (?:stop|end|cease)\b.{{0,40}}\b{_MAILS.replace('messages', 'messages|mails')}\b|\bmails?\b.{{0,30}}\b(?:has|have|need)(?: got)? to (?:stop|end)\b",
        rf"\b(?:receive|get|have|want|hear) (?:no|nothing)(?: more| further| other| else)*(?: {_MAILS}| mail)?(?: from (?:you|your)\b| at all|{_END})",
        r"\b(?:so|so that|that) (?:i|we) (?:don't|do not|no longer|never) (?:get|receive|have) (?:these|those|them|your|any|this)\b|\bstop (?:getting|receiving) (?:these|those|them|your|this)\b",
        rf"\b(?:don't|do not|never|no need to|no point|why) (?:you )?(?:keep|keeping|continue|bother) (?:on )?{_WRITING}\b|^\W*(?:can|could|will|would) you (?:please |just )*stop(?: it| this)?\W*$|^\W*(?:please |just )*stop asking\W*$",
        r"\b(?:did not|didn't|never|don't|do not) (?:give|gave|given) (?:you |my )*(?:permission|consent|leave)\b",
        r"\b(?:great|nice|good|best|better|happy|glad|grateful|kind)\b.{0,20}\bnot (?:to )?(?:receive|get|have|be sent|see) (?:these|those|this|your|any|more)\b|\bi (?:hereby |now )?(?:opt out|unsubscribe)\b",
        rf"\b{_NO} use (?:this|my|our) (?:e-?mail )?(?:address|e-?mail|account)\b|\b(?:forget|forgot|lose|ditch|bin|trash|shred|destroy) (?:about )?(?:my|this|our) (?:e-?mail |mail )?(?:address|e-?mail|number|contact|name|details)\b|\bsend (?:me|us) nothing\b",
        rf"\bopt(?:ing)?[- ]out of (?:[\w-]+ ){{0,3}}{_MAILS}|\bdo[- ]not[- ](?:e-?mail|contact|mail)\b(?: list\b|\W*$)",
        rf"\b{_MAILS}\b.{{0,60}}\b(?:please|pls|kindly) (?:end|stop|cancel|discontinue) (?:it|them|these|those|this|that)\b",
        # to be taken off
        r"\b(?:remov|delet|eras|scrub|purg)e (?:this|my|our) (?:e-?mail |mail )?(?:address|e-?mail|contact|contacts|data)(?! (?:from|on|off|in|at|there|here))\b|\b(?:deletion|removal|erasure) (?:from|of) (?:\w+ ){0,2}(?:lists?|data|address|e-?mail|records|database)\b",
        rf"\b{_TAKE} {_MINE}(?: completely| permanently)?(?: (?:off|out))?(?: (?:of|from))?(?: \w+){{0,3}} {_LIST}\b",
        rf"\b(?:leave|left|leaving|keep|take|taken|count) {_MINE} (?:off|out)(?: of (?:it|these|them|this))?(?: (?:from now on|in (?:the )?future|going forward|please))*\W*$",
        rf"\b(?:left|taken|kept|dropped|removed|struck|deleted|excluded|unsubscribed) (?:off|out|out of|from) (?:\w+ ){{0,3}}{_LIST}\b",
        r"\brequest(?:ing)? (?:to be|that (?:i|we) be|for (?:my|our)) (?:removed|taken off|unsubscribed|deleted|removal|deletion)\b|\b(?:want|like|need|ask|asked|asking) to be (?:removed|unsubscribed|taken off|deleted)\W*$",
        r"\b(?:want|like|get) (?:me |us )?out of (?:this|these|your|the) (?:e-?mail |mail |mailing )?(?:chain|list|loop|e-?mails|thread)\b",
        r"\b(?:erase|delete|destroy|remove) (?:all )?(?:of )?(?:my|our) (?:personal )?(?:data|details|information|info)\b|\bobject to (?:the |your |any )?(?:further )?(?:processing|use|using)\b.{0,30}\b(?:data|address|e-?mail|marketing)|\bright to (?:be forgotten|erasure)\b",
        # Spanish, without its accents
        r"\bno (?:me |nos )?(?:volver|vuelvan?|vuelvas) (?:mas )?a (?:escrib|envi|mand|contact|molest|busc)\w*",
        r"\b(?:saque|saca|quite|quita|borre|borra|elimine|elimina|retire|retira)n?(?:me|nos)(?: ya)?(?: (?:de )?(?:ahi|esto|todo|(?:\w+ ){0,3}(?:lista|listas|base de datos|correos|envios|registros?|contactos)))?(?: (?:por favor|gracias|ya))*\W*$",
        r"\b(?:prefiero|preferimos|preferiria|prefeririamos|quisiera|gustaria|agradeceria|agradezco) (?:que )?(?:ya )?no (?:recibir|seguir recibiendo|ser contactad|(?:me|nos) (?:escrib|envi|mand|contact))\w*",
        r"\bno (?:me|nos) (?:sigan?|sigas) (?:escribiendo|mandando|enviando|contactando|molestando)\b|\b(?<!no )(?:dej|par|ces)\w* (?:ya )?de (?:escrib|mand|envi|contact|molest)\w*",
        r"\bdej\w+(?:me|nos) (?:en paz|tranquil\w+)\b|\b(?:anul|cancel)\w* (?:mi |la |esta )?(?:suscripcion|inscripcion)\b|\b(?:basta|ya esta bien|hart[oa]s?|cansad\w+) (?:ya )?(?:de|con) (?:tant[oa]s? |estos |sus )*(?:correo|mensaje|aviso|mail|e-?mail|recordatorio)s?\b|\bno (?:los?|las?|me los?|me las?) (?:envi|mand)en?\b",
        r"\bno (?:quiero|queremos|deseo) (?:mas )?(?:sus|tus|estos|estas|esos) (?:correos|mensajes|avisos|recordatorios|promociones|boletines|mails)\b",
        r"\bya no (?:quiero|queremos|deseo|necesito|me interesan?) (?:sus|estos|estas|mas|recibir|saber) ?(?:correos|mensajes|avisos|recordatorios|boletin|publicidad|nada)?\b.{0,20}(?:$|[,.;])",
    )
)
"""Ways to ask for it; each is tried on a sentence in small letters, its accents and slips mended."""
_FEW = r"(?:\W+[\w'-]+){0,7}?\W+"
_POST = (
    r"(?:e-?mails|mailings?|news ?letters?|messages|check-?ins|follow-?ups|reminders|correspondence|communications?|"
    r"notifications|solicitations?|spam|marketing|junk mail|(?:e-?mail )?blasts?|mail-?(?:outs?|shots?)|broadcasts|(?:e-?mail |mail )distribution|distribution(?= please|\W*$|[,.;])|(?:further |more |all |any )?contact(?! (?:the|a|an|your|his|her|them|him|luis)\b)|inbox|"
    r"(?:e-?mail|mail|mailing|contact|distribution|customer|marketing) lists?)\b"
)
_REACH = (
    rf"(?:{_WRITE}(?:ed|ted|d)?(?: to)? (?:me|us|him|her|them|my \w+|this (?:address|account)|any ?more|again|any ?longer)|"
    rf"{_WRITING}|contacted|in touch|writing to)\b"
)
_CORREO = r"(?:correos|mensajes|avisos|boletin(?:es)?|publicidad|envios|recordatorios|propaganda|notificaciones|comunicaciones)"
_WORDS_ES = r"(?:\w+ ){0,6}?"
_STRIKE = (
    r"(?:remov|delet|strik|scrub|purg|eras|wip|cross|scratch|exclud|omit|unlist|struck)(?:e|es|en|ing|ping|p|ed|d)?"
)
_MOVE = r"(?:take|taken|taking|took|drop|dropped|leave|left|leaving|get|getting|pull|pulled|cut|keep|kept|have)"
_WHOSE = r"(?:my (?:\w+ )?name|both of us|all of us|this one)"
_LOOSE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:don't|do not|didn't|did not|never|no longer|no more|no further|without|not|no|rather you didn't){_FEW}(?:{_POST}|{_REACH})",
        rf"\b(?:{_POST}|{_REACH}|write to \w+){_FEW}(?:no longer|no more|any ?more|any ?longer)\b",
        rf"\b(?:stop|cease|end|halt|quit|finish|cut out|enough){_FEW}(?:{_POST}|{_REACH})",
        rf"\b(?:{_POST}|(?:like|want|need) (?:these|this|those|them|it all|it)) (?:\w+ ){{0,2}}(?:to )?(?:stop|end|cease|go away|finish|disappear)\b",
        rf"\b(?:{_STRIKE}|{_MOVE} (?:{_MINE}|{_WHOSE})(?: (?:off|out))?)\b{_FEW}(?:{_POST}|(?:whatever|every|any|this|these|your|all|the|that) (?:\w+ )?(?:list|mailing)s?\b|e-?mail address(?:es)?|mailing)",
        r"\b(?:list|mailings?|e-?mails|chain)\b.{0,40}\b(?:want|wanted|like|get me|let me) (?:off|out)\b|\bremov(?:e|ed|ing) (?:me|us)(?: from (?:it|this|these|there|them|everything))?\W*$",
        r"\b(?:consider|count|mark) (?:me|us) (?:as )?(?:unsubscribed|out|removed|gone)\b|\bi(?:'m| am) (?:opting out|unsubscribing)\b|\b(?:me doy|nos damos) de baja\b",
        rf"\b(?:no|ya no|nunca|nada de|basta de|menos) {_WORDS_ES}{_CORREO}\b",
        r"\bno (?:me |nos )?(?:escrib\w+|contact\w+|molest\w+|manden?|envien?)(?:me|nos)?(?: (?:mas|nada|mas nada|nunca|jamas))*\W*$|\bno\b.{0,20}\b(?:ponerse|poner|pongan?) en contacto\b|\bno (?:se |me |nos )*(?:pongan?|comuniquen?) (?:mas )?(?:en contacto )?con(?:migo| nosotros)\b",
        rf"\b(?:elimin|borr|quit|sac|saqu|retir|exclu|desuscrib)\w*\b {_WORDS_ES}(?:listas?(?! (?:el|la|los|las|lo|un|una)\b)|{_CORREO}|base de datos)\b|\b(?:borr|elimin)\w+ (?:todos )?mis datos\b|\bno (?:autorizo|doy (?:mi )?(?:permiso|consentimiento)|consiento)\b",
    )
)
"""An ending near mail of ours, whatever stands between."""
_COMPLAINS = re.compile(
    r"(?<!if )(?<!rather )(?<!wish )(?<!ask )\b(?:i|we|you|he|she|they|nobody|no one|there|it)(?:'m|'ve|'re| am| are| is| was| were| have| had| has| do| did)*(?: (?:not|never|don't|didn't|haven't|hasn't|can't|won't|aren't|isn't|wasn't))+ (?:\w+ )?(?!(?:\w+ )?(?:want|need|wish|like|care|appreciate|consent|agree|accept|interested|asking)\b)(?=\w)(?:think|on|contact\w*|writ\w+|messag\w+|e-?mail\w*|call\w*|tell|told|say|said|know|have|had|mean|send|sent|use|check|do|find|hear\w*|be|been|in|at|yet|a|an|the|trouble)\b|\bnobody\b|\bno one\b|\b(?:marketing|spam) (?:guy|person|man|lady|team|department|folder|filter)\b|\b(?:add|put) me\b|\bencuentr\w+\b"
    r"|\b(?:charged?|charging|paid|pay|fees?|costs?)\b|\b(?:hesitate|forget|afraid|shy|worry|mind (?:the|your)|dejen? de|deje de|dejes de)\b|\b(?:i|we) (?:stopped|cancelled|canceled|ended (?!up)|removed|deleted|lost)\b"
    r"|(?<!want to )(?<!wish to )(?<!like to )(?<!care to )(?<!need to )(?<!rather not )\b(?:get|got|gotten|receiv(?:e|ed)|see|saw|seen|find|found|open|opened|read|reach|hear|heard|miss|missed|arrive[sd]?|came|come|answer|answered|reply|replied|respond|responded|ignore|ignored|lost|understand|mention\w*)\b(?! (?:any|these|those|no |from you (?:again|any)))"
    r"|\b(?:have|had|there (?:is|are|was|were)) (?:had )?no (?:e-?mails|messages|reminders)\b|\b(?:love|like|enjoy|appreciate|keep) (?:the|your|these|getting|those|emailing|sending|writing|them)\b(?! to )"
    r"|[,;.] (?:just |please |but )*(?:use|e-?mail|text|call|write) (?!no\b)(?:me|us|my|to|the|it|at|this|that)\b|\b(?:recibi|llego|llegaron|encontr\w+|vi|lei|perdi)\b|\bwhatsapp\b|\b(?:too many|so many) questions\b|\blist (?:of|i|we)\b"
    r"|\b(?:miss|lose|missing|overlook)\b (?:your|any|the|a)|\bmore than (?:one|two|once|twice)\b|\b(?:once|twice|one|two|less|fewer|every|per|a) (?:a |an |per )?(?:week|month|quarter|year|often)\b"
)
"""What only tells of mail: that it did not come, that it is liked, that another way is better, or less of it."""
_WHOLE = re.compile(
    r"\W*(?:(?:hi|hello|hola|dana|please|pls|kindly|ok|just|i said|now|make (?:it|this|them)|this is (?:harassment|spam)|no thanks?|thanks but|por favor)[\s,.!-]*)*"
    r"(?:unsubscribed?(?: me| us)?|stop(?: it| this| that| now| already| please)*|quit it|enough(?: already| is enough)?|cease(?: and desist)?|discontinue|desist|no more|go away|opt(?:ing)? out|"
    r"(?:do not|don't|never) (?:e-?mail|mail|write|contact)(?: (?:me|us|again|here|to me|to us))*|(?:i|we) (?:never|didn't|did not) (?:sign(?:ed)? up|ask(?:ed)?|subscribed?|agree[d]?)(?: for| to)?(?: (?:this|these|it|any of this))*|not interested any ?more|"
    r"ya basta|basta(?: ya)?|no mas|no molesten?(?: mas)?)"
    r"(?:[\s,.!-]*(?:please|pls|thanks?|thx|tks|thank you|por favor|gracias|now|already|ever|ya))*\W*"
)
"""A whole answer of so few words."""
_SPARED = re.compile(
    r"\b(?:until(?! then)|till|(?<!asked )(?<!told you )(?<!said so )before|while|(?:on|at) (?:weekends?|sundays?|nights?|work)|in the (?:morning|evening)s?|today|tonight|this (?:week|month)|next (?:week|month|time)|for (?:now|december|january|the winter|the summer|a (?:week|month|while)|two)|hasta|mientras|antes de|por ahora|hoy)\b(?! (?:i|we) (?:ask|say|tell))"
    r"|\b(?:i|we)(?: will|'ll| must| should| had to| have to| can)? (?:stop|stopped|quit|remove|delete|cancel) (?:\w+ing|the|my|your|it)\b(?! (?:these|your|to get))"
    r"|\binstead\b|\brather than\b|\b(?:only|just) (?:text|call|e-?mail)\b|\btexts? only\b|\b(?:text|call|ring|phone|e-?mail) (?:me|us) (?:when|if|to|at)\b"
    r"|\b(?:don't|do not|never|didn't|did not|please don't|no) (?:\w+ )?(?:stop|unsubscribe|remove|delete|cancel|drop|quit)\b|\bwhy (?:did|have|do|was|were)\b|\byou (?:\w+ )?(?:stopped|quit|ceased)\b|\b(?:make|made) me (?:e-?mail|write)\b"
    r"|\b(?:route|schedule|calendar|roster|rota|waiting|wait ?list|invoices?|bills?|billing|statements?|receipts?|quotes?|estimates?|contract|autopay|payments?|appointments?|visits?|service|pump|filter|heater|hose|gate|dog|key|sign|leaves|cover|chemicals?|chlorine|tablets|salt|the check|cheque|photos?|pictures?|old (?:e-?mail|address)|new (?:e-?mail|address)|cc|reply[- ]all|thread with)\b(?! (?:list|e-?mails?|reminders?|messages|newsletter))"
    r"|\b(?:ruta|factura|recibo|visita|cita|bomba|filtro|porton|perro|llave|contrato|cloro|producto|domingo|lunes|martes|miercoles|jueves|viernes|sabado)s?\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:put|add|sign|keep) (?:me|us|my \w+) (?:on(?! (?:your|the|a) (?:do[- ]not|suppression|no[- ]))|back|up|in)\b|\b(?:remove|take|drop|delete) my (?:wife|husband|son|daughter|mother|father|partner)\b|\bmailing address\b|\bde texto\b|\b(?:my|the|our) (?:neighbou?rs?|tenants?|kids?) (?:want|wants|asked|said|would)\b"
    r"|\b(?:no|not) (?:me|nos) (?:quiten?|borren?|saquen?|dejen?)\b"
)
"""What is spared: the work, a paper, a day, a while, another channel, or the opposite of it."""
_KEEP = re.compile(r"\b(?:e-?mails?|reminders?|check-?ins?|marketing|newsletters?|mailings?|correspondence)\b")


def asks_to_stop(sentence: str) -> bool:
    """Whether a sentence asks, in words of its own, not to be written to any more."""
    text = plain(sentence)
    if len(text.split()) > 40 or (
        text.endswith("?") and not re.search(r"\b(?:you|ever|please|can i|could i|may i|would it|possible)\b", text)
    ):
        return False
    if _SPARED.search(text):
        return False
    if any(pattern.search(text) for pattern in _ASKS):
        return True
    short = len(text.split()) <= 25 and not _COMPLAINS.search(text)
    return short and any(pattern.search(text) for pattern in _LOOSE)


def tells_of_mail(words: str) -> bool:
    """Whether an answer of a few sentences is about what it is sent."""
    text = plain(words)
    return len(text.split()) <= 60 and bool(_TELLS_OF_MAIL.search(text)) and not _SPARED.search(text)


_TELLS_OF_MAIL = re.compile(rf"\b(?:{_MAILS}|{_CORREO}|correo|(?:getting|receiving|sending|with) (?:these|those))\b")


def is_all_stop(words: str) -> bool:
    """Whether an answer is nothing but a word to stop."""
    text = plain(" ".join(words.split()))
    return len(text) < 80 and bool(_WHOLE.fullmatch(text))


def plain(text: str) -> str:
    """Return a text in small letters, with one kind of apostrophe, no accents, and its usual slips mended."""
    low = text.casefold().replace("’", "'").replace("`", "'").replace("´", "'")
    low = low.translate(_ACCENTS)
    low = _SLIPS.sub(lambda found: _MENDED[found[0]], low)
    return re.sub(r"\b(?:un|us|on|em|ema|emi|eam)-?[a-z]{3,12}\b", _meant, low)


def _meant(found: re.Match[str]) -> str:
    """Return the word that is meant by one that is nearly it."""
    if found[0] in ("email", "emailed", "emailer"):
        return found[0]
    alike = {word: SequenceMatcher(None, found[0], word).ratio() for word in _WORDS}
    best = max(alike, key=lambda word: alike[word])
    if alike[best] >= (0.8 if best[0] == "u" else 0.86):
        return best
    return found[0]


_ACCENTS = str.maketrans("áéíóúü", "aeiouu")
_MENDED = {
    "dont": "don't",
    "doesnt": "doesn't",
    "didnt": "didn't",
    "wont": "won't",
    "im": "i'm",
    "ive": "i've",
    "id like": "i'd like",
    "youre": "you're",
    "ur": "your",
    "u": "you",
    "plz": "please",
    "pls": "please",
    "anymore": "any more",
    "emials": "emails",
    "emial": "email",
    "messges": "messages",
    "thats": "that's",
    "recieve": "receive",
    "recieving": "receiving",
    "stoping": "stopping",
    "remvoe": "remove",
}
_SLIPS = re.compile(rf"\b(?:{'|'.join(_MENDED)})\b")
_WORDS = ("unsubscribe", "unsubscribed", "unsubscribing", "emails", "emailing")
