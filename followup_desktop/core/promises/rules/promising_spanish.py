"""How Spanish promises: "le llamaré", "voy a pasar", "te mando el precio mañana", "quedo en llamarle".

Words are looked for without accents; where only the accent tells "llamo" from "llamó", the sentence as written is asked.
"""

from __future__ import annotations

import re
from functools import cache

from followup_desktop.core.promises.rules.speaking import Day, Language, Speaking

_CLITICS = r"(?P<clitics>(?:(?:me|te|se|le|les|lo|la|los|las|nos|os)\s+){0,2})"
_IRREGULAR = {
    "dir": "decir",
    "har": "hacer",
    "tendr": "tener",
    "pondr": "poner",
    "saldr": "salir",
    "vendr": "venir",
    "podr": "poder",
    "dispondr": "disponer",
    "repondr": "reponer",
    "propondr": "proponer",
    "mantendr": "mantener",
    "obtendr": "obtener",
    "contendr": "contener",
    "reharemos": "rehacer",
    "rehar": "rehacer",
    "deshar": "deshacer",
}
_STEM = r"(?:re|des)?har|dir|(?:man|ob|con)?tendr|(?:dis|re|pro)?pondr|saldr|vendr|podr|\w*[aeiu]r"
_NOT_FUTURE = frozenset(
    "prepare repare separe pare compare aclare declare mire admire tire retire gire espere supere recupere "
    "opere genere numere respire entere libere altere dispare ampare aspire inspire quiere prefiere requiere "
    "adquiere fuere hiere muere siguiere queremos corremos esperemos miremos preparemos reparemos paremos "
    "tiremos retiremos recuperemos aclaremos eremos siempre padre compre entre cobre logre muestre cierre "
    "ahorre borre corre corremos ocurre prefiramos miraremos".split()
) - {"miraremos"}
_NO_DEED = re.compile(
    r"(?:ver|veremos|vere|sere|seremos|serle|ser|necesitar\w*|querre\w*|habre\w*|supondre\w*|esperar\w*|agradecer\w*|recordar\w*|"
    r"sabre\w*|creer\w*|echar\w* (?:de menos|en falta)|tener que|tendre(?:mos)? que|extranar\w*|tratar\w*|intentar\w*|procurar\w*|"
    r"depender\w*|preferir\w*|alegrar\w*|encantar\w*|estar \w*(?:fuera|cerrad\w*|de vacaciones|encantad\w*|ausente|disponible\w*)|"
    r"estare(?:mos)? (?:fuera|cerrad\w*|de vacaciones|encantad\w*|ausentes?|disponibles?|en la (?:oficina|feria)|sin|muy|a su disposicion|"
    r"atent\w*|pendiente de su|esperando|de viaje|de baja)|estaremos (?:de )?(?:vacaciones|fiesta)|lamentar\w*|sentir\w*|"
    r"poder\b|podre(?:mos)? (?!pasar|ir|estar|enviar|mandar|llamar|tener|hacer|empezar|volver|venir)|ir viendo|ire viendo|"
    r"perder\w*|dejar\w* (?:de|que)|cobrar\w*|acostumbrar\w*|acordar\w*|olvidar\w*|mentir\w*|negar\w*|decidir\w*|"
    r"suponer|saludar\w*|quedar(?:e|emos|me|nos) (?:con las ganas|encantad\w*)|notar\w*|saber\b|comprender\w*|entender\w*)\b"
)
_PRESENT = {
    **{f"{stem}o": f"{stem}ar" for stem in ["llam", "mand", "envi", "pas", "llev", "dej", "aviso", "confirm", "revis", "arregl", "cambi", "entreg", "busc", "compr", "prepar", "instal", "termin", "mir", "consult", "pregunt", "habl", "acerc", "apunt", "reserv", "anot", "cotiz", "factur", "abon", "reembols", "ocup", "encarg", "comunic", "contact", "baj", "visit", "limpi", "pod", "repar", "cort", "pint", "mont", "desmont", "coloc", "ajust", "gestion", "tramit", "solicit", "inform", "asegur", "contest", "regal", "descont", "quit", "sac", "prest", "present", "elabor", "redact", "cancel", "encarg", "traslad", "program", "agend", "regres", "cotej", "verific", "comprueb", "sald", "llen", "vaci", "trat"] if stem != "aviso"},
    "aviso": "avisar", "compruebo": "comprobar", "cuelgo": "colgar", "cuento": "contar", "muestro": "mostrar",
    "traigo": "traer", "hago": "hacer", "digo": "decir", "doy": "dar", "voy": "ir", "vengo": "venir", "pongo": "poner",
    "escribo": "escribir", "respondo": "responder", "pido": "pedir", "recojo": "recoger", "vuelvo": "volver",
    "empiezo": "empezar", "comienzo": "comenzar", "veo": "ver", "devuelvo": "devolver", "subo": "subir", "salgo": "salir",
    "llego": "llegar", "acudo": "acudir", "mido": "medir", "sustituyo": "sustituir", "resuelvo": "resolver", "cierro": "cerrar",
    "consigo": "conseguir", "ofrezco": "ofrecer", "reviso": "revisar", "atiendo": "atender", "rehago": "rehacer",
    "estoy ahi": "estar ahí", "estoy alli": "estar allí", "estamos ahi": "estar ahí", "estamos alli": "estar allí", "tengo listo": "tener listo", "tengo lista": "tener lista", "tenemos listo": "tener listo", "tenemos lista": "tener lista", "llevamos": "llevar", "estoy en su casa": "estar en su casa", "guardo": "guardar", "vamos": "ir", "hacemos": "hacer", "decimos": "decir", "volvemos": "volver", "venimos": "venir", "ponemos": "poner",
    "traemos": "traer", "damos": "dar", "salimos": "salir", "pedimos": "pedir", "recogemos": "recoger", "escribimos": "escribir",
    "respondemos": "responder", "resolvemos": "resolver", "devolvemos": "devolver",
}  # fmt: skip
_PLURALS = {
    verb.removesuffix("ar") + "amos": verb for verb in set(_PRESENT.values()) if verb.endswith("ar") and verb != "dar"
}
_SAID = {**_PRESENT, **_PLURALS}
_TELLING = r"(?:aviso|digo|confirmo|cuento|llamo|escribo|informo|respondo|contesto|avisamos|decimos|llamamos|confirmamos|escribimos)"
_OURS = (
    r"(?:(?:mi|nuestro|nuestra|el|la|un|una|uno de nuestros|una de nuestras)\s+(?:\w+\s+)?"
    r"(?:equipo|companer[oa]s?|tecnic[oa]s?|electricista|fontaner[oa]|plomer[oa]|jardiner[oa]|albanil|pintor[a]?|operari[oa]s?|doctor[a]?|dr|dra|"
    r"emplead[oa]s?|soci[oa]|hij[oa]|marido|esposa|mujer|herman[oa]|ayudante|chofer|conductor[a]?|oficina|encargad[oa]|"
    r"secretari[oa]|colega|instalador[a]?|carpinter[oa]|enfermer[oa]|especialista|gente|muchach[oa]s?|chicos?|cuadrilla)|"
    r"alguien(?: de(?:l| la| mi| nuestro)? \w+)?|los (?:chicos|muchachos|tecnicos)|mis (?:chicos|muchachos|companeros))"
)
_HIS = (
    r"(?:ira|pasara|llamara|vendra|volvera|estara|llevara|enviara|mandara|hara|terminara|empezara|arreglara|reparara|cambiara|"
    r"revisara|instalara|limpiara|entregara|traera|pondra|dejara|contactara|avisara|escribira|recogera|llegara|"
    r"iran|pasaran|llamaran|vendran|volveran|estaran|llevaran|enviaran|mandaran|haran|terminaran|empezaran|arreglaran|"
    r"cambiaran|revisaran|instalaran|limpiaran|pondran|dejaran|va a [a-z]+r|van a [a-z]+r|se pondra|se acercara|se pasara)"
)
_NOW = r"(?:va|pasa|viene|vuelve|llama|llega|vamos|pasan|van|vienen)"
_DONE = (
    r"(?:list|hech|terminad|arreglad|instalad|reparad|enviad|pedid|pagad|resuelt|acabad|colocad|montad|entregad|cambiad|"
    r"funcionando|limpi|solucionad|reembolsad|abonad|corregid|preparad|puest|cortad|pintad|revisad|sustituid|en marcha)(?:[oa]s?)?"
)
_PASSIVE = (
    r"(?:pedir|har|enviar|mandar|arreglar|reparar|cambiar|instalar|terminar|entregar|abonar|devolver|descontar|reembolsar|"
    r"revisar|limpiar|sustituir|corregir|pondr|montar|colocar|pintar|cortar|resolver|solucionar|anular|acabar)an?"
)
_NO_NAMES = frozenset(
    "me te le les se nos os el la los las un una lo que esto eso ese esa este esta su sus tu tus mi mis nuestro nuestra usted ustedes "
    "ella ellos ellas quien cuando donde como si no ya y o pero todo todos nada algo alguien nadie ahora hoy "
    "manana tambien solo lunes martes miercoles jueves viernes sabado domingo dios amazon proveedor".split()
)


_NO_NOUN = "".join(
    rf"(?<!\b{word} )"
    for word in "el un su tu mi de al del este ese por con sin nuestro otro cada en para ningun".split()
)
"""What makes "cambio" and "pago" things rather than deeds."""
_OVER = re.compile(r"\b\w+(?:aba|abamos|aban)\b|\b(?:habia\w*|estuv\w+|fue|era|eran|ayer|anteayer|ya)\b")
"""What shows that "pasamos" is over."""


_NO_ACT = (
    r"(?:agradezco|espero|saludo|recuerdo|ruego|deseo|creo|debo|puedo|quiero|tengo|aconsejo|recomiendo|sugiero|felicito|comento|"
    r"adjunto|conozco|entiendo|comprendo|veo|noto|siento|lamento|supongo|temo|dudo|bueno|malo|mismo|unico|primero|segundo|"
    r"ultimo|mejor|peor|cierto|nuevo|viejo|prometido|acordado|hablado|dicho|hecho|pedido|enviado|pago|cobro|debido|gusto|foto|moto|mano|radio|video|modelo)\b"
)
"""What may stand after "le" and "lo" without anything being done."""


def _infinitive(verb: str) -> str:
    if verb in _SAID:
        return _SAID[verb]
    if verb.endswith("o"):
        return verb[:-1] + "ar"
    stem = re.sub(r"(?:emos|e)$", "", verb)
    return _IRREGULAR.get(stem, stem)


def _with_clitics(verb: str, clitics: str) -> str:
    """Make "lo reviso" "revisarlo", "me encargo" "encargarse"; to whom is left out."""
    said = clitics.split()
    things = [clitic for clitic in said if clitic in ("lo", "la", "los", "las")]
    own = ["se"] if not things and any(clitic in ("me", "nos") for clitic in said) else []
    return _infinitive(verb) + "".join(things or own)


def _spoken(match: re.Match[str], text: str) -> str | None:
    verb = match["verb"]
    if verb in _NOT_FUTURE or text[match.end("verb") - 1] == "ó":
        return None
    if verb.endswith(("amos", "imos")) and _OVER.search(match.string):
        return None
    if _NO_DEED.match(match.string, match.start("verb")):
        return None
    return _with_clitics(verb, match["clitics"]) + text[match.end("verb") :]


def _going(match: re.Match[str], text: str) -> str | None:
    if _NO_DEED.match(match.string, match.end()):
        return None
    return text[match.end() :]


def _after(match: re.Match[str], text: str) -> str:
    return text[match.end() :]


def _all(match: re.Match[str], text: str) -> str:
    return text[match.start() :]


def _owed(match: re.Match[str], text: str) -> str:
    """After "quedo en" and "me comprometo a": a verb, or one with its pronoun."""
    return re.sub(r"^(\w+r)(?:le|les|te|os)\b", r"\1", text[match.end() :])


def _whoever(match: re.Match[str], text: str) -> str | None:
    who = text[match.start("who") : match.end("who")]
    large = all(word[:1].isupper() or word in ("y", "de", "del") for word in who.split())
    if not large or match["who"].split()[0] in _NO_NAMES or not _accented(match, text):
        return None
    return f"{who} {text[match.start('deed') :]}"


def _turned(match: re.Match[str], text: str) -> str | None:
    """Read "mañana pasa Luis": who does it stands behind."""
    who = text[match.start("who") : match.end("who")]
    if not who[:1].isupper() or match["who"] in _NO_NAMES or not _accented(match, text):
        return None
    return f"{who} {text[match.start('deed') : match.end('deed')]}{text[match.end('who') :]}"


def _one_of_ours(match: re.Match[str], text: str) -> str | None:
    if not _accented(match, text):
        return None
    who = text[match.start("who") : match.end("who")]
    return f"{who[:1].lower()}{who[1:]} {text[match.start('deed') :]}"


def _accented(match: re.Match[str], text: str) -> bool:
    """Whether "pasara" was written as the future it would be."""
    said = text[match.start("deed") : match.end("deed")].lower()
    return (
        not match["deed"].endswith(("ra", "ran")) or any(letter in said for letter in "áÁ") or said in ("ira", "iran")
    )


def _thing(match: re.Match[str], text: str) -> str:
    subject = text[match.start("subject") : match.end("subject")].strip()
    return f"{subject[:1].lower()}{subject[1:]} {text[match.start('deed') :]}"


def _way(begins: str, says: object = _after, day: Day = Day.ANY) -> Speaking:
    return Speaking(re.compile(begins), says, day)  # type: ignore[arg-type]


@cache
def spanish() -> Language:
    """Return the rules, compiled when the first text is read."""
    free = r"(?<!\bno )(?<!\bnunca )(?<!\btampoco )(?<![\w'])"
    present = "|".join(sorted(_SAID, key=len, reverse=True))
    return Language(
        code="es",
        ways=(
            _way(r"\b(?:dejeme|dejame|permitame|dejenos|dejanos)\s+(?=\w+r(?:lo|la|los|las)?\b.*\by\b)"),
            _way(rf"{free}(?:me|nos) compromet(?:o|emos) a (?:que )?", _owed),
            _way(
                rf"{free}(?:(?:le|te|les|os) )?(?:prometo|prometemos|garantizo|garantizamos|aseguro|aseguramos|juro) (?:que )?",
                _owed,
            ),
            _way(r"\btienen?s? (?:usted )?(?:mi|nuestra) palabra(?: de que)?", _owed),
            _way(
                r"\b(?:cuent(?:e|a|en|ad)|puedes? contar) (?:con(?:migo| ello| eso| nosotros)|ud\.? con(?:migo| ello))\b",
                _all,
            ),
            _way(
                r"\bno (?:se )?(?:le|te|les|os|lo|la) (?:(?:vamos|voy) a (?:cobrar|facturar)|cobrar(?:e|emos)|facturar(?:e|emos)|cobro|cobramos)\b",
                _all,
            ),
            _way(r"\b(?:d[ea](?:n)?lo|delo) por (?:hecho|arreglado)\b", _all),
            _way(
                r"\b(?:deje(?:lo|melo|n?oslo)|deja(?:lo|melo|noslo)) (?:en mis manos|en nuestras manos|de mi cuenta|de nuestra cuenta)\b",
                _all,
            ),
            _way(r"\bqueda de mi (?:cuenta|mano)\b|\bcorre de mi cuenta\b", _all),
            _way(rf"{free}(?:quedo|quedamos) en (?=\w+r(?:le|les|te|lo|la|se)?\b)", _owed),
            _way(rf"{free}(?:quedo|quedamos) en que (?:yo )?(?!usted|ustedes|tu\b|me\b|nos\b|ella?\b)", _agreed),
            _way(
                rf"{free}(?:yo )?(?P<clitics>me |nos )(?P<verb>ocupo|encargo|ocupamos|encargamos|pongo|ponemos)\b(?! en duda)",
                _spoken,
            ),
            _way(rf"{free}{_CLITICS}(?P<verb>(?:{_STEM})(?:e|emos))\b(?! que\b)", _spoken),
            _way(
                rf"{free}(?:(?:te|le|les|os|lo|la|se lo|se la|me|nos) )?(?:voy|vamos) a (?:(?:ir|estar) a )?(?=\w+r(?:le|les|te|lo|la|los|las|se|me|nos|selo|sela)?\b)",
                _going,
            ),
            _way(
                rf"{free}(?P<clitics>(?:se\s+)?(?:le|te|les|os|lo|la|los|las)\s+(?:(?:lo|la|los|las)\s+)?)(?P<verb>{_TELLING})\b(?! que\b| para\b)",
                _soon_said,
            ),
            _way(
                rf"{free}{_NO_NOUN}{_CLITICS}(?P<verb>{present})\b(?! a la espera\b| (?:un|una|mucho|poco|frio|calor|hambre|el rato)\b| que\b| de que\b)",
                _spoken,
                Day.NEEDED,
            ),
            _way(
                rf"{free}(?:puedo|podemos|podre|podremos) (?=(?:estar|pasar|pasarme|ir|venir|llegar|tener|hacer|empezar|terminar|acercar|llevar|enviar|mandar|volver|entregar|acudir|visitar)\w*\b)",
                _after,
                Day.ONE,
            ),
            _way(
                rf"{free}(?:pienso|pensamos|tengo previsto|tenemos previsto|tengo pensado) (?=\w+r\w*\b)",
                _after,
                Day.NEEDED,
            ),
            _way(
                r"\b(?:tendra|tendras|tendran|recibira|recibiras|recibiran)\b (?!que\b|problemas?\b|noticias suyas)",
                _after,
                Day.NEEDED,
            ),
            _way(
                r"\b(?:tienen?|tienes) (?:usted )?(?=(?:ya )?(?:la|el|los|las|su|sus|tu|tus) (?:respuesta|presupuesto|factura|"
                r"informe|precio|fotos|planos|certificado|contrato|fecha|pedido|copia|llaves)\b)",
                _all,
                Day.ONE,
            ),
            _way(r"\b(?:tendra|tendras|tendran|recibira|recibiras) (?=noticias (?:mias|nuestras))", _after),
            _way(rf"\b(?P<who>{_OURS}) (?:(?:le|te|les|se|lo|la|os) )*(?P<deed>{_HIS})\b", _one_of_ours),
            _way(
                rf"\b(?P<who>[a-z]\w+(?: (?:y )?[a-z]\w+){{0,2}}?) (?:(?:le|te|les|se|lo|la|os) )*(?P<deed>{_HIS})\b",
                _whoever,
            ),
            _way(rf"{free}(?:hare|haremos) que (?=[a-z])", _after),
            _way(
                rf"(?<![\w'])(?:(?:le|te|les|se|os) )*(?P<deed>{_NOW}|{_HIS}) (?P<who>[a-z]\w+)\b(?= (?:a|por|con|el|al|para|y|de)\b|$|[.,])",
                _turned,
                Day.NEEDED,
            ),
            _way(rf"\b(?P<who>{_OURS}) (?:(?:le|te|les|se|os) )*(?P<deed>{_NOW})\b", _one_of_ours, Day.NEEDED),
            _way(rf"\b(?P<who>[a-z]\w+) (?:(?:le|te|les|se|os) )*(?P<deed>{_NOW})\b", _whoever, Day.NEEDED),
            _way(
                rf"(?P<subject>\b(?:la|el|los|las|su|sus|tu|todo)\b(?: (?!se\b)\w+){{0,5}}?) (?P<deed>se (?:le |les |te )?{_PASSIVE})\b",
                _reflexive,
            ),
            _way(
                rf"(?P<subject>\b(?:(?:la|el|los|las|su|sus|tu|todo)\b(?: \w+){{0,5}}?|))\s?(?P<deed>\b(?:estaran?|queda(?:ra|ran|n)?|sera|seran) (?:ya )?{_DONE})\b",
                _thing,
                Day.NEEDED,
            ),
            _way(
                r"\b(?:lo|la|los|las) (?:tiene|tienes|tendra|tendras) (?:usted )?(?:list|arreglad|hech|instalad|reparad|termin)\w*",
                _all,
                Day.NEEDED,
            ),
            _way(
                rf"{free}(?P<clitics>(?:se (?:lo|la|los|las)|le|te|les|os|lo|la|los|las) )(?P<verb>(?!{_NO_ACT})[a-z]{{3,}}o)\b(?! que\b)",
                _spoken,
                Day.NEEDED,
            ),
            _way(r"\bnos vemos ", _all, Day.ONE),
            _way(
                r"(?:^|(?<=[,.;] ))(?:entonces |pues )?quedamos (?=(?:para )?(?:el|manana|hoy|este)\b)", _all, Day.ONE
            ),
            _way(
                rf"\b(?:descuide|descuida|tranquil[oa]|no se preocupe|no te preocupes|no hay problema),? (?:que )?(?:ya |yo )?{_CLITICS}(?P<verb>{present})\b(?! que\b)",
                _spoken,
            ),
        ),
        not_at_all=re.compile(
            r"\?\s*[\"»')]*$|^\s*¿|,\s*¿|"
            r"(?:(?<!\w)si(?![\w,])(?! no (?:me|nos) (?:dice|avisa|llama|escribe|indica)| no hay (?:novedad|cambios|inconveniente)| no (?:recibo|tengo) )"
            r"(?<!ver si)(?<!preguntar si)(?<!mirar si)(?<!comprobar si)(?<!saber si)(?<!decirle si)(?<!consultar si)(?<!diré si)(?<!digo si)(?<!como si))|"
            r"\b(?:en caso de|siempre que|"
            r"dependiendo|suelo|solemos)\b|"
            r"^(?:por favor,? |solo |s[óo]lo )*(?:av[ií]s|d[ií]g|d[ií]m|ll[áa]m|m[áa]nd|env[ií]|escr[ií]b|conf[ií]rm|diga|p[áa]s)\w*(?:me|nos)\b[^.;]*?[ ,]y\b",
            re.IGNORECASE,
        ),
        not_before=re.compile(
            r"\b(?:dijo|dije|dice|dicen|dijeron|escribio|comento|comenta|cree|creo|creemos|espero|esperamos|supongo|imagino|pienso|prometio|"
            r"prometi|aseguro|cuando|donde|como|quien|hasta que|antes de que|que usted|usted|ustedes|ella|ellos|dudo|quiere|quieren|necesita|"
            r"parece|han dicho|ha dicho|temo|confio)(?: que)?(?: (?:yo|usted|ya|no|me|te|le|les|se|lo|la|nos))*\s*$|"
            r"\b(?:quizas?|tal vez|a lo mejor|puede que|posiblemente|probablemente|ojala|seguramente)\b[^;]{0,40}$|"
            r"\b(?:no|nunca|tampoco|jamas)(?: (?:me|te|le|les|se|lo|la|los|las|nos|os|creo|pienso|que))*\s*$"
        ),
        rest=_rest,
        bounds=re.compile(r"[;:]\s|\s[-]{1,2}\s|,\s(?:pero|asi que|y|luego|despues)\s|\s(?:y|e|pero)\s"),
        soon=re.compile(
            r"\b(?:luego|ya mismo|en ?seguida|ahora mismo|cuanto antes|lo antes posible|en breve|sin falta|en cuanto|mas tarde|proxim[oa] (?:vez|factura|recibo|visita|cita|pedido)|"
            r"de inmediato|inmediatamente|pronto|a la mayor brevedad)\b"
        ),
    )


def _soon_said(match: re.Match[str], text: str) -> str | None:
    """Read "le aviso", "y te digo": with whom and what is to come, even without a day."""
    before = match.string[: match.start()].rstrip()
    later = re.search(
        r"\b(?:algo|en cuanto|apenas|cuando|luego|manana|sin falta|con lo que|lo que|como queda|el resultado)\b",
        match.string,
    )
    if not (later or before.endswith((" y", " e", ","))):
        return None
    return _spoken(match, text)


def _reflexive(match: re.Match[str], text: str) -> str | None:
    said = text[match.start("deed") : match.end("deed")].lower()
    return (
        _thing(match, text)
        if "á" in said or match["deed"].split()[-1] in ("hara", "haran", "pondra", "pondran")
        else None
    )


_AGAIN = re.compile(
    rf"\b(y|e|luego)\s+{_CLITICS}(?P<verb>{'|'.join(sorted(_SAID, key=len, reverse=True))}|(?:{_STEM})[eé](?:mos)?)\b",
    re.IGNORECASE,
)


def _agreed(match: re.Match[str], text: str) -> str | None:
    """After "quedamos en que": what I do, or nothing."""
    said = text[match.end() :]
    return _AGAIN.sub(_again, f"y {said}")[2:] if said else None


def _again(match: re.Match[str]) -> str:
    verb = match["verb"].lower().replace("é", "e")
    return match[0] if verb in _NOT_FUTURE else f"{match[1]} {_with_clitics(verb, match['clitics'].lower())}"


def _rest(what: str) -> str:
    what = re.split(r"\s*[;–—]\s|\s-{1,2}\s|,\s+(?:pero|asi que|así que|porque|que|ya que|pues)\b|:\s", what)[0]
    return _AGAIN.sub(_again, what)
