"""More styles of the same, written after the rules stood, to see whether they hold for what they were not made after."""

from datetime import date

import pytest

from followup_desktop.mail.parse.reading import read_mail
from followup_desktop.mail.parse.reply_text import own_words, reply_text
from tests.mail.parse.world import SENT, both, letter
from tests.mail.parse.world import found_in as found

REPORTS = [ # name, from, subject, text, (status or None=any, permanent)
("smartermail","System Administrator <system.administrator@mail.example>","Delivery Failure","Could not deliver message to the following recipient(s):\n\nFailed Recipient: priya@nair.example\nReason: Remote host said: 550 5.1.1 <priya@nair.example> user unknown in virtual alias table\n\n   -- The header and top 20 lines of the message follows --\n\nReceived: from x","5.1.1",True),
("imail","Postmaster <postmaster@mail.example>","Undeliverable Mail","User mailbox exceeds allowed size: priya@nair.example\n\nOriginal message follows.\n\nReceived: from",None,False),
("groupwise","Mailer-Daemon@gw.example","Message status - undeliverable","The attached file had the following undeliverable recipient(s):\n\tpriya@nair.example\n\nTranscript of session follows:\nCommand: RCPT TO:<priya@nair.example>\nResponse: 550 Mailbox not found",None,True),
("barracuda","Barracuda <postmaster@nair.example>","**Message you sent blocked by our bulk email filter**","Your message to: priya@nair.example\nwas blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN DELIVERED:\n\nSubject: The visit",None,False),
("mimecast","postmaster@nair.example","[Postmaster] Email Delivery Failure","Your message was not delivered\n\nRecipient: priya@nair.example\n\nMessage rejected: 550 Administrative prohibition - envelope blocked",None,False),
("hmail","mailer-daemon@h.example","Message undeliverable: The visit","Your message did not reach some or all of the intended recipients.\n\n   Sent: Mon, 23 Nov 2026 09:00:00\n   Subject: The visit\n\nThe following recipient(s) could not be reached:\n\npriya@nair.example\n   Error Type: SMTP\n   Remote server (192.0.2.1) issued an error.\n   hMailServer sent: RCPT TO:<priya@nair.example>\n   Remote server replied: 550 5.1.1 <priya@nair.example>: Recipient address rejected: User unknown\n\nhMailServer","5.1.1",True),
("communigate","MAILER-DAEMON@cg.example","Undeliverable mail: The visit","Failed to deliver to '<priya@nair.example>'\nSMTP module(domain nair.example) reports:\n host mx.nair.example says:\n 554 5.7.1 Rejected due to SPF","5.7.1",False),
("xmail","postmaster@x.example","Error sending message [1289] from [x.example]","[<00>] XMail bounce: Rcpt=[priya@nair.example];Error=[550 unknown user <priya@nair.example>]\n\n[<01>] Error sending message [1289] from [x.example].\n\nID: <S1>\nMail From: <dana@blueheron.example>\nRcpt To: <priya@nair.example>",None,True),
("mercury","Electronic Postmaster <Postmaster@m.example>","Postmaster Notify: Delivery Failure.","This is an advisory-only notice - please do not reply to it.\n\nDelivery of one or more copies of your mail message failed.\nThe following addresses had errors:\n\n  priya@nair.example: 550 invalid mailbox",None,True),
("kerio","postmaster@k.example","Undeliverable mail: The visit","Mail System Error - Returned Mail\n\nThis message was undeliverable due to the following reason:\n\nYour message was not delivered because the destination computer was not reachable within the allowed queue period.\n\nHost nair.example is not responding.\n\nThe following recipients did not receive this message:\n\n<priya@nair.example>",None,False),
("gmail delay","Mail Delivery Subsystem <mailer-daemon@googlemail.com>","Delivery Status Notification (Delay)","** Delivery incomplete **\n\nThere was a temporary problem delivering your message to priya@nair.example. Gmail will retry for 46 more hours. You'll be notified if the delivery fails permanently.\n\nThe response was:\nThe recipient server did not accept our requests to connect.",None,False),
("gmail blocked","Mail Delivery Subsystem <mailer-daemon@googlemail.com>","Delivery Status Notification (Failure)","** Message blocked **\n\nYour message to priya@nair.example has been blocked. See technical details below for more information.\n\nThe response was:\n550 5.7.1 Our system has detected unusual rate","5.7.1",False),
("o365 html-ish fr","Microsoft Outlook <MicrosoftExchange329e@blueheron.onmicrosoft.com>","Non remis : La visite","Votre message à priya@nair.example n'a pas pu être remis.\n\npriya est introuvable dans nair.example.\n\nCode d'état : 550 5.1.10","5.1.10",True),
("o365 es","postmaster@outlook.com","No se puede entregar: La visita","No se pudo entregar el mensaje a priya@nair.example.\n\nEl buzón del destinatario está lleno.\n\nRemote Server returned '554 5.2.2 mailbox full'","5.2.2",False),
("o365 nl","postmaster@outlook.com","Onbestelbaar: Het bezoek","Uw bericht aan priya@nair.example kan niet worden bezorgd.\n\nHet adres bestaat niet. 550 5.1.1","5.1.1",True),
("o365 it","postmaster@outlook.com","Non recapitabile: La visita","Il recapito non è riuscito per i seguenti destinatari:\n\npriya@nair.example\nIndirizzo non trovato",None,True),
("o365 pl","postmaster@outlook.com","Niedostarczone: wizyta","Nie można dostarczyć wiadomości do następujących odbiorców:\n\npriya@nair.example\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found","5.1.1",True),
("o365 sv","postmaster@outlook.com","Det gick inte att leverera: besöket","Meddelandet till priya@nair.example kunde inte levereras.\n\nAdressen hittades inte.",None,True),
("t-online","Mailer-Daemon@t-online.de","Ihre Nachricht konnte nicht zugestellt werden","|------------------------- Message log follows: -------------------------|\n no valid recipients were found for this message\n|------------------------- Failed addresses follow: ---------------------|\n <priya@nair.example> ... unknown user\n|------------------------- Message text follows: ------------------------|\nReceived: from",None,True),
("freenet","postmaster@freenet.de","Zustellung fehlgeschlagen","Leider konnte Ihre E-Mail nicht zugestellt werden:\npriya@nair.example\nGrund: Das Postfach des Empfängers ist voll.",None,False),
("orange fr","MAILER-DAEMON@orange.fr","Echec de la remise","Votre message n'a pas pu être délivré au destinataire suivant :\n<priya@nair.example>: 550 5.1.1 Adresse d au moins un destinataire invalide","5.1.1",True),
("libero","mailer-daemon@libero.it","Mail non consegnata","Il messaggio non può essere consegnato a:\npriya@nair.example\n552 casella piena",None,False),
("uol","MAILER-DAEMON@uol.com.br","Mensagem devolvida","A mensagem para priya@nair.example não pôde ser entregue. Motivo: usuário inexistente.",None,True),
("docomo","mailer-daemon@docomo.ne.jp","Mail Delivery Subsystem","次のあて先へのメッセージはエラーのため送信できませんでした。\n送信先メールアドレスが見つかりません。\n<priya@nair.example>\n550 Unknown user priya@nair.example",None,True),
("qq","PostMaster@qq.com","系统退信/System bounce","您好,很抱歉您发送的邮件被退回。\n收件人: priya@nair.example\n退信原因:收件人邮箱地址不存在。 550 Mailbox not found",None,True),
("163","Postmaster@163.com","系统退信","抱歉,您的邮件被退回来了……\n原邮件信息:\n收件人: priya@nair.example\n退信原因: 收件人邮箱已满",None,False),
("naver","mailer-daemon@naver.com","[발송실패 안내] 메일이 전송되지 못했습니다","priya@nair.example 로 메일이 전송되지 못했습니다.\n실패 사유: 존재하지 않는 사용자입니다. 550 5.1.1","5.1.1",True),
("mail.ru","mailer-daemon@corp.mail.ru","Mail failure.","Это письмо создано автоматически сервером Mail.Ru, отвечать на него не нужно.\n\nК сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\npriya@nair.example\n    550 user not found",None,True),
("sendmail warning","Mail Delivery Subsystem <MAILER-DAEMON@s.example>","Warning: could not send message for past 4 hours","    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n   ----- Transcript of session follows -----\n<priya@nair.example>... Deferred: Connection refused by mx.nair.example.\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old",None,False),
("challenge/no account aol","MAILER-DAEMON@aol.com","Returned mail: User unknown","The original message was received\n\n  ----- The following addresses had permanent fatal errors -----\n<priya@nair.example>\n\n<<< 550 priya IS NOT ACCEPTING MAIL FROM THIS SENDER\n550 <priya@nair.example>... User unknown",None,True),
]  # fmt: skip
REPLIES = [
("em client","Sounds good.\n\n------ Original Message ------\nFrom: \"Dana Whitlock\" <dana@blueheron.example>\nTo: \"Priya\" <priya@nair.example>\nSent: 23/11/2026 09:02:11\nSubject: The visit\n\nHi","Sounds good."),
("hotmail old","ok\n\nDate: Mon, 23 Nov 2026 09:02:11 -0800\nFrom: dana@blueheron.example\nTo: priya@nair.example\nSubject: The visit\n\nHi","ok"),
("kmail","Yes.\n\nOn Monday, 23 November 2026 09:02:11 CET Dana Whitlock wrote:\n> Hi","Yes."),
("evolution","Yes.\n\nOn Mon, 2026-11-23 at 09:02 -0800, Dana Whitlock wrote:\n> Hi","Yes."),
("gnus","Dana Whitlock <dana@x.example> writes:\n\n> Has the water been clear?\n\nYes.","Yes."),
("vm nick","dana> Has the water been clear?\n\nYes.","Yes."),
("outlook pt","Perfeito.\n\nDe: Dana Whitlock <dana@x.example>\nEnviada: segunda-feira, 23 de novembro de 2026 09:02\nPara: Priya\nAssunto: The visit\n\nHi","Perfeito."),
("outlook cs","Dobře.\n\nOd: Dana <dana@x.example>\nOdesláno: pondělí 23. listopadu 2026 9:02\nKomu: Priya\nPředmět: The visit\n\nHi","Dobře."),
("outlook fi","Hyvä.\n\nLähettäjä: Dana <dana@x.example>\nLähetetty: maanantai 23. marraskuuta 2026 9.02\nVastaanottaja: Priya\nAihe: The visit\n\nHi","Hyvä."),
("outlook no","Fint.\n\nFra: Dana <dana@x.example>\nSendt: mandag 23. november 2026 09:02\nTil: Priya\nEmne: The visit\n\nHi","Fint."),
("outlook tr","Tamam.\n\nKimden: Dana <dana@x.example>\nGönderildi: 23 Kasım 2026 Pazartesi 09:02\nKime: Priya\nKonu: The visit\n\nHi","Tamam."),
("outlook hu","Rendben.\n\nFeladó: Dana <dana@x.example>\nElküldve: 2026. november 23. 9:02\nCímzett: Priya\nTárgy: The visit\n\nHi","Rendben."),
("outlook ja","了解です。\n\n差出人: Dana <dana@x.example>\n送信日時: 2026年11月23日 9:02\n宛先: Priya\n件名: The visit\n\nHi","了解です。"),
("outlook ko","네.\n\n보낸 사람: Dana <dana@x.example>\n보낸 날짜: 2026년 11월 23일 월요일 오전 9:02\n받는 사람: Priya\n제목: The visit\n\nHi","네."),
("outlook hr","Može.\n\nŠalje: Dana <dana@x.example>\nPoslano: 23. studenog 2026. 9:02\nPrima: Priya\nPredmet: The visit\n\nHi","Može."),
("samsung fr","Oui.\n\n\nEnvoyé depuis mon appareil Galaxy\n\n\n-------- Message d'origine --------\nDe : Dana <dana@x.example>\nDate : 23/11/2026 09:02 (GMT+01:00)\nÀ : Priya\nObjet : The visit\n\nHi","Oui."),
("samsung es","Sí.\n\nEnviado desde mi Galaxy\n\n-------- Mensaje original --------\nDe: Dana\nFecha: 23/11/26 9:02\nA: Priya\nAsunto: x\n\nHi","Sí."),
("huawei","Ok\n\nEnviado desde mi teléfono HUAWEI\n\n-------- Mensaje original --------\nDe: Dana <d@x.example>\nFecha: lun., 23 nov. 2026 9:02\nPara: p\nAsunto: x\n\nHi","Ok"),
("k9","Ja.\n\nAm 23. November 2026 09:02:11 MEZ schrieb Dana <dana@x.example>:\n>Hallo\n\n-- \nDiese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.","Ja."),
("hebrew","כן.\n\n‫בתאריך יום ב׳, 23 בנוב׳ 2026 ב-9:02 מאת ‪Dana‬‏ <‪dana@x.example‬‏>:‬\n\n> Hi","כן."),
("arabic","نعم.\n\nفي الاثنين، 23 نوفمبر 2026 في 9:02 ص تمت كتابة ما يلي بواسطة Dana <dana@x.example>:\n\n> Hi","نعم."),
("thai","ครับ\n\nในวันที่ จ. 23 พ.ย. 2026 เวลา 9:02 Dana <dana@x.example> เขียนว่า:\n\n> Hi","ครับ"),
("bulgarian","Да.\n\nНа пн, 23.11.2026 г. в 9:02 Dana <dana@x.example> написа:\n\n> Hi","Да."),
("croatian","Da.\n\npon, 23. stu 2026. u 09:02 Dana <dana@x.example> napisao je:\n\n> Hi","Da."),
("catalan","Sí.\n\nMissatge de Dana <dana@x.example> del dia dl., 23 de nov. 2026 a les 9:02:\n\n> Hi","Sí."),
("lithuanian","Taip.\n\n2026-11-23, pr, 09:02 Dana <dana@x.example> rašė:\n\n> Hi","Taip."),
("fw above","Please see below.\n\nBegin forwarded message:\n\nFrom: Dana <dana@x.example>\nSubject: The visit\nDate: November 23, 2026 at 9:02:11 AM PST\nTo: priya@x.example\n\nHi","Please see below."),
("outlook mac","Great.\n\nOn 11/23/26, 9:02 AM, \"Dana Whitlock\" <dana@x.example> wrote:\n\n    Hi Priya,\n    clear?","Great."),
("outlook mac 2","Great.\n\nFrom: Dana Whitlock <dana@x.example>\nDate: Monday, November 23, 2026 at 9:02 AM\nTo: Priya <p@x.example>\nSubject: The visit\nHi","Great."),
("airmail","Yes\n\nOn 23 November 2026 at 09:02:11, Dana (dana@x.example) wrote:\n\nHi","Yes"),
("mailbird","Yes\n\nOn 23/11/2026 09:02:11, Dana Whitlock <dana@x.example> wrote:\n\nHi","Yes"),
("reply first line with On","On Thursday I can be home at 9:00, please ring before.\n\nOn Mon, Nov 23, 2026 at 9:02 AM Dana <d@x.example> wrote:\n> Hi","On Thursday I can be home at 9:00, please ring before."),
("ps after sig","Yes.\nPriya\n\nP.S. The gate code is 4711.","Yes.\nPriya\n\nP.S. The gate code is 4711."),
("ticket rule","Yes.\n\n##- Please type your reply above this line -##\n\nold","Yes."),
("caution banner","CAUTION: This email originated from outside the organization.\n\nYes, Thursday.","CAUTION: This email originated from outside the organization.\n\nYes, Thursday."),
("es closing","Sí, el jueves.\n\nSaludos,\nPriya\n\nEnviado desde mi iPhone","Sí, el jueves.\n\nSaludos,\nPriya"),
("sent by tablet de","Passt!\n\nVon meinem Samsung Galaxy Smartphone gesendet.\n\n-------- Ursprüngliche Nachricht --------\nVon: Dana","Passt!"),
("disclaimer es","Sí.\n\nAVISO LEGAL: Este mensaje y sus archivos adjuntos son confidenciales y se dirigen exclusivamente a su destinatario.","Sí."),
("quote then sig","Yes\n\nPriya\n\n> Hi\n> clear?\n","Yes\n\nPriya"),
("html ent","1 < 2 > 0 & so on","1 < 2 > 0 & so on"),
]  # fmt: skip
PAGES = [
("superhuman",'<html><head></head><body><div><div>Yes.<br></div><div class="sh-signature"><div>Sent via <a href="https://sprh.mn">Superhuman</a></div></div><br><div class="gmail_quote">On Mon, Dana &lt;d@x&gt; wrote:<br><blockquote class="gmail_quote">Hi</blockquote></div></div></body></html>',"Yes."),
("hey",'<div>Yes.</div><br><div>On November 23, 2026, Dana &lt;dana@x.example&gt; wrote:</div><blockquote><div>Hi</div></blockquote>',"Yes."),
("gmx",'<div style="font-family: Verdana;font-size: 12.0px;"><div>Ja, gerne.</div><div>&nbsp;</div><div><div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;"><div><b>Gesendet:</b> Montag<br><b>Von:</b> Dana</div><div name="quoted-content">Hi</div></div></div></div>',"Ja, gerne."),
("outlook app",'<div dir="auto" style="color:black">Yes, Thursday.</div><div id="ms-outlook-mobile-signature">Get <a href="https://aka.ms">Outlook for iOS</a></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font><b>From:</b> Dana</font></div><div>Hi</div>',"Yes, Thursday."),
("samsung html",'<html><head></head><body><div dir="auto">Yes.</div><div dir="auto"><br></div><div id="composer_signature" dir="auto"><div>Sent from my Galaxy</div></div><div><br></div><div style="font-size:100%"><!-- originalMessage --><div>-------- Original message --------</div><div>From: Dana &lt;d@x.example&gt; </div><div>Date: 23/11/2026  09:02  (GMT+00:00) </div><div>To: Priya </div><div>Subject: The visit </div></div>Hi</body></html>',"Yes."),
("tutanota",'<div>Yes.<br></div><div>-- <br>Sent with Tutanota</div><blockquote class="tutanota_quote">Hi</blockquote>',"Yes."),
("plain bq own indent",'<div>Two options:</div><blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>Thursday</div><div>Friday</div></blockquote>',"Two options:\nThursday\nFriday"),
("word paragraphs",'<p>Hello,</p><p>Yes.</p><p>Priya</p>',"Hello,\n\nYes.\n\nPriya"),
("roundcube",'<p>Yes.</p><p id="reply-intro">On 2026-11-23 09:02, Dana wrote:</p><blockquote type="cite"><p>Hi</p></blockquote>',"Yes."),
("qq html",'<div>好的</div><div><br></div><div style="font-size:12px">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="background:#efefef"><div><b>发件人:</b>&nbsp;"Dana"&lt;d@x.example&gt;;</div><div><b>发送时间:</b>&nbsp;2026年11月23日</div><div><b>收件人:</b>&nbsp;"P"</div></div><div>Hi</div>',"好的"),
]  # fmt: skip
AWAY = [
("en thurs","Automatic reply: x",{},"Hi, I'm on PTO and will be back in the office Thursday 3rd December.",date(2026,12,3)),
("en dash","Out of Office",{},"I will be away 23 - 27 November.",date(2026,11,28)),
("en between","OOO",{},"I am out of the office between 20 November and 2 December inclusive.",date(2026,12,3)),
("en returning","Out of office",{},"Out of office, returning 11/30.",date(2026,11,30)),
("en hyphen","Auto-Reply: x",{},"I will be unavailable until 2026-12-01.",date(2026,12,1)),
("en the 30th of","Automatic reply",{},"I'm back on the 30th of November 2026. For emergencies call +1 555 0100 or 12-34-56.",date(2026,11,30)),
("en no date","Automatic reply: x",{},"I have limited access. Office hours are 9/5. We were founded 1999.",None),
("de","Automatische Antwort",{},"Ich bin derzeit nicht im Büro und ab Montag, 30. November 2026, wieder erreichbar.",date(2026,11,30)),
("de kehre","Abwesenheitsnotiz: x",{},"Vielen Dank für Ihre Nachricht. Ich kehre am 07.12.2026 ins Büro zurück.",date(2026,12,7)),
("de bis","Abwesenheit",{"Auto_Submitted":"auto-replied"},"Ich bin bis zum 30.11.2026 abwesend.",date(2026,11,30)),
("fr","Réponse automatique",{},"Je suis en congé du 23 novembre au 4 décembre 2026 inclus.",date(2026,12,5)),
("fr 2","Réponse automatique",{},"Absent du bureau, je reviendrai le 30/11.",date(2026,11,30)),
("es","Respuesta automática",{},"Me encuentro de vacaciones hasta el 4 de diciembre de 2026.",date(2026,12,4)),
("es 2","Respuesta automática",{},"Estaré ausente y regresaré a la oficina el próximo lunes 30 de noviembre.",date(2026,11,30)),
("it","Risposta automatica",{},"Sarò in ferie fino al 4 dicembre compreso.",date(2026,12,5)),
("pt","Resposta automática",{},"Estou ausente até 4 de dezembro e regresso a 7 de dezembro de 2026.",date(2026,12,7)),
("nl","Automatisch antwoord",{},"Ik ben afwezig tot en met vrijdag 4 december 2026.",date(2026,12,5)),
("nl2","Automatisch antwoord",{},"Ik ben op 1 december weer terug.",date(2026,12,1)),
("sv","Frånvaromeddelande",{"Auto_Submitted":"auto-replied"},"Jag är på semester och åter på kontoret 1/12.",date(2026,12,1)),
("no","Automatisk svar",{},"Jeg er tilbake på kontoret 1. desember.",date(2026,12,1)),
("fi","Automaattinen vastaus",{},"Olen lomalla ja palaan töihin 1.12.2026.",date(2026,12,1)),
("cs","Automatická odpověď",{},"Jsem mimo kancelář, vrátím se 1. prosince 2026.",date(2026,12,1)),
("hu","Automatikus válasz",{},"Szabadságon vagyok, 2026. december 1-jén térek vissza.",date(2026,12,1)),
("tr","Otomatik Yanıt",{},"İzindeyim, 1 Aralık 2026 tarihinde döneceğim.",date(2026,12,1)),
("ko","자동 회신",{},"12월 1일에 복귀합니다.",date(2026,12,1)),
("ja until","自動返信",{},"11月30日まで休暇をいただいております。12月1日から対応いたします。",date(2026,12,1)),
("uk","Автоматична відповідь",{},"Я у відпустці, повернусь 1 грудня.",date(2026,12,1)),
("ro","Răspuns automat",{},"Revin la birou pe 1 decembrie 2026.",date(2026,12,1)),
("icloud","Re: The visit",{"Auto_Submitted":"auto-replied"},"I'm away from my mail until December 1.",date(2026,12,1)),
("freshdesk","Ticket Received - The visit",{},"Dear Dana,\n\nWe would like to acknowledge that we have received your request and a ticket has been created with Ticket ID - 481.\nA support representative will be reviewing your request.",None),
("zendesk","[Request received]",{},"##- Please type your reply above this line -##\n\nYour request (48213) has been received and is being reviewed by our support staff.",None),
]  # fmt: skip
WISHES = ["pls take me off ur list","I'm not interested in your emails any more.","Can you please stop with the emails?","would you mind removing me from your mailing list?","Please delete me from your list.","Cease all communication.","Quit emailing me","I've asked before: no more emails!!","remove my name from this mailing list","I wish to be removed from your email list.","Please cancel my email subscription.","do not send me any more mail","Don't send me emails anymore.","Please discontinue these emails.","kindly remove this address from your mailings",
"Quiero que me borren de su lista.","No quiero más mails, gracias.","Les pido que no me escriban más.","Favor de no enviar más correos.","Sáquenme de esta lista","Ich möchte keine E-Mails mehr von Ihnen bekommen.","Bitte streichen Sie mich von Ihrer Liste.","Hören Sie auf, mir zu schreiben!","Bitte keine Mails mehr","Bitte nehmen Sie meine E-Mail-Adresse aus Ihrem Verteiler","Arrêtez de m'envoyer des messages.","Retirez-moi de votre liste svp","Je ne veux plus recevoir de mails.","Basta email, grazie.","Vi prego di non inviarmi più messaggi.","Toglietemi dalla mailing list.","Não me mandem mais emails.","Quero cancelar a minha subscrição.","Ik wil me afmelden voor deze mails.","Stop met het sturen van mails.","Verwijder mijn adres uit uw bestand."]  # fmt: skip
LOOKALIKES = ["Please stop the irrigation before you come.","Can you take me off the Tuesday route and put me on Thursday?","Don't forget to email me the quote.","I no longer need the Friday visit.","Remove me from the Friday schedule.","I never got your email.","Not interested in the heater, thanks.","No thanks.","Please don't send Luis, send somebody else.","Do not send the crew without calling first.","I want to stop the weekly service in December.","Please cancel my subscription to the weekly cleaning.","Stop! The gate is open, the dog may be out.","You may email me any time.","I don't want you to stop.","Please stop charging my card.","We do not need any more chlorine.","Do not reply to the tenant, write to me.","I removed the leaves myself.","No quiero que vengan el viernes.","Por favor no dejen la puerta abierta.","Cancelen la visita del viernes.","Bitte hören Sie nicht auf.","Ich möchte den Termin absagen.","Ne venez pas vendredi.","Je voudrais arrêter le service.","Non venite venerdì.","Não venham na sexta.","Kom vrijdag niet meer.","I unsubscribed from the magazine."]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "sender", "subject", "text", "status", "permanent"), REPORTS, ids=[one[0] for one in REPORTS]
)
def test_a_report_in_words(name, sender, subject, text, status, permanent):
    one = found(letter(text, sender=sender, subject=subject))
    assert (one.kind, one.addresses, one.permanent) == ("bounce", ("priya@nair.example",), permanent)
    assert status in (None, one.status)


@pytest.mark.parametrize(("name", "text", "words"), REPLIES, ids=[one[0] for one in REPLIES])
def test_a_reply(name, text, words):
    assert own_words(text) == words


@pytest.mark.parametrize(("name", "html", "words"), PAGES, ids=[one[0] for one in PAGES])
def test_a_reply_in_html(name, html, words):
    assert reply_text(read_mail(both("", html))) == words


@pytest.mark.parametrize(("name", "subject", "headers", "text", "back"), AWAY, ids=[one[0] for one in AWAY])
def test_an_automatic_reply(name, subject, headers, text, back):
    one = found(letter(text, subject=subject, In_Reply_To=SENT, **headers))
    assert (one.kind, one.return_date) == ("auto", back)


@pytest.mark.parametrize("words", WISHES)
def test_a_wish(words):
    assert found(letter(f"Hi Dana.\n\n{words}\n\nThanks")).kind == "opt_out"


@pytest.mark.parametrize("words", LOOKALIKES)
def test_no_wish(words):
    assert found(letter(words)).kind == "reply"
