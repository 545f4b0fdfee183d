"""Words that news pages of many languages share. None is of one publisher or theme."""

from __future__ import annotations

# ruff: noqa: E501 - one line for each meaning reads better than lines of a given length.
import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CREDIT = re.compile(
    r"(?:bildrechte|bild|foto(?:graf[íi]a|grafie)?|fotos|photos?|photograph|images?|pictures?|picture credit|photo credit|kuva|kép|zdjęcie|фото|фота|снимок|写真|사진|照片|図)"
    r"(?:\s+(?:by|von|de|di|credit|courtesy of))?\s*[:=©/|]|\((?:image|picture|photo|foto|bild)s?\b|(?:getty images|shutterstock|istock)\W*$",
    re.I,
)
"""A caption's credit."""
COPYRIGHT = re.compile(r"\W*(?:©|\(c\)|copyright\b)", re.I)
ADVERT = re.compile(
    r"\W*(?:adverts?|advertisements?|advertising|ad|sponsored|werbung|anzeige|publicit[ée]|publicidade?|pubblicit[àa]|annonce|reklame?|annons|mainos|reklama|reklám|реклама|рэклама|διαφήμιση|広告|광고|广告|إعلان|continues? below(?: advertisement)?|article continues? (?:below|after) (?:this )?(?:ad|advertisement)|story continues? below(?: advertisement)?)\W*",
    re.I,
)
"""A line that only says that an advertisement stands here."""
ALSO = re.compile(
    r"\W*(?:read (?:more|also|next|the full)|also read|see (?:also|more)|more (?:on|from|about)|related|watch|photos?|gallery|don.t miss|click here|for more|lesen sie|mehr (?:dazu|zum|von)|lire (?:aussi|plus)|à lire|voir aussi|lea (?:también|más)|lee (?:también|más)|ver (?:también|más)|leia|veja|leggi|guarda|lees (?:ook|meer)|les (?:også|mer)|læs|läs|lue|czytaj|zobacz|čtěte|olvasd|citește|pročitaj|читайте|чытайце|см\.|смотрите|devamı|関連|→|▶|►|>>)",
    re.I,
)
"""The start of a line that leads to another story."""
APPEAL = re.compile(
    r"\b(?:newsletters?|subscribers?[- ]only|for subscribers|to subscribers|subscribe (?:now|to|today)|sign[- ]?up (?:for|to|now)|signing up (?:for|to)|log ?in (?:to|or)|already a (?:subscriber|member)|create (?:a free |an )?account|follow us (?:on|at)|download (?:the|our) app"
    r"|join us on|got a story|get in touch|email(?:ing)? us|our (?:community )?members are|special offers|privacy (?:notice|policy)|try refreshing|video has failed|requires javascript|enable javascript|javascript is (?:not|disabled)|advertisement|click here (?:to|for)|have your say|tell us what you think|join the (?:conversation|discussion)|support (?:our|independent) journalism"
    r"|abonnier(?:e|en sie|t)|nur für abonnent|newsletter|jetzt (?:testen|abonnieren|anmelden|registrieren)|bereits (?:abonnent|registriert)|externe[rnms]? inhalt|redaktionelle[rn]? inhalt|personenbezogene daten|folg(?:e|en sie|st du) .{0,40}(?:whatsapp|facebook|instagram|google)|anzeige$|lesen sie auch|mehr zum thema"
    r"|abonnez-vous|réservé aux abonnés|inscrivez-vous|déjà abonné|contenu externe|lire aussi|à lire aussi"
    r"|suscr[íi]b(?:ete|ase)|solo para suscriptores|contenido exclusivo|inicia sesi[óo]n|lea tambi[ée]n|lee tambi[ée]n|s[íi]guenos en"
    r"|abbonati|riservato agli abbonati|iscriviti|leggi anche|assine|exclusivo para assinantes|leia (?:também|mais)|inscreva-se|cadastre-se"
    r"|abonneer|alleen voor abonnees|lees ook|abonn[ée]r|kun for abonnenter|les også|læs også|prenumerera|läs (?:också|även|mer)|lue myös|tilaa"
    r"|подпи(?:сывайтесь|шитесь|саться)|только для подписчиков|читайте (?:также|нас)|підпи(?:суйтесь|шіться)|читайте також|падпі(?:свайцеся|шыцеся)|чытайце (?:таксама|нас)"
    r"|zaprenumeruj|tylko dla (?:subskrybentów|prenumeratorów)|czytaj (?:także|też|więcej)|předplat|čtěte také|abone ol|sadece aboneler|fizess elő)\b"
    r"|会員限定|会員登録|有料会員|無料登録|ログイン|この記事は会員|メールマガジン|関連記事|関連キーワード|おすすめ|구독|회원가입|로그인|订阅|登录",
    re.I,
)
"""What a site says to its reader, in the midst of a story: subscribe, sign up, follow, agree."""

BESIDE = _words(
    "comment comments kommentar kommentare commentaires comentarios comentários commenti disqus "
    "discussion related recommended recommendation recommendations recirculation recirc trending "
    "popular mostread share sharing shares social socials follow newsletter newsletters subscribe "
    "subscription signup promo promos promotion advert adverts advertisement advertising ads ad "
    "sponsored sponsor sidebar breadcrumb breadcrumbs tags taglist cookie consent gdpr paywall login "
    "register caption captions credit credits byline author authors bio toolbar popup modal overlay "
    "footer nav navigation menu copyright disclaimer rating poll polls player readmore teaser teasers "
    "accordion expandable collapsible pullquote infobox factbox inset callout embed embedded "
    "pagination pager fallback slideshow gallery carousel tooltip meta timestamp pubdate published "
    "reactions bookmark print reply replies respond banner outbrain taboola widgets feedback "
    "anzeige werbung publicite publicidad publicidade publicitate pubblicita advertentie annonse annons "
    "reklame reklama reklam mainos hirdetes oglas iklan "
    "kommentarer kommentit reacties komentarze komentare diskuze diskuse komentari hozzaszolas yorum yorumlar "
    "teilen partager compartir compartilhar condividi delen udostepnij sdilet podijeli megosztas paylas bagikan "
    "verwandt relacionadas relacionados correlati gerelateerd relaterte relaterade powiazane souvisejici "
    "kapcsolodo povezano ilgili terkait"
)
"""Words of classes of what stands beside a story's text."""

PICTURE = _words(
    "image images img photo photos picture pictures foto fotos bild figure media video thumbnail"
)
"""Words of classes of what holds a picture."""
APART = _words(
    "comment comments kommentare commentaires comentarios comentários commenti disqus sidebar footer "
    "factbox infobox"
)
"""Those of them that are never a story's text, however long it is."""

UNSEEN = (frozenset(("visually", "hidden")), frozenset(("screen", "reader")), frozenset(("sr", "only")))
"""Words of classes of what is not shown, only read aloud."""

BYLINE = _words(
    "author authors byline autor autores autoren auteur auteurs autore autori verfasser writer writers "
    "journalist journalists redakteur reporter reporters firma forfatter skribent autorzy yazar"
)
"""Words of classes of a byline."""
BY = (
    r"by|von|par|por|di|door|av|af|od|oleh|written by|text|texte|texto|testo|tekst|author|autor(?:en|in|es|a)?|auteur|autore"
    r"|автор|текст|аўтар|тэкст|文|記者|기자"
)
"""What stands before an author's name."""
AND = r"and|und|et|y|e|en|og|och|i|и|і"
PARTICLES = _words("de del della di da dos das van von der den ter la le du el al bin ibn y e zu af av mc")
