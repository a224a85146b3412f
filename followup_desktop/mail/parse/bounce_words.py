"""What mail servers say in a delivery report, in the languages they speak it; words that mean one thing, together."""

from __future__ import annotations

import re


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


DAEMON = _any(
    r"^(mailer[-_.]?daemon|mail[-_.]?daemon|mailerdaemon|post[-_.]?master|e?mail(er)?[-_.]?delivery|mdaemon|bounces?|bounced|mail[-_.]?system|smtp[-_.]?daemon|"
    r"mail_delivery|noreply-mailer-daemon|microsoftexchange[0-9a-f]*|delivery[-_.]?(status|notification|failure|system|subsystem)?|ndr|mmdf|mta|root-?mta|"
    r"mailadmin|email-?server|symantec_antispam.*|barracuda|emailadmin|no-?reply-?dsn|dsn|undeliverable)([+=\-_.][^@]*)?@"
)
"""Local parts that no person writes from."""
DAEMON_NAME = _any(
    r"mail delivery (sub)?system|mailer-daemon|mail deliver(y|er)|postmaster|delivery (sub)?system|mail system|mail administrator|system administrator|"
    r"internet mail delivery|microsoft outlook|microsoft exchange|systemadministrator|administrator del sistema|administrador del sistema|"
    r"administrateur système|message router|mail router"
)
SUBJECT = _any(
    r"undeliver(able|ed)|un-?deliverable|returned (e-?)?mail|return(ed|ing) to sender|mail returned|message returned|returned message|"
    r"(e-?mail|mail|message|delivery)( message)? ?(delivery)? ?(status|failure|has failed|report|problem|incomplete|delayed|error|failed|notification|failing|rejected|warning|postponed)|failed (mail|message|e-?mail)\b|"
    r"failure notice|notification of .{0,20}delivery|nondeliverable|non-?delivery|not delivered|deliver(y)? ?fail|error sending (message|mail)|"
    r"delivery.{0,20}(failed|delayed|not successful)|could ?n(o|')t be (delivered|sent)|cannot be delivered|message (blocked|rejected|not accepted|undeliverable|bounced)|mail could not|"
    r"your (e-?mail|message).{0,40}(not be delivered|was not delivered|rejected|bounced|blocked)|warning: (message|could)|problem delivering|bounce (mail|message)|rejected mail|"
    r"non ?remi[st]|échec de (la )?(remise|distribution|livraison)|avis de non|retour(né)? (à l'expéditeur|de courrier)|message non délivré|"
    r"non recapitabil|mancata consegna|mancato recapito|consegna (non riuscita|fallita)|impossibile recapitare|"
    r"unzustellbar|zustell(ung|fehler|bericht)|nicht zustellbar|nicht zugestellt|zustellungs|fehlerbericht|rücksendung|"
    r"no (se )?(puede|pudo|ha podido) entregar|no (se )?entregad|devuelt|imposible entregar|error (de|en la) entrega|fallo (de|en la) entrega|correo devuelto|no entregable|"
    r"não (foi )?entregue|falha na entrega|não é possível entregar|devolvid|retornad|não entregável|"
    r"niet (worden )?(bezorgd|afgeleverd)|onbestelbaar|niet bezorgd|bezorging|aflever|"
    r"nedoručiteln|nedoručen|doručen|niedostarcz|niedoręcz|zwrot (wiadomości|poczty)|błąd dostarcz|"
    r"ikke leveret|kunne ikke leveres|kan ikke leveres|ikke levert|kunde inte levereras|kan inte levereras|ej levererat|olevererbar|ei voitu toimittaa|toimitus|"
    r"не ?доставлен|недоставлен|не удалось доставить|невозможно доставить|ошибка доставки|возвра(т|щено)|не вдалося доставити|kézbesíthetetlen|kézbesít|"
    r"iletilemedi|teslim edilemedi|teslim hatası|αδυναμία παράδοσης|δεν παραδόθηκε|"
    r"失敗|退信|配信|送信できません|届けできません|エラーメール|无法投递|投递失败|退回|無法傳遞|傳送失敗|系统退信|반송|(전송|발송|배달|수신) ?실패|(전송|발송|배달)되지"
)
"""Subjects of delivery reports."""
_STEMS = (
    *("deliver", "return", "status", "fail", "report", "problem", "incomplete", "delay", "error", "notification"),
    *("reject", "be sent", "block", "not accepted", "bounce", "could not", "warning", "remi", "avis de non", "retour"),
    *("recapit", "consegna", "zustell", "zugestellt", "bericht", "entreg", "devuelt", "devolvid", "retornad", "bezorg"),
    *("aflever", "afgelever", "onbestelbaar", "niedostarcz", "zwrot", "lever", "toimit", "iletilemedi", "teslim"),
)
"""Every subject of a report in plain letters holds one of these; the pattern itself takes fifty times as long."""


def is_of_report(subject: str) -> bool:
    """Whether a subject is one of delivery reports."""
    low = subject.lower()
    return (not subject.isascii() or any(stem in low for stem in _STEMS)) and bool(SUBJECT.search(subject))


BODY = _any(
    r"this is the (mail|postfix|sympa|smtp) (system|program)|this is the qmail|i'?m afraid i (wasn'?t|was not) able to deliver|(could|can) ?(not|n't) be (delivered|sent|relayed|routed)|cannot be delivered|"
    r"(wasn'?t|was not|were not|has not been|have not been|hasn'?t been|not yet been|isn'?t|not) (yet )?(been )?delivered|delivery to (the|these|this) (following )?(recipient|address)|"
    r"a message that you (have )?sent (could|has)|following (e-?mail )?(address|recipient|user|error|message|destination)(\(?e?s\)?)? ?(had|failed|could|was|were|did|has|have|is|because|:)|"
    r"(fatal|permanent|transient|delivery) (fatal )?(errors?|failures?)|undeliver(able|ed)|your (e-?mail|message|mail|email message)( to .{0,80})?( with .{0,80})? ?(couldn'?t|could not|did not|didn'?t|wasn'?t|was not|cannot|can'?t|has been (blocked|rejected|returned))|"
    r"(e-?mail|message|mail) ?(has been |was |is )?(been )?(blocked|rejected|returned|bounced|refused|quarantined)|delivery (has |to .{0,80} )?(has )?failed|failed permanently|no longer (active|valid)|(recipient|sender)( address)? rejected|"
    r"failed recipients?\b|delivery .{0,80}(has been |was )?postponed|did ?n[o']t receive (a copy of )?(your|this) (message|e-?mail|mail)|not an? .{0,30}(e-?mail )?address\b|did not exactly match|"
    r"unable to (deliver|relay|send|complete delivery)|(will be|is being) retried|delivery (is |was |has been |will be )?(temporarily )?(delayed|suspended|deferred|attempted)|returned to (the )?sender|"
    r"could not deliver|failed to deliver|not deliver(ed)? (your|the) (message|mail)|did(n't| not) reach|no mailbox here|transcript of session|error from remote|remote (host|server|mail server) (said|returned|responded)|"
    r"no (se )?(ha podido|pudo|fue posible|puede|han podido|pudieron) (ser )?(entregar|enviar)|no ha (podido ser|sido) entregad|no llegó a|"
    r"(konnte|konnten|kann|wurde) (an .{0,80} |leider )?(nicht|nicht an .{0,80}) (zugestellt|ausgeliefert|übermittelt)|zustellung .{0,60}(fehlgeschlagen|gescheitert|nicht möglich)|nicht zugestellt|nachricht .{0,60}abgewiesen|"
    r"n'a(\s+pas)?\s+(pas\s+)?(pu\s+)?(être\s+)?(remis|distribu|délivr|livr)|n'ont pas pu|échec de (la )?(remise|distribution|livraison)|"
    r"non (è stato possibile|può essere|è stato) (consegna|recapita|invia|spedi)|impossibile (consegnare|recapitare)|mancata consegna|"
    r"não (foi possível|pôde ser|pode ser|foi) (a )?(entreg|envi)|falha (na|ao) entreg|"
    r"(kon|kan|konden) niet (worden )?(bezorgd|afgeleverd)|niet (worden )?(bezorgd|afgeleverd)|nie (mogła|można|udało się|została|mógł).{0,40}dostarcz|nie zostało dostarcz|"
    r"(kunne|kan|kunde) (ikke|inte) lever|inte levereras|ei voitu toimittaa|nelze doručit|nebyla doručena|nepodařilo se doručit|"
    r"не (может быть|было|была|удалось|получилось) ?доставл?|не доставлено|невозможно доставить|не вдалося доставити|nem (lehet|sikerült) kézbesíteni|iletilemedi|teslim edilemedi|δεν (ήταν δυνατή|παραδόθηκε)|"
    r"配信できません|配信されません|送信できません|届けることができません|配信に失敗|无法(投递|送达|发送)|投递失败|被退回|無法(傳遞|投遞|送達)|(전송|배달|발송|전달)(하지|되지) (못|않)"
)
"""Sentences of delivery reports."""
GONE = _any(
    r"(user|recipient|mailbox|account|address|person|addressee|alias|inbox|member|contact)( name)?( address)?( you .{0,30})? ?(is |was |are )?(unknown|not found|not known|invalid|non-?existent|unavailable or|unroutable|undeliverable|inactive|not active|"
    r"disabled|deactivated|suspended permanently|expired|terminated|cancell?ed|closed|deleted|removed|not (a )?(valid|local|listed|registered))|"
    r"(unknown|no such|invalid|bad|non-?existent|unrouteable|illegal|inactive|disabled|wrong|unavailable|deleted|not (a|our)) (e-?mail |destination |local |virtual |recipient |alias |target )?(user|recipient|mailbox|local[- ]part|address|addressee|person|account|customer|alias|member|domain)|"
    r"(mailbox|address|account|recipient|user|inbox|person|domain|addressee|alias|destination).{0,80}?(does ?n[o']t ?(seem to )?(have|exist)|doesn'?t exist|not exist|could ?n[o']t be found|couldn'?t be found|wasn'?t found|was not found|no longer (exists?|active|valid|available|in use|on|accept|works)|"
    r"(has|have) been (disabled|deactivated|closed|deleted|discontinued|terminated|removed)|is (not |no longer )?(disabled|inactive|invalid|unknown|closed|active))|"
    r"(doesn'?t|does not|don'?t|didn'?t) (have|seem to have|recogni[sz]e|exist).{0,20}(account|mailbox|user|address)|no (mailbox|account|user|recipient|one) (here )?(by|with|of|under|found|called)|there is no (such )?(user|one|account|mailbox)|"
    r"\bnot (a |an )?(known|active|valid|recogni[sz]ed) (user|address|mailbox|mail ?box|account|recipient|e-?mail)|(deactivated|inactive|closed|deleted) (mail ?box|account)|no mail ?box\b|bad[_ ]recipient|"
    r"invalid (\w+ ){0,2}(user ?id|username|user name)|final e-?mail delivery point|name or service not known|"
    r"recipient(?: address)? rejected: (user|undeliverable address|unknown)|recip(ient)?notfound|adr\.recip|(host|domain)( or domain)?( name)? (is )?(not found|unknown|does not exist|not exist|lookup failed)|(unknown|no such) (host|domain)|nxdomain|"
    r"this (user|person|account|address) (is )?(no longer|doesn'?t)|(user|account|he|she) ?(has )?left|not our customer|no valid recipients?|does not like recipient|not (listed|found) in (the )?\w* ?(\w+ )?(directory|address book)|(illegal|invalid|bad|unknown) (host|domain)([/ ]\w+)?( name)?|(recipient|user|address)( name)? is not recogni[sz]ed|no users here by that name|account (that you tried|you tried)|"
    r"usuario (desconocido|no existe|inexistente|no encontrado)|\b(buz[óo]n|cuenta|direcci[óo]n|destinatario|usuario|correo).{0,60}(no existe|no (se )?(encontr|ha encontr)|desconocid|inexistente|desactivad|no (es )?v[áa]lid|inv[áa]lid)|no existe (el|la|ese|esta|ningún)|"
    r"unbekannte(r|s|n)? (empf[äa]nger|benutzer|adresse|nutzer|postfach)|(empf[äa]nger|adresse|postfach|benutzer|konto|nutzer|account|domain).{0,60}(unbekannt|existiert nicht|nicht (gefunden|vorhanden|bekannt|mehr)|ung[üu]ltig|gel[öo]scht|deaktiviert)|kein (solches? )?(postfach|empf[äa]nger|benutzer)|existiert nicht|"
    r"\b(n'existe (pas|plus)|introuvable|inconnue?|inexistante?|d[ée]sactiv[ée]e?|n'est (pas|plus) (valide|active?))|"
    r"\b(utente|casella|indirizzo|destinatario|account).{0,60}(sconosciut|inesistent|non (esiste|trovat|valid|[èe] (stato )?(valid|trovat))|disattivat|disabilitat)|"
    r"\b(usuário|usuario|caixa|conta\b|endere[çc]o|destinat[áa]rio).{0,60}(desconhecid|inexistente|n[ãa]o (existe|encontrad|foi encontrad)|inv[áa]lid|desativad|inativ)|"
    r"\b(gebruiker|adres|postvak|mailbox|ontvanger|account).{0,60}(onbekend|bestaat niet|niet (gevonden|bekend|meer)|ongeldig|opgeheven)|onbekende \b(gebruiker|ontvanger)|"
    r"\b(użytkownik|adres|skrzynka|odbiorca|konto).{0,60}(nie istnieje|nieznany|nieprawidłow|nie (został|znaleziono))|nie ma takiego|"
    r"\b(bruger|modtager|adress|mottagare|användare|mottaker|bruker|postkasse|vastaanottaja)\w*.{0,50}(ukendt|findes ikke|finns inte|okänd|finnes ikke|ukjent|hittades inte|eksisterer ikke|tuntematon|ei löydy)|"
    r"\b(uživatel|adresa|schránka|příjemce)\w*.{0,40}(neexistuje|neznám|nenalezen)|"
    r"(пользовател|получател|ящик|адрес|адресат|учетн|аккаунт)\S*.{0,60}(не (существует|найден)|неизвест|удален|заблокирован|не зарегистрирован|отключен)|нет такого|"
    r"\b(kullanıcı|adres|alıcı|posta kutusu).{0,40}(bulunamadı|yok|bilinmiyor|geçersiz)|nem létez|ismeretlen címzett|δεν υπάρχει|άγνωστος|"
    r"(宛先|ユーザ|メールアドレス|アドレス|受信者|ディレクトリ|リスト).{0,40}(見つかりません|リストにありません|存在しません|不明|存在しない|無効)|(用户|收件人|邮箱|地址|帐户|账号).{0,20}(不存在|未找到|无效|找不到|不可用|停用)|(收件者|使用者|信箱|位址).{0,20}(不存在|找不到|無效)|(사용자|수신자|주소|메일함|계정).{0,20}(없|찾을 수|존재하지)"
)
"""The address is gone, or never was."""
FULL = _any(
    r"(mailbox|inbox|quota|storage|account|mail ?drop|user|recipient|disk).{0,60}(is |was |are |has |have )?(full|exceed|over (its |the )?(quota|limit)|overflow|out of space|limit reached|too large)|over[ -]?quota|quota|insufficient (disk|system|storage)|out of storage|mailbox ?full|no space left|"
    r"(buz[óo]n|casilla|bandeja).{0,30}(llen|excedid)|cuota|espacio insuficiente|postfach.{0,30}(voll|überfüllt)|speicherplatz|(bo[îi]te|messagerie).{0,40}(pleine|satur|dépass)|casella.{0,40}piena|spazio (esaurito|insufficiente)|caixa.{0,40}(chei|lotad|cota)|"
    r"(mailbox|postvak|postbus).{0,30}vol\b|skrzynka.{0,40}(pełna|przepełn)|postkasse.{0,20}(full|fyldt)|переполнен|превышен\w* (квот|лимит)|容量|いっぱい|邮箱已满|已满|超出|가득|용량"
)
"""The mailbox is full."""
BLOCKED = _any(
    r"spam|\bblocked|block ?list|black ?list|deny ?list|spamhaus|barracuda|spamcop|sorbs|reputation|polic(y|ies)|dmarc|\bspf\b|dkim|not (authori[sz]ed|permitted|allowed)|access denied|unauthori[sz]ed|"
    r"unauthenticated|suspicious|content (rejected|filter)|virus|malware|phish|relay(ing)? (access )?(denied|not permitted)|banned|rate limit|unsolicited|listed (at|in|by|on)|rdns|reverse dns|ptr record|restricted|only accepts? (messages|mail)|"
    r"rechazad|bloque|abgelehnt|blockiert|gesperrt|rejeté|bloqué|bloccat|rifiutat|bloquead|rejeitad|geblokkeerd|geweigerd|zablokowan|odrzucon|заблокирован|спам|拒否|拒收|垃圾|차단|스팸"
)
"""A server or its filter refused it; the address may be right."""
LATER = _any(
    r"delay(ed)?|(will|is going to) (be retried|retry|keep trying|continue|try)|(try|trying|tried) again|temporar|postponed|grey-?list|gray-?list|not yet been delivered|warning message only|"
    r"still (being )?(trying|tried|attempting|attempted|in the queue|on the queue)|(do not|don't) need to (resend|do anything)|no action is required|deferred|timed? ?out|connection (was )?(refused|reset|closed|dropped)|delivery attempts will|will (continue|be attempted)|too busy|try later|"
    r"verzögert|später erneut|vorübergehend|retrasad|volverá a intentar|seguirá intentando|temporal|retardé|différé|réessa|temporaire|ritard|riprov|temporane|atrasad|tentará|temporár|vertraagd|opnieuw geprobeerd|tijdelijk|opóźnion|ponowi|tymczas|försenad|forsink|отложен|временн|задерж|повтор|遅延|延迟|延遲|稍后|稍後|重试|지연"
)
"""It is not over yet."""
RETURNED = re.compile(
    r"\n(?![^\n]{0,80}(?:not|n't) (?:get|receive|see) )[^\n]{0,60}(?:below this line is a copy|original (?:message|mail|e-?mail) (?:follows|headers?|text|attached)|included below|(?:a )?copy of (?:the|your) (?:original )?(?:message|e-?mail)|this is a copy of|"
    r"original message headers?|-{3,} ?(?:original|returned|this is a copy|unsent|message header|undelivered|headers? of|begin message)|message headers? follow|headers? (?:from|of) the (?:message|original)|returned message|unsent message|text of the (?:original )?message|"
    r"cabeceras? (?:del|de) mensaje|encabezados? (?:del|de) mensaje|ursprüngliche(?:r|n)? (?:nachricht|kopfzeilen|header)|en-têtes|intestazioni|mensagem original|oorspronkelijke|your (?:original )?message (?:reads|follows|was:)|"
    r"diagnostic information for administrators: *\n.{0,4000}\nreceived:)[^\n]*\n|\n(?=received: from [^\n]{4,}\n[ \t])|\n(?=return-path: <)",
    re.IGNORECASE,
)
"""Where the words of a report end, and what it sends back begins."""
