"""Who asks not to be written to any more: by the way out of our mail, or in plain words.

It is proposed, never done by itself; the sentence is kept as the reason. What may mean it and may not is shown with the
reply, and stays a reply.
"""

from __future__ import annotations

import re

from followup_desktop.mail.parse.model import Mail
from followup_desktop.mail.parse.stopping import asks_to_stop, is_all_stop, plain, tells_of_mail

_WAY_OUT = (
    r"unsubscribe( me)?|un-subscribe|opt[- ]?out|remove( me)?( please)?|please remove( me)?|stop( all)?|stop (e-?mails?|mailing|messages)|baja|dar(me)? de baja|cancelar (la )?suscripci[óo]n|desuscribir(me)?|"
    r"abmelde?n|abmeldung|abbestell(en|ung)|austragen|newsletter (abmelden|abbestellen)|d[ée]sinscri\w*|(me )?d[ée]sabonn\w*|cancellami|cancellazione|disiscriv\w*|disiscrizione|"
    r"descadastr\w*|cancelar (inscri[çc][ãa]o|subscri[çc][ãa]o|assinatura)|remover|sair da lista|afmeld(en|ing)|uitschrijven|uitschrijving|avregistrera|avsluta prenumeration|afmeld|avmeld|peruuta tilaus|wypisz( mnie)?|rezygnacja|odhlásit|отписаться|отписка|退订|取消订阅|配信停止|수신거부"
)
_SUBJECT = re.compile(rf"^\W*({_WAY_OUT})\b[\s.!:#-]*(\S{{6,120}}|from .{{2,60}}|{{[^}}]*}})?\W*$", re.IGNORECASE)
_BARE = re.compile(
    rf"^\W*(please |bitte |por favor,? |s'il vous pla[iî]t,? |per favore,? |a\.?u\.?b\.?,? )?({_WAY_OUT})( please| bitte| por favor| s'il vous pla[iî]t| grazie| thanks| thank you|,? merci|,? gracias)?\W*$",
    re.IGNORECASE,
)
_MAIL = r"(e-?mail(ing)?s?|mail(ing|er)?s?|messages?|texts?|news ?letters?|reminders?|notes|spam|correspondence|communications?|marketing|offers|promotions?|advertis\w+|ads)"
_THESE = r"(these|those|your|any|all|the|this|that|more|further|such|so many|any more|of these|of your|all these|all your|any of these|any of your|follow[- ]?up|marketing|promotional|unwanted|stupid|damn|bloody)"
_CORREOS = r"(correos?( electr[óo]nicos?)?|mensajes?|e-?mails?|mails?|publicidad|comunicaciones|bolet[íi]n(es)?|newsletters?|propaganda)"
_SURE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bunsubscribe (me|us|my|this|our|from|the following)\b|\bunsubscribe\W*$|^\W*(please |kindly )?unsubscribe\b(?! (from )?(the )?(magazine|paper|netflix))|\b(to|i) (be )?unsubscribed?\b(?! from (the )?(magazine|paper))",
        rf"\bopt (me|us) out\b|\bopt(ing)?[- ]?out (of|from) ({_THESE} )*{_MAIL}\b|\b(want|like|wish|choose) to opt[- ]?out\W*$|^\W*(please )?opt[- ]?out\W*$",
        r"\b(stop|quit|cease|end|halt) (with )?(e-?mailing|mailing|writing|contacting|messaging|spamming|bothering|pestering|harassing|soliciting)( to)?( me| us| my| this| our|\W*$|,| please| so)",
        rf"\b(stop|quit|cease) (sending|with|delivering)( me| us| to me)?( {_THESE})*( \w+)? {_MAIL}\b|\b(stop|quit|cease) (sending|e-?mailing) (me|us) (anything|stuff|things|this|these)\b",
        rf"\b(stop|no more|enough)( of)?( {_THESE}){{1,3}}( \w+)? {_MAIL}\b|\b(no more|enough) {_MAIL}\b|\bi('ve| have) had enough of ({_THESE} )*{_MAIL}",
        r"\b(tak|remov|get|strik|delet|drop|scratch|cross|wip)(e|t?ing|p?ing)? (me|us|my|this|our)( (name|address|e-?mail|details?|contact|data|info\w*|e-?mail address|email))* ?(off|from|out of)( of)?\b.{0,30}?\b((mailing|e-?mail|contact|distribution|marketing|newsletter|your|ur|this|these|all|any)( \w+)? (lists?|database|records|system|files|e-?mails?)|mailings?|e-?mails|newsletter|database|(the|your|ur|this) list\W*$)",
        r"^\W*(please |kindly )?remove (me|us)\W*( thanks| thank you)?\W*$|\b(please|kindly) (remove|delete) (my|this|our) (e-?mail|address|e-?mail address|data|details|contact details)\b(?! from (the )?(schedule|route|invoice))",
        r"\b(do not|don'?t|dont|never|please no longer|no longer)( ever)? (e-?mail|mail|writ|contact|messag|bother|spam|send|email)(e|ing)?( to)? (me|us|my)\b(?! (the|an?|your|his|her|luis|that) ).{0,30}?\b(any ?more|any ?longer|again|ever|in (the )?future|from now on)\b",
        r"^\W*(please |kindly )?(do not|don'?t|dont|never) (ever )?(e-?mail|contact|bother|message|write to|write|spam|mail) (me|us)( please)?\W*$",
        rf"\b(do not|don'?t|dont|no longer|not|never)( really)? (want|wish|like|need|care)( to| for)?( (get|receive|have|see|read|hear))?( {_THESE})*( \w+)? {_MAIL}\b.{{0,30}}?(any ?more|any ?longer|from you|again|from (this|your) (company|business)|\W*$)",
        rf"\b(no longer|never|do not|don'?t|dont)( \w+)? (want|wish|like|care|need) to (get|receive|be sent|have)( {_THESE})* ?({_MAIL}|anything|things from)\b|\b(no longer|don'?t|do not|dont|never)( \w+)? (want|wish|like|care) to (be (contacted|e-?mailed|written to|mailed)|hear from (you|your))\b",
        r"\b(i|we)('d| would) (like|prefer|rather) (you )?(to )?(not|no longer) (to )?(be (contacted|e-?mailed)|receive|get|e-?mail|contact|write)|\b(i|we)('d| would) prefer not to (be (contacted|e-?mailed)|receive|get) ",
        rf"\b(cease|discontinue|end|stop|halt)( (all|any|this|these|your|further|the|sending))* ({_MAIL}|contact|communications?)\b(?! (with|to|for) (the|my|our|luis))|"
        r"^\W*no (more|further) \w{0,12} ?(e-?mails?|messages|mailings)\b|\b(please|kindly) remove (me|us)\W*$|\b(would like|want|wish|asked?) to be removed\W*$|\b(do not|don'?t|dont|never) (please )?send (me|us) (anything|any more|any)( \w+)?( else| again| further)?\W*$|\b(do not|don'?t|dont) send (me |us )?any more( of (these|those|them))?\W*$|"
        r"\bleave (me|us) alone\b(?! (with|on|until|for|to|at|in)\b)|\blose my (e-?mail|address|number)\b|\bnot interested in (these|your|any ?more|further|receiving|getting) (of )?(your )?(\w+ )?(e-?mails?|messages|mailings|newsletters?)\b",
        rf"\bhow (do|can|could) (i|we) (unsubscribe|opt out|get off (of )?(this|these|your|the) ([\w-]+ )?(lists?|mailings?|e-?mails?)|stop (getting|receiving))\b(?! from (the )?(paper|magazine|news\b))|\b(withdraw|revoke) (my|our) consent\b|\bcancel (my |the )?(e-?mail |newsletter |mailing )subscription|\bi (want|wish|would like) ({_THESE} )?{_MAIL} to stop\b|\btake me off\W*$|\bbe (removed|taken off|deleted) (from )?.{{0,20}}(list|database|mailing)",
        r"\b(i'?d|i would|we'?d|want|like|get|need|please|love)\b.{0,30}\b(off|out of) (of )?(this|your|the|ur|all) (mailing|e-?mail|contact|marketing|distribution|newsletter)?( \w+)? ?lists?\b(?! for)|\b(take|get|strike) my (name|e-?mail|address) off\W*$",
        rf"\b(do not|don'?t|dont|never|didn'?t|did not|no longer|nor did i)( \w+)? (consent(ed)?|agree(d)?|sign(ed)? up|subscribe(d)?|ask(ed)?|opt(ed)? in)( to| for)( (get|receive|receiving|getting))?( {_THESE})* ?{_MAIL}\b",
        rf"\b(desist|refrain|abstain) from (e-?mailing|contacting|writing|sending|messaging)\b|\benough (with|of) ({_THESE} )*{_MAIL}\b|\b(e-?mailing|writing|messaging|contacting|spamming) (to )?(me|us)\b.{{0,20}}\bstop( it| that)?\b|\bno longer interested in (receiving|getting|your {_MAIL})",
        # Spanish
        r"\b(d[ae]r?me|denme|deme|d[ée]nos|darnos|b[áa]jenme|b[áa]jeme) (de )?(la )?baja\b(?!.{0,30}(servicio|contrato|mantenimiento|seguro))|\b(solicito|pido|quiero|deseo) (mi |la )?baja\b.{0,40}(lista|correo|suscripci|bolet)|\bde baja\b.{0,30}\b(lista|correos?|suscripci[óo]n|bolet[íi]n)",
        r"\bno (me|nos) (vuelvan? a )?(escrib\w+|env[íi]\w+|mand\w+|contact\w+|molest\w+)(?! a (?!mi|este|esta|nuestr))[^.!?]{0,40}\b(m[áa]s|nunca m[áa]s|otra vez|nunca)\b|\bno (me|nos) vuelvan? a (escribir|enviar|mandar|contactar|molestar)|\bno (me )?(escribir|enviar|mandar|contactar)(me|nos)? m[áa]s\b",
        rf"\b(no|ya no) (quiero|queremos|deseo|deseamos|quisiera|me interesa)( seguir)? (recibi(r|endo)|que (me|nos) (escriban|env[íi]en|contacten|manden)|m[áa]s {_CORREOS}|(sus|estos|tus) {_CORREOS})",
        rf"\b(dejen?|deje|dejad|paren?|pare|cesen|basta) (ya )?(de )?(escribir|enviar|mandar|contactar|molestar)(me|nos)\w*\b|\b(dejen?|dejad|paren?|deje) de (enviar|mandar|escribir)( (me|nos|estos|sus|m[áa]s|tantos?))*( {_CORREOS}|\W*$)|\bbasta de {_CORREOS}",
        r"\b(qu[íi]t|b[óo]rr|elim[íi]n|saqu|s[áa]qu|ret[íi]r|rem[uú][eé]v)\w*(me|nos)\b.{0,30}\b(lista|base de datos|correos?|bolet)|\b(me|nos) (quiten?|borren?|eliminen?|saquen?|retiren?)\b.{0,30}\b(lista|base de datos|correos?)|\b(quiten?|borren?|eliminen?|saquen?|retiren?)\b.{0,20}\bmi (correo|direcci[óo]n|email|e-mail|nombre|datos)\b",
        rf"\bcancel\w* (mi |la )?suscripci[óo]n\b|\bno m[áa]s {_CORREOS}\b|\bdesuscr[íi]b\w*\b|\bno (deseo|quiero) ser contactad|\bno (quiero|queremos|deseo) que (me|nos) (sigan |vuelvan a )?(escrib|env[íi]|mand|contact|molest)|\bya no (me|nos) (manden?|env[íi]en?|escriban?|contacten?|molesten?)\b|\bno (me|nos) (manden?|env[íi]en?|escriban?) nada\b",
        # German
        r"\bnicht mehr (anschreiben|anmailen|kontaktieren)\b|\b(schreib|kontaktier|mailen|mailt|belästig|schick|send)\w*( sie| ihr)?( mir| mich| uns)?( bitte| ab sofort| künftig)* (nicht|nichts|keine \S+( \S+)?) mehr\b|\bkeine (weiteren |weitere |solchen )?(e-?mails?|mails|nachrichten|newsletter|werbung|werbemails|post)( \w+)?( mehr\b|\W*$)|\b(hören sie|hör|hört) (bitte )?auf,? (mir|uns) (zu schreiben|(e-?mails|nachrichten) zu)",
        r"\b(nehmen|streichen|löschen|entfernen|tragen|nimm|streich|lösch|entfern|trag)\w*( sie)? (mich|uns|meine\w*|diese|unsere)\b.{0,50}(verteiler|liste|datenbank|newsletter|kartei|adresse)|\baus (ihrem|dem|eurem|deinem) (e-?mail-?)?verteiler (löschen|nehmen|streichen|entfernen|austragen)|\b(vom|den) newsletter (abmelden|abbestellen)|\bmich (hiermit )?(vom|aus dem|von ihrem) (newsletter|verteiler|mailings?)\b.{0,20}(abmelden|austragen)",
        r"\b(möchte|will|wünsche|wollen|möchten)\b.{0,30}\bkeine\b.{0,40}(mails?|nachrichten|newsletter|werbung|post)\b.{0,20}\b(erhalten|bekommen|empfangen|haben|mehr)\b|\bwiderspreche\b.{0,60}(werb|zusendung|nutzung|kontakt|e-?mail)|\b(möchte|will) nicht mehr (kontaktiert|angeschrieben|angemailt|von ihnen hören)",
        r"\b(tragen|trag)\w*( sie)? (mich|uns)( bitte)? (wieder )?aus\b|\b(bitte|ersuche|wünsche)\b.{0,20}\b(löschung|austragung|abmeldung|streichung|entfernung) (meiner|meine|aus|von|vom)\b",
        # French
        r"\bne (me |m'|nous )(r?envoyez|[ée]crivez|contactez|d[ée]rangez|sollicitez)\b.{0,20}plus\b|\bne plus (me |m'|nous )?(envoyer|[ée]crire|contacter|recevoir)|\b(arr[êe]tez|cessez|stoppez)( donc)? de (m'|me |nous )\w+",
        r"\b(me |nous )?(d[ée]sinscrire|d[ée]sabonner)\b|\bd[ée]s(abonnez|inscrivez)(-moi|-nous)?\b|\b(retirez|enlevez|supprimez|rayez|[ôo]tez|retirer|enlever|supprimer)(-moi| moi|-nous)?\b.{0,30}\b(liste|fichier|base|mon adresse|mon (e-?)?mail|mailing)|\bje (ne )?(veux|souhaite|d[ée]sire|voudrais) plus (de |d'|recevoir|[êe]tre (contact|sollicit))|\bplus (de |d')(e-?mails?|mails?|courriels?|messages|publicit[ée])\b.{0,20}(s'il|svp|merci|\W*$)",
        r"\b(stop|assez|marre) (aux?|de|des|avec les|de vos|à vos) (e-?mails?|mails?|messages?|courriels?|newsletters?)\b|\b(être|etre) (retir[ée]|supprim[ée]|d[ée]sinscrit|ray[ée])\w*.{0,20}(liste|fichier|base)",
        # Italian
        r"\bnon (mi |ci )?(scrive\w+|manda\w+|invia\w+|contatta\w+|disturba\w+|scriver\w+)\b.{0,20}pi[ùu]\b|\bnon (voglio|desidero|vorrei|intendo)( pi[ùu])? (ricevere|essere contattat)|\bsmett\w+ di (scriver|inviar|mandar|contattar|disturbar)(mi|ci)|\bbasta (con (queste|le) )?(e-?mail|mail|messaggi)\b",
        r"\b(cancellate?|rimuovete?|togliete?|eliminate?|disiscrivete?)(mi|ci|vi)\b.{0,40}|\b(cancellar|rimuover|togliere|disiscriver)(mi|ci)\b.{0,30}(lista|mailing|newsletter|elenco|\W*$)|\b(cancellate|rimuovete|togliete) (il mio|la mia) (indirizzo|e-?mail|mail)",
        r"\b(vorrei|voglio|desidero|chiedo di|prego di) (essere|venire|esser) (cancellat|rimoss|disiscritt|tolt)|\bnon (sono|siamo) pi[ùu] interessat\w (a ricevere|alle vostre (e-?mail|mail))",
        # Portuguese
        r"\bn[ãa]o (me |nos )?(envi\w+|mand\w+|escrev\w+|contact?\w+|incomod\w+)(-me)?\b.{0,25}\bmais\b|\bn[ãa]o (quero|desejo|gostaria de|pretendo)( mais)? (receber|ser contact)|\bpar(e|em|a) de (me )?(enviar|mandar|escrever|contact?ar|incomodar)|\bchega de (e-?mails|mensagens)",
        r"\b(retir|remov|tir|exclu|apagu|elimin)\w+(-me|-nos)\b.{0,40}|\b(me|nos) (retire|remova|tire|exclua)m?\b.{0,20}\b(lista|cadastro|base)|\b(retire|remova|tire|exclua|apague|elimine)m? (o )?(meu|este) (e-?mail|endere[çc]o|nome)|\bdescadastr\w+|\bcancelar (a )?(minha )?(inscri|subscri)",
        r"\b(gostaria|quero|queria|pe[çc]o|desejo)\b.{0,20}\b(ser (removid|retirad|exclu[íi]d)\w+|sair) ?.{0,12}\b(lista|cadastro|base)\b|\bsair da (sua |vossa |tua )?lista\b",
        # Dutch
        r"\bgeen (e-?mails?|mails?|berichten|nieuwsbrie\w+|reclame|mailtjes)( \w+)? meer\b|\b(schrijf|meld)(t)? (me|mij|ons|u mij)( a\.?u\.?b\.?| alstublieft| graag)? (uit|af)\b|\b(wil|wens|willen)\b.{0,30}(uitschrijven|afmelden voor|uitgeschreven|geen .{2,30} meer (ontvangen|krijgen))",
        r"\b(haal|verwijder)(t)? (me|mij|mijn|ons)\b.{0,40}(lijst|bestand|adres|mailing)|\b(van|uit) (de|uw|jullie) (mailing)?lijst\b.{0,15}(halen|verwijderen|af)|\bstop(pen)? (a\.?u\.?b\.? )?met (mailen|(het )?(sturen|schrijven|versturen))|\b(mail|schrijf|benader|stuur)(t)? (me|mij|ons)( a\.?u\.?b\.?| alstublieft)? (niet|niets|geen \w+) meer\b|\bniet meer (mailen|benaderen|aanschrijven)",
    )
)
_ENDS = re.compile(
    r"\b(stop\w*|no (more|further|longer)|not one more|not (\w+ )?any ?more|(do not|don'?t|dont) (\w+ ){0,2}(any ?more|any|anything|further)|remov\w+|delet\w+|tak(e|ing|en) .{0,25} off|(be|get) (removed|taken off)|done with|never again|"
    r"dejar de|dejen de|no m[áa]s|quit(e|a)\w*|quit[áa]\w*|borr\w+|elimin\w+|no (me |nos )?vuelvan? a|no (\w+ )?m[áa]s|"
    r"keine (weiteren|weitere|mehr)|nicht mehr|keine\b.{0,30}\bmehr|entfern\w+|streich\w+|lösch\w+|verschon\w+|stellen\b.{0,60}\bein|einstellen|unterlassen|"
    r"ne\b.{0,20}\bplus|plus (de|d'|aucun)|supprim\w+|retir\w+|enlev\w+|cess\w+|arr[êe]t\w+|non\b.{0,25}\bpi[ùu]|effac\w+|cancell\w+|rimuov\w+|togli\w+|smett\w+|"
    r"n[ãa]o\b.{0,25}\bmais|remov\w+|retir\w+|par(e|em) de|niet meer|geen\b.{0,20}\bmeer|verwijder\w*|(lijst|mails?) af)\b",
    re.IGNORECASE,
)
"""Words that end something."""
_OF_OURS = re.compile(
    r"\b((mailing|e-?mail|contact|distribution|news\w*) ?lists?|(lista|listas) (de )?(correos?|e-?mails?|env[íi]os?|contactos?)|verteiler\w*|mailing-?list[ea]\w*|listes? (de diffusion|d'envoi|de mails?)|vos listes?|votre liste|vostra lista|mailinglijst|"
    r"e-?mails|mailings|newsletters?|correspondence|correos|mensajes|mails|e-?mails|nachrichten|rundschreiben|courriels|messages|messaggi|mensagens|berichten|mailtjes|"
    r"(contacter|[ée]crire|escribir(me|nos)|enviar(me|nos)|scriv\w+|mailen|anzuschreiben|kontaktieren)|(use|use of) this (e-?mail )?address|mon adresse|mi (correo|direcci[óo]n)|il mio indirizzo|meine (e-?mail-?)?adresse)\b",
    re.IGNORECASE,
)
"""What is to end: our mail, a list of ours, being written to."""
_WISHES = re.compile(
    r"\b(please|kindly|(would|could|can) you|i('d| would)|we('d| would)|appreciate|want|wish|great if|done with|bitte|bitten|möchte\w*|ich will|wir wollen|wünsche\w*|wäre|veuillez|merci de|souhait\w+|veux|voul\w+|voudr\w+|aimer\w+|prie|s'il vous|svp|svp|"
    r"por favor|favor de|dese\w+|quier\w+|quisier\w+|agradec\w+|ruego|solicit\w+|vorre\w+|vogli\w+|desider\w+|chied\w+|per favore|prego|gostari\w+|quer\w+|desej\w+|peço|gelieve|graag|alstublieft|a\.?u\.?b|wil|willen|hoef)\b|"
    r"^\W*(stop|no|not|delete|remove|take|plus de|basta|chega|keine|geen|no m[áa]s|sáquen\w*|quiten\w*|effacez|supprimez|retirez|cancellate\w*|rimuovete\w*|remov\w+-me|no vuelvan)\b",
    re.IGNORECASE,
)
"""Words that ask, or order."""
_OTHER = re.compile(
    r"\b(my (wife|husband|phone|son|daughter|mother|father|tenant|neighbou?r)|thanks for|thank you for|reads?|reading|open|les[ea]\w*|lis|lire|legg\w+|ler|abrir|lezen|leo|leer|got|received|receive[sd]? no|didn'?t get|did not get|get no|sent|lost|spam folder|junk|invoice|bill|new (e-?mail|address)|old (e-?mail|address)|instead|wrong address|rechnung|factura|facture|fattura|fatura|factuur|neue (e-?mail-?)?adresse|nueva direcci[óo]n|nouvelle adresse|"
    r"nuovo indirizzo|recib[íi]|reçu|ricevut\w+|recebi|ontvangen heb|gekregen|bekommen|display|screen|app|visit\w*|visita|besuch|termin|appuntamento)\b|\?\s*$",
    re.IGNORECASE,
)
"""What speaks of something else that came, went or is called so."""
_MAYBE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bunsubscrib|\bopt(ing|ed)?[- ]?out\b",
        rf"\b(too many|so many|tired of|sick of|fed up with)\b.{{0,20}}{_MAIL}\b",
        r"\b(take|remove) (me|us) (off|from) (the|your|this) (list|system)\b",
        r"\b(stop|quit) texting\b|\bdelete my (data|details|information|account)\b",
        r"\b(darme|darnos) de baja\b|\bdemasiados (correos|mensajes)\b|\bzu viele (e-?mails|nachrichten)\b|\btrop de (mails|e-mails|messages)\b|\btroppe (e-?mail|mail)\b|\bte veel (e-?mails|mails)\b",
        r"\b(do not|don'?t|dont) (contact|e-?mail|write to) (me|us)\b",
    )
)
_NOT_IT = re.compile(
    r"\b(don'?t|do not|didn'?t|did not|never|no need to|not|without) (want to |mean to |wish to |try to |need to |have to )?(stop|unsubscribe|remov\w+|opt(ing)? out|be (removed|unsubscribed|taken off)|unsubscribing|get rid)\b|"
    r"\b(did|(?<!to )have|why did|why have|why was|has) (you|i|we|my|he|she|it)\b.{0,20} ?(stop|unsubscrib|remov|taken off)|\b(was|were|been|got|getting) unsubscribed\b|\bre-?subscribe|\b(put|add|sign) (me|us) (back|up)\b|\bby (mistake|accident)\b|"
    r"\bi( have|'ve)? (unsubscribed|opted out) from (the|a|another|my) (?!list|mailing|e-?mail)\w+|\bbefore i (unsubscribe|ask)|\bfrom (netflix|the (paper|magazine|gym|other)|their|that other|another|spotify)\b|"
    r"\bno (me|nos) (d[ée]n?|dejes?|dejen?|quiten?|borren?)\b|\bno dejen? de\b|\bstop by\b|\bnicht (abmelden|abbestellen|aufhören|löschen)\b|\bne (me )?(d[ée]sinscrivez|d[ée]sabonnez|retirez|supprimez) pas\b|\bnon (cancellate|rimuovete)|\bniet (uitschrijven|afmelden)\b|"
    r"\b(take|remove|drop|delete) my (wife|husband|son|daughter|mother|father|partner)\b|"
    r"\b(my|our|the) (neighbou?r|wife|husband|son|daughter|sister|brother|friend|tenant|mother|father|mom|dad|boss|colleague|customer|client)s? (wants?|would like|asked|told|is|says?|keeps?|has)\b.{0,40}|"
    r"\b(waiting|wait|guest|price|parts|task|to-?do|shopping|packing|call|punch|pick-?up|thursday|wednesday|monday|tuesday|friday) ?list\b|\b(instead of|rather than) (calling|phoning|ringing|texting)|\b(e-?mail|mail|writing|letter) (me )?(instead|is (fine|better|ok|okay|best|easier))|"
    r"\b(until|before|till|bis|hasta|jusqu|fino|até|tot) (monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|next|after|then|i|\d)|"
    r"\b(pump|filter|heater|water|leak|algae|noise|alarm|motor|boiler|bomba|filtro|ruido|agua)\b",
    re.IGNORECASE,
)


def opt_out_sentence(mail: Mail, words: str) -> str:
    """Return the sentence that asks not to be written to any more, or nothing. `words` are the sender's own."""
    if uses_way_out(mail, words):
        return _sentence_in(words, _SURE) or mail.subject
    if len(words) < 80 and (_BARE.match(plain(words)) or _BARE.match(words) or is_all_stop(words)):
        return " ".join(words.split())
    return _sentence_in(words, _SURE) or _by_sense(words)


def maybe_opt_out(words: str) -> str:
    """Return a sentence that may be such a wish, for the owner to read; it is not taken for one."""
    return _sentence_in(words, _MAYBE)


def _by_sense(words: str) -> str:
    """Return a short sentence that ends mail of ours in words of its own: what ends, and what is ended."""
    about_mail = tells_of_mail(words)
    for sentence in _sentences(words):
        asks = asks_to_stop(sentence) or (about_mail and is_all_stop(sentence))
        if asks and not _NOT_IT.search(sentence):
            return sentence[:300]
        ends = _WISHES.search(sentence) and _ENDS.search(sentence) and _OF_OURS.search(sentence)
        if ends and len(sentence.split()) <= 22 and not (_OTHER.search(sentence) or _NOT_IT.search(sentence)):
            return sentence
    return ""


def uses_way_out(mail: Mail, words: str) -> bool:
    """Whether somebody used the way out of a mail of ours (RFC 2369): its subject, and nothing else to say."""
    return bool(_SUBJECT.match(mail.subject)) and len(words.split()) <= 30 and not words.rstrip().endswith("?")


def _sentences(words: str) -> list[str]:
    found = re.split(r"(?<=[.!?;])\s+|\n{2,}|\n(?=[-*•] )", words[:8000])[:200]
    return [" ".join(sentence.split())[:1000] for sentence in found]


def _sentence_in(words: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    for sentence in _sentences(words):
        ways = dict.fromkeys((sentence, plain(sentence)))
        asks = any(pattern.search(way) for way in ways for pattern in patterns)
        if asks and not _NOT_IT.search(sentence):
            return sentence[:300]
    return ""
