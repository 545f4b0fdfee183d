"""How sites of many languages say that a story is for subscribers only."""

from __future__ import annotations

# ruff: noqa: E501 - one line for each language reads better than lines of a given length.
import re

_SUBSCRIBERS = {
    "en": r"(?:reserved|exclusive(?:ly)?|available|only|free|open) (?:only |exclusively )?(?:for|to) (?:our |all )?(?:paid |paying |premium |digital |registered )*(?:subscribers|members)|(?:subscribers?|members?)[- ](?:only|exclusive)|for (?:subscribers|members) only|(?:article|story|content) is (?:only |exclusively )?for (?:our )?(?:paid |premium |digital )*(?:subscribers|members)"
          r"|subscribe (?:now |today |here )?(?:to|and) (?:continue|keep|read|unlock|access|view|finish)|(?:to|and) (?:continue|keep|finish) reading[^.]{0,50}\bsubscri|(?:the rest of|full) (?:this |the )?(?:article|story)[^.]{0,40}subscri|subscribe[^.]{0,40}full (?:article|story)|this is a (?:premium|subscriber)[- ](?:article|story|exclusive)|you(?: have|'ve) (?:reached|used|read)[^.]{0,40}free (?:articles|stories)",
    "de": r"(?:nur|exklusiv|ausschließlich) (?:für|mit) (?:unsere[n]? )?(?:digital-?|plus-?|premium-?)?(?:abonnent|abo\b|mitglied|leser von)|(?:für|von) abonnent(?:en|innen|:innen)? (?:vorbehalten|lesbar|zugänglich)|(?:jetzt )?mit \S{1,15}(?:plus|\+|abo|premium)\W+weiterlesen|weiterlesen mit|(?:um|jetzt|hier) (?:diesen artikel |den artikel )?weiterzulesen|(?:artikel|text|beitrag) (?:ist )?kostenpflichtig|(?:diesen )?artikel (?:jetzt )?freischalten|dieser (?:artikel|text|beitrag) ist (?:nur )?für (?:abonnent|mitglied)|(?:lesen sie|lies) (?:den ganzen|diesen) artikel mit",
    "fr": r"réservée?s? (?:à (?:nos|ses|tous les) |aux )?abonné|(?:pour|exclusivité) (?:les )?abonnés|il vous reste .{0,12}% (?:de cet|de l.)|abonnez-vous pour (?:lire|continuer|accéder|poursuivre|débloquer)|pour lire la suite|la suite (?:est |de cet article est )?réservée",
    "es": r"(?:exclusiv[oa]s?|reservad[oa]s?|s[óo]lo|únicamente|disponible) (?:para |a )(?:nuestros )?(?:suscriptor|abonad|soci[oa]s)|suscr[íi]b(?:ete|ase) (?:y|para) (?:seguir|continuar|leer|acceder)|para (?:seguir|continuar) leyendo[^.]{0,60}suscr",
    "pt": r"(?:exclusiv[oa]|restrit[oa]|só|apenas|somente|disponível) (?:para|a) (?:os )?(?:nossos )?assinantes|assine (?:já |agora )?(?:e|para) (?:continu|ler|leia|aceder|acessar)|para continuar (?:a ler|lendo)[^.]{0,60}assin",
    "it": r"(?:riservat[oa]|esclusiv[oa]|solo) (?:agli|per (?:gli|i)|ai) (?:nostri )?abbonati|contenut[oi] per (?:gli )?abbonati|abbonati (?:ora |subito )?per (?:continuare|leggere|accedere)|per continuare a leggere[^.]{0,60}abbon",
    "nl": r"(?:alleen|exclusief|enkel|uitsluitend) (?:toegankelijk )?voor (?:onze )?(?:abonnees|leden)|(?:word|neem|start) (?:een )?abonne[^.]{0,30}(?:verder|lezen)|verder lezen\?|dit artikel is (?:alleen |exclusief )?voor abonnees",
    "da/no": r"(?:kun|bare|forbeholdt|artikkelen er|artiklen er|saken er) (?:for )?(?:våre |vores )?abonnenter|(?:les|læs) (?:hele )?(?:saken|artikkelen|artiklen|videre) (?:med|som) |(?:bli|kjøp|køb) abonne[^.]{0,40}(?:lese|læse)",
    "sv": r"(?:endast|bara|enbart|exklusivt) för (?:våra )?(?:prenumeranter|plus)|för dig som (?:är )?prenumer|(?:läs|lås upp) (?:hela )?artikeln|artikeln är (?:låst|endast för)|prenumerera för att läsa",
    "fi": r"vain tilaajille|tilaajille (?:tarkoitettu|rajattu)|(?:tilaa|kirjaudu)[^.]{0,30}(?:lukeaksesi|jatka lukemista)|juttu on (?:vain )?tilaajille",
    "is": r"(?:aðeins|eingöngu|einungis) (?:fyrir |ætlað )?áskrifend",
    "pl": r"(?:tylko|wyłącznie) dla (?:naszych )?(?:subskrybent|prenumerator|abonent|zalogowan)|(?:pozostało|zostało).{0,15}% (?:tekstu|artykułu|treści)|(?:artykuł|tekst|treść) (?:dostępn[yae] )?(?:tylko |wyłącznie )?dla (?:subskrybent|prenumerator)|wykup (?:dostęp|subskrypcję)",
    "cs/sk": r"(?:pouze|jen|len|iba|výhradně|exkluzivně) (?:pro|pre) (?:naše )?(?:předplatitel|predplatiteľ)|(?:odemkn|odomkn)[^.]{0,15}(?:článek|článok)|(?:celý )?(?:článek|článok) (?:je )?(?:jen |len |pouze )?(?:pro|pre) (?:předplat|predplat)",
    "hu": r"(?:csak|kizárólag)(?: az)? előfizetőink?(?:nek)?|előfizet(?:őknek|őinknek) (?:elérhető|szól)|a cikk (?:folytatása|teljes)[^.]{0,40}előfizet",
    "ro": r"(?:doar|exclusiv|numai|rezervat) (?:pentru )?abona[tț]i|abonea?z[aă]-te (?:pentru|ca)",
    "hr/sr/bs/sl": r"samo za (?:pretplatnike|naročnike)|dostupno (?:samo )?pretplatnicima|pretplatite se[^.]{0,30}(?:čitan|čitali)|само за претплатнике",
    "bg/mk": r"(?:само|единствено) за (?:абонати|претплатници)",
    "el": r"(?:μόνο|αποκλειστικά) (?:για|σε) συνδρομητές|περιεχόμενο (?:για )?συνδρομητ",
    "ru": r"(?:только|исключительно) (?:для|по|нашим) (?:наших )?подпис(?:чик|ке)|доступ(?:ен|на|но|ны)? (?:только |лишь )?(?:подписчикам|по подписке|для подписчиков)|(?:материал|текст|статья|продолжение)[^.]{0,30}(?:для|по) подпис(?:чиков|ке)|оформите подписку[^.]{0,40}(?:чита|доступ)",
    "uk": r"(?:лише|тільки|виключно) (?:для|за|нашим) (?:передплат|підпис)|доступ(?:ний|на|но|ні)? (?:лише |тільки )?(?:передплатникам|підписникам|за передплатою|за підпискою|для передплатників)",
    "be": r"(?:толькі|выключна) (?:для|па|нашым) падпіс(?:чык|цы)|даступ(?:ны|ная|на)? (?:толькі )?(?:падпісчыкам|па падпісцы|для падпісчыкаў)",
    "lt/lv/et": r"tik (?:prenumeratori|abonent)|tikai abonentiem|ainult (?:tellijale|tellijatele)|(?:artikkel|lugu) on (?:ainult )?tellija",
    "tr": r"(?:sadece|yalnızca) abone|abonelere özel|devamını okumak için[^.]{0,30}abone|abone ol(?:un|arak)?[^.]{0,30}(?:okumaya devam|devamını)",
    "ca": r"(?:només|exclusiu|reservat) (?:per a|als) (?:subscriptors|abonats)|contingut (?:exclusiu )?per a subscriptors",
    "ja": r"(?:この記事|本記事|続き|全文|記事の?全文?)[^。]{0,15}(?:会員|購読者|有料)|会員限定(?:記事|です|の記事)|有料(?:会員限定|会員になる)|(?:この記事は|これは)有料記事|有料記事です|続きを(?:読む|お読み)(?:には|いただくには)|残り.{0,3}[0-9０-９,，]+.{0,2}文字",
    "zh": r"(?:订阅|訂閱)(?:用户|用戶|者|会员|會員)?(?:专享|專享|以继续|以繼續|后继续|後繼續|后阅读|閱讀全文)|(?:付费|付費)(?:阅读|閱讀|内容|內容|会员|會員)|(?:会员|會員)(?:专享|專享|专属|專屬)",
    "ko": r"(?:구독자|유료 ?회원|회원) ?(?:전용|만)|유료 ?(?:기사|콘텐츠)|(?:구독|로그인)[^.]{0,20}(?:계속 읽|전문을|전체 기사)",
    "ar": r"(?:للمشتركين|للأعضاء) فقط|حصري[اً]* (?:للمشتركين|للأعضاء)|اشترك (?:الآن )?(?:لمتابعة|لمواصلة|لقراءة)",
    "he": r"(?:למנויים|לבעלי מינוי) בלבד|לקריאת הכתבה המלאה|הכתבה (?:המלאה )?(?:זמינה )?למנויים",
    "fa": r"(?:ویژه|مخصوص) (?:مشترکین|مشترکان)",
    "hi/bn": r"(?:केवल|सिर्फ) (?:सब्सक्राइबर|सदस्य)|শুধুমাত্র (?:গ্রাহক|সদস্য)",
    "id/ms": r"(?:khusus|hanya) (?:untuk )?(?:pelanggan|member premium|anggota)|berlangganan untuk (?:membaca|melanjutkan)",
    "vi/th": r"(?:chỉ )?dành (?:riêng )?cho (?:độc giả trả phí|thuê bao|thành viên)|เฉพาะสมาชิก",
}  # fmt: skip
RESERVED = re.compile(rf"(?<!\w)(?:{'|'.join(_SUBSCRIBERS.values())})", re.IGNORECASE)
"""A wording that the story, or its rest, is for subscribers only."""

LABEL = re.compile(
    r"\W*(?:subscribers?(?: only| exclusive)?|members? only|premium(?: article| content| story)?|for subscribers|exclusive for subscribers|abo|plus|[^\W\d_]{1,12}\s?\+|\+|nur für abonnenten|exklusiv für abonnenten|abonnés?|réservé aux abonnés|article abonné|suscriptores|solo suscriptores|exclusivo(?: para)? suscriptores|assinantes|exclusivo assinantes|abbonati|solo abbonati"
    r"|abonnees|voor abonnees|for abonnenter|prenumerant|för prenumeranter|tilaajille|dla subskrybentów|dla prenumeratorów|pro předplatitele|pre predplatiteľov|előfizetőknek|для подписчиков|по подписке|для передплатників|для падпісчыкаў|abonelere özel|συνδρομητές|会員限定|有料会員限定|有料|구독자 전용|유료|会员专享|付费|للمشتركين)\W*",
    re.IGNORECASE,
)
"""A badge at a headline, on its own: words on its text or its name."""

CALL = re.compile(
    r"(?<!\w)(?:already (?:a |have an? )?(?:subscri|member)|not (?:yet )?a subscriber|start your (?:free )?trial|choose (?:a|your) (?:plan|subscription)|subscribe (?:now|today|for)|continue reading"
    r"|(?:schon|bereits) (?:abonnent|abonniert|mitglied|kunde|registriert)|(?:jetzt|digital) (?:abonnieren|testen)|weiterlesen"
    r"|déjà abonné|je m.abonne|abonnez-vous|s.abonner"
    r"|ya (?:eres|soy|est[áa]s) (?:suscri|socio|abonad)|suscr[íi]b(?:ete|irme|ase)|já (?:é|sou) assinante|assine (?:já|agora)|(?:sei|già|hai) (?:già )?(?:un )?abbona|abbonati"
    r"|(?:al|reeds|ben je) (?:een )?(?:abonnee|lid)|word (?:abonnee|lid)|allerede abonn?ent|(?:bli|kjøp|køb) abonne|redan prenumerant|bli prenumerant|(?:oletko )?jo tilaaja|ertu áskrifandi"
    r"|masz już (?:dostęp|subskrypcj|prenumerat|konto)|wykup (?:dostęp|prenumerat)|už (?:mám|máte|jste|ste|som)[^.]{0,12}předplat|už (?:mám|máte|ste|som)[^.]{0,12}predplat|már előfizet|fizess elő|ești deja abonat|abonea?z[aă]-te|već ste pretplat|pretplati"
    r"|уже (?:есть подписка|подписан|подписчик)|оформить подписку|вже (?:маєте|передплат|підпис)|оформити передплату|ужо (?:падпіс|ёсць падпіска)|аформіць падпіску|zaten abone|abone ol|είστε (?:ήδη )?συνδρομητ)"
    r"|(?:すでに|既に)会員|会員の方|ログインして|이미 (?:구독|회원)|구독하기|已(?:是|有)(?:会员|會員|订阅|訂閱)|立即(?:订阅|訂閱)|مشترك بالفعل|اشترك الآن|כבר מנוי",
    re.IGNORECASE,
)
"""An invitation to subscribe or log in: a wall where a text breaks off right before it."""
