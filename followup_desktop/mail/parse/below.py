"""What stands under a message without being part of it: signatures, the names of telephones, notices of lawyers."""

from __future__ import annotations

import re

_UNDER = re.compile(r"^\s*(--|—|–|__|- -|\*\*)\s*$")
_SENT = (
    r"sent|get|download|enviad[oa]s?|mandado|obtener|obtén|obtenha|gesendet|versendet|holen|envoyée?|expédié|obtenez|obtenir|télécharger|inviat[oa]|spedito|"
    r"ottieni|scarica|verzonden|verstuurd|gestuurd|download|skickat|skickades|sendt|hent|hämta|lähetetty|hanki|wysłan[eoya]*|pobierz|odeslán[oa]?|"
    r"odoslané|отправлено|надіслано|изпратено|послато|poslano|poslato|trimis|enviat|küldve|küldtem|elküldve|gönderildi|gönderilen|"
    r"αποστολή|στάλθηκε|εστάλη|dikirim|dihantar|được gửi|gửi từ|送信|发送|發送|发自|發自|来自|寄自|보냄|보낸|נשלח|أرسلت|مرسل|ส่งจาก|written|composed|typed"
)
_DEVICES = (
    r"iphone\w*|ipad\w*|ios|android\w*|samsung|galaxy|blackberry\w*|outlook|yahoo|mobile?|mobil\w*|móvil|celular|cellulare|handy|smartphone|"
    r"telefon\w*|teléfono|telefone|téléphone|puhelim\w*|huawei|xiaomi|redmi|oneplus|pixel|motorola|nokia|sony|xperia|htc|lg|windows|proton\w*|tutanota|"
    r"tuta|gmail|gmx|web\.de|freenet|t-online|device\w*|dispositivo|gerät|appareil|toestel|cell|phone|tablet|zoho|spark|superhuman|"
    r"front|bluemail|typeapp|aquamail|mail|airmail|k-9|fairemail|thunderbird|aol|hotmail|verizon|at&t|t-mobile|libero|orange|"
    r"mac|macbook|telem[óo]vel|courrier|posta|correo|スマートフォン|携帯|apple watch|watch|hey|fastmail|mailbird|newton|edison|canary|missive|айфон\w*|телефон\w*|смартфон\w*|手机|手機|スマート|아이폰"
)
_DEVICE = re.compile(
    rf"^\W*(?:{_SENT})(?!\w).{{0,80}}?(?<![\w-])(?:{_DEVICES})(?![\w-]).{{0,70}}$"
    rf"|^\W*(?:diese|von|vom|depuis|mit|desde|da|de|van|fra|från|mi|iphone\w*|我|从|從|나의|내|.{{0,12}}iphone)\W.{{0,70}}(?<![a-z])(?:{_DEVICES})\W?.{{0,40}}"
    rf"(?:gesendet|versendet|geschickt|gönderildi|lähetetty|küldve|verzonden|envoyé|送信|发送|發送|보냄)\W*$"
    rf"|^\W*(?:iphoneから送信|从我的 ?iphone ?发送|從我的 ?iphone ?傳送|나의 iphone에서 보냄|发自我的.{{0,20}}|發自我的.{{0,20}}|来自.{{0,12}}(?:邮箱|手机).{{0,12}}|iphone'?umdan gönderildi)\W*$"
    r"|^\W*outlook (für|for|pour|para|per|voor) \w+ (herunterladen|beziehen|holen|downloaden|hämta)|^\W*provenance\s?: courrier|^.{0,30}から送信(しました)?\W*$"
    r"|^\W*yahoo mail: search|^\W*virus-?(free|frei)\b|checked for viruses by|^\W*avast|auf viren geprüft|analizado con avast",
    re.IGNORECASE,
)
_EXCUSE = re.compile(
    r"^\W*(please )?(excuse|forgive|pardon|apologi[sz]e for)\b.{0,60}(brevity|typos?|errors?|spelling|autocorrect|mistakes?)|^\W*(disculpe|entschuldigen sie|excusez).{0,40}(breve|kürze|fautes|tippfehler|errores)|"
    r"^\W*typos? (courtesy|by)|^\W*sorry for (the )?(brevity|any typos)",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"^\W*(confidentiality|disclaimer|legal notice|privileged|notice|important notice|aviso (legal|de confidencialidad)|haftungsausschluss|"
    r"avis de confidentialité|avvertenza|aviso)\b.{0,40}[:\n]"
    r"|\b(this|the information|contents of this) (e-?mail|message|communication|transmission|electronic)?.{0,80}(confidential|privileged|intended (solely|only|for))"
    r"|\bdiese (e-?mail|nachricht) (enthält|kann|ist).{0,60}vertraulich|\bce (message|courriel|mail).{0,120}confidentiel|\best[ea] (mensaje|correo|e-?mail|mensagem).{0,120}confiden[ct]ia"
    r"|\b(questo messaggio|la presente|le informazioni contenute).{0,160}(riservat|confidenzial)|\bdit (bericht|e-?mail).{0,100}vertrouwelijk"
    r"|consider the environment before|think before (you )?print|piense en el medio ambiente|denken sie an die umwelt|pensez à l'environnement"
    r"|\bif you (are not|have received).{0,40}(intended recipient|in error|by mistake)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\W*((with |all the |my |very )?(best|kind|kindest|warm|warmest|many thanks|thanks|thank you|cheers|sincerely|yours|respectfully|regards|best wishes|br|rgds|thx|ta)"
    r"( (and|&) .{2,20})?( (regards|wishes|sincerely|truly|faithfully|again|so much|very much|in advance))?"
    r"|mit (freundlichen|besten|herzlichen|lieben|vielen) gr(ü|ue)(ß|ss)en|(viele|liebe|beste|herzliche|schöne|freundliche) gr(ü|ue)(ß|ss)e( aus \w+)?|gru(ß|ss)|mfg|lg|vg|"
    r"(bien |très )?cordialement|bien à vous|salutations( distinguées)?|amicalement|merci|"
    r"(un |muchos )?(cordial(es)? )?saludos?( cordial(es)?)?|atentamente|un abrazo|gracias|cordiali saluti|distinti saluti|saluti|grazie|"
    r"atenciosamente|att|cumprimentos|abraços?|obrigad[oa]|met vriendelijke groet(en)?|groet(en|jes)?|mvg|vriendelijke groet(en)?|"
    r"(med )?(venlig|vennlig|vänliga?) (hilsen|hälsning(ar)?)|mvh|hilsen|hälsningar|vh|ystävällisin terveisin|terveisin|pozdrawiam|z poważaniem|s pozdravem|"
    r"с уважением|з повагою|üdvözlettel|saygılarımla|cu stimă)\W*$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"https?://|www\.|[\w.+-]{1,64}@[\w-]{1,63}\.|(?<!\d)\+?\(?\d[\d ()./-]{6,20}\d|\b(tel|fon|phone|mobile?|cell|fax|tél|móvil|telefon|gsm|office|direct)\b\s*[.:]|"
    r" \| | • | · |\b(inc|ltd|llc|gmbh|s\.?l|s\.?a|bv|ag|sarl|srl|corp)\b\.?",
    re.IGNORECASE,
)


def without_signature(lines: list[str]) -> list[str]:
    """Return the lines of somebody's own words without what stands under them by itself."""
    lines = _above_mark(_above_notice(lines))
    lines = [line for line in lines if not is_device(line)]
    return _above_contact(_trimmed(lines))


def is_device(line: str) -> bool:
    """Whether a line only tells what program or telephone a message was written with."""
    if len(line) > 400:
        return False
    bare = re.sub(r"<?https?://[^\s>]+>?|\[[^\]]{0,80}\]", " ", line).strip()
    return 0 < len(bare) <= 140 and bool(_DEVICE.search(bare) or _EXCUSE.search(bare)) and not bare.endswith("?")


def _is_contact(line: str) -> bool:
    return bool(_CONTACT.search(line[:300]))


def _trimmed(lines: list[str]) -> list[str]:
    while (
        lines
        and len(lines[-1]) < 400
        and re.fullmatch(r"[\W_]*", lines[-1])
        and not re.search(r"[^\x00-\x7f]", lines[-1])
    ):
        if re.fullmatch(r"\s*[?!.:;()-]{1,3}\s*", lines[-1]) and lines[-1].strip() not in ("--", "---"):
            break  # “?” or “:-)” is an answer too
        lines = lines[:-1]
    return lines


def _above_mark(lines: list[str]) -> list[str]:
    """Return what stands above “-- ”, the mark of a signature (RFC 3676 4.3), or above a rule with little under it."""
    said = False
    for number, line in enumerate(lines):
        if said and _UNDER.match(line) and not _goes_on(lines, number):
            return lines[:number]
        if said and len(line) < 200 and _RULE.fullmatch(line):
            under = [one for one in lines[number + 1 : number + 40] if one.strip()]
            if len(under) <= 10 and any(map(_is_contact, under)):
                return lines[:number]
        said = said or bool(line.strip())
    return lines


def _goes_on(lines: list[str], number: int) -> bool:
    """Whether a sentence goes on under a dash, which then marks no signature ("-- " with its blank always does)."""
    below = next((line.strip() for line in lines[number + 1 :] if line.strip()), "")
    return lines[number] != "-- " and below[:1].islower() and len(below.split()) >= 5 and not _CONTACT.match(below)


_RULE = re.compile(r"\s*([-_=*~#])\1{2,}\s*")


def _above_notice(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        before = number == 0 or not lines[number - 1].strip()
        if (
            number
            and before
            and _NOTICE.search(" ".join(one[:400] for one in (line, *lines[number + 1 : number + 3]))[:400])
        ):
            here = " ".join(" ".join(lines[number:]).split())
            if len(here) > 60 and not re.match(r"\W*(hi|hello|thanks|yes|no)\b", here, re.IGNORECASE):
                return _trimmed(lines[:number])
    return lines


def _above_contact(lines: list[str]) -> list[str]:
    """Return what stands down to a closing and a name, without the card that a program puts under them."""
    for number in range(len(lines) - 1, max(0, len(lines) - 16), -1):
        if not _CLOSING.match(lines[number]) or not any(line.strip() for line in lines[:number]):
            continue
        under = [at for at in range(number + 1, len(lines)) if lines[at].strip()]
        if len(under) >= 2 and len(under) <= 12 and any(_is_contact(lines[at]) for at in under[1:]):
            name = lines[under[0]]
            return lines[: under[0]] if _is_contact(name) else lines[: under[0] + 1]
        return lines
    return lines
