"""Words of English and Spanish that help to tell a name from a thing, whichever language the line is in.

Letter case is no help here: people type names small on a phone and everything large on a keyboard that sticks.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONTACT = _words(
    "ring call phone telephone text sms whatsapp message email mail tell ask write visit meet see remind "
    "thank answer contact warn inform notify update apologise apologize reply invoice bill refund pay quote "
    "credit promise promised book schedule reschedule surprise call-back ring-back calling ringing texting "
    "emailing telling asking llamar llama llamo llamare llamarle llamarla llamarlo telefonear avisar avisarle "
    "decir decirle escribir escribirle visitar preguntar preguntarle ver recordar recordarle contestar "
    "contestarle responder responderle agradecer agradecerle avisa dile escribe pregunta contactar informar "
    "hablar hablarle hablo quedar mensajear"
)
"""What is done to a person: whoever stands behind it has a name."""

GIVE = _words(
    "send give bring get drop make show deliver take offer order find lend mail fix check follow talk speak "
    "explain go stop swing come catch say confirm look be work finish clean repair replace install quote "
    "price prepare sending giving bringing enviar enviarle mandar mandarle dar darle llevar llevarle traer "
    "traerle ofrecer ofrecerle mostrar mostrarle entregar entregarle pasar pasarle explicar explicarle "
    "confirmar confirmarle cotizar cotizarle pagar pagarle"
)
"""What is done with a thing, for a person."""

NOUNS_TOO = _words(
    "call text sms whatsapp message email mail visit answer contact notify update reply invoice bill refund "
    "pay quote credit promise book schedule surprise ring phone telephone"
)
"""Verbs that are things as well: "send the quote"."""

ONLY_ADDRESSED = _words(
    "ring call phone tell ask visit meet see thank remind llamar llama llamare visitar preguntar decirle"
)
"""Verbs before which even "Price" is a name."""

MOVE = _words("go stop swing come drop look work finish clean repair replace install fix")
"""Verbs with which a preposition leads to a place or a thing: "go to town"."""

BEFORE_VERBS = _words("to and will i me then please must should we ill would can do lets need also y e voy debo tengo")

VERBS = CONTACT | GIVE

PARTICLES = _words("back up in on by over round around out off through along")
TO_PERSON = _words("to with for from at of on a con para de")
"""Before a name; taken out with it."""

TITLES = _words("mr mrs ms miss mx dr mister sir madam sr sra srta dra don dona senor senora senorita")
ARTICLES = _words("the a an my our your his her their its this that these those some any all el la los las un una unos")
ARTICLES_BEFORE_TITLES = _words("el la al")

SMALL = (
    PARTICLES
    | TO_PERSON
    | TITLES
    | ARTICLES
    | _words(
        "early late ahora luego temprano tarde "
        "about regarding re that if whether when how why what who where and or but not no yes so then than as is "
        "are was were be been will would can could should shall must has have had do does did it he she they we i "
        "you me him them us himself herself myself yourself please pls by before after until till due again asap "
        "soon now later twice once first also too very more most next last every each both either none nobody "
        "everyone everybody anyone someone customers customer between without within during since because while "
        "via per plus x y al del lo le les se su sus mi mis tu tus nuestro nuestra este esta ese esa esto eso que "
        "si cuando como donde quien cual por sobre sin entre hasta desde e o u ni pero porque mas muy ya hoy "
        "manana ella ellos ellas usted ustedes nos yo todos todas alguien nadie cliente clientes cuanto antes "
        "pronto favor primero despues"
    )
)
"""Words that are never a name by themselves."""

ALSO_NAMES = _words(
    "will mark bill grant drew chase wade pat frank rich art gene ray miles max page hope grace joy faith "
    "dawn rose ivy lily holly heather iris violet ruby pearl crystal amber jade penny sandy rusty cliff glen "
    "dale rob nick jack bob sue may april june august summer autumn carol robin jay dean earl duke king "
    "bishop pope mason carter cooper fisher cook baker taylor potter hunter gardener parker walker turner "
    "fuller miller weaver archer angel luz paz mar rosa blanca pilar cruz rey reyes leon flores rios campos"
)
"""Words that are names too: names after a verb or a preposition, words elsewhere."""

THINGS = _words(
    "ad ads advert article blog brochure budget flyer form memo newsletter sick speech statement web acid "
    "account accountant address agreement air alarm algae answer answers appointment area bag bags balance "
    "bank basket best bid bills black blue book booking boss box branch bridges bright brown brush brushes "
    "builder bush card care cash cell chair check chemicals chlorine church clean cleaner cleaning clear "
    "cleaned clock clothes company contract control cost cover cracks credit crew date day deck delivery "
    "dentist deposit details doctor dog door drain drop electrician email enclosure end engine equipment "
    "estimate fence field fields file filter filters fish fix fixed flow food front garage garden gas gate "
    "gates glass good grass gray green grey ground guarantee guide hall heat heater help hill home hose hot "
    "hours house husband idea inch inspection installer insurance invoice invoices item items job jobs key "
    "keys kit lake landlord lane lawn lawyer leak leaks leaf leaves letter light lights liner list locks long "
    "lot love mail manager map meeting message meter mom money mother motor mower mum name neighbor neighbour "
    "new news note notes number numbers offer office oil old order orders page paint paper papers park parks "
    "part parts payment people permit pest phone photo photos picture pictures pipe pipes plan plans plant "
    "plumber point pole police pool pools post power powers price prices problem product program project pump "
    "pumps quarter question questions quick quote quotes rain rate receipt referral refund reminder rent "
    "repair report reports rep review reviews river robot rock roof room route routes salt sample samples "
    "sand schedule school seal season service sharp shed sheet shock shop short site skimmer slot small spa "
    "spare spray spring staff stain stairs start steps stock stone stop store storm street strong suction "
    "summary supplier suppliers supplies sun survey swift switch system tank tax team tenant terms test tests "
    "text thanks thing things tile tiles time timer todo tool tools tree trees trip truck vacuum valve valves "
    "van vendor vet video visit visits wall walls warehouse warranty water waters website weeds weight wells "
    "white wife winter wood woods word work worker yard year years young agua aviso banco bomba calentador "
    "carta casa cita cloro coche contrato copia correo cuenta dinero direccion entrega factura facturas "
    "filtro filtros foto fotos fuga gasolina grande herramientas hora horario informe jardin lista llave "
    "llaves luz material nota numero oficina pago pedido permiso piezas piscina plano planos precio precios "
    "presupuesto presupuestos problema proveedor prueba pregunta recibo recambio reparacion resena respuesta "
    "ruta sal servicio sistema taller tarea tiempo trabajo tuberia valvula verde visita visitas"
)
"""Things an owner promises about: never a name, unless it is rung, told or asked."""


def is_thing(letters: str) -> bool:
    """Whether a word is a thing, one or several."""
    return letters in THINGS or letters.removesuffix("s") in THINGS or letters.removesuffix("es") in THINGS


WEEK_WORDS = _words(
    "monday mon tuesday tues tue wednesday weds wed thursday thurs thur thu friday fri saturday sat sunday "
    "sun today tomorrow tonight yesterday noon midday midnight morning afternoon arvo evening night week month "
    "year weekend day days lunes martes miercoles jueves viernes sabado domingo hoy manana ayer tarde noche "
    "mediodia semana mes ano dia dias"
)
