"""Words of news pages in English, Russian and Belarusian that are of no one site."""

from __future__ import annotations

# ruff: noqa: E501 - one line for each language and meaning reads better than lines of a given length.
import re
from functools import lru_cache
from typing import Final


def holds_any(text: str, stems: tuple[str, ...]) -> bool:
    """Whether a text holds one of some words, which are of small letters.

    Each line of a page is asked: a pattern of them takes eight to twenty times as long, `any` up to twice.
    """
    lower = text.lower()
    for stem in stems:  # noqa: SIM110
        if stem in lower:
            return True
    return False


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _small(*patterns: str) -> re.Pattern[str]:
    """Of small letters, for what every line of a page is asked: three times as fast as one that takes any."""
    return re.compile("|".join(patterns))


_NEWS_TITLE: Final = _small(
    r"(?:latest |all |top |more |breaking )?news(?: feed| line)?", r"newsfeed", r"latest",
    r"(?:все |последние |главные )?новости(?: дня)?", r"лента(?: новостей)?", r"новостная лента",
    r"(?:усе |апошнія |галоўныя )?навіны(?: дня)?", r"(?:стужка|істужка)(?: навін(?:аў)?)?",
)  # fmt: skip
"""Title of the list of news, on its own."""

_OTHER_BOX: Final = _small(
    r"long ?reads?", r"лонгриды?", r"лонгрыды?", r"(?:most |now )?(?:popular|read|viewed|discussed|commented)(?: now| today| this week| news| stories)?",
    r"popular", r"trending(?: now)?", r"top (?:stories|5|10)", r"(?:самое |сейчас )?(?:популярн\w+|читаем\w+|обсуждаем\w+)(?: новости| материалы| за неделю| за день)?",
    r"(?:самае |зараз )?(?:папулярн\w+|чытан\w+|абмяркоўва\w+)(?: навіны| матэрыялы| за тыдзень| за дзень)?", r"сейчас читают", r"читают сейчас", r"зараз чытаюць", r"цяпер чытаюць",
    r"выбор редакции", r"выбар рэдакцыі", r"editor.?s.? (?:choice|picks?)", r"recommended(?: for you)?", r"рекомендуем", r"рэкамендуем",
    r"в фокусе", r"у фокусе", r"in focus", r"главное", r"галоўнае", r"важное", r"важнае", r"opinions?", r"мнения", r"меркаванні", r"interviews?", r"videos?", r"видео", r"відэа",
    r"top", r"топ(?: ?\d+)?", r"featured(?: stories)?", r"(?:темы|тэмы)(?: дня)?", r"topics?", r"тэгі|теги|tags",
)  # fmt: skip
"""Title of a box beside the list."""

_RELATED: Final = _small(
    r"(?:also (?:read|see)|(?:read|see) also|read more on (?:this|the) (?:topic|subject)|related(?: (?:news|stories|articles|topics|posts|materials?|content|reading|coverage))?|more on (?:this|the (?:topic|story|subject)|this (?:topic|story|subject))|on (?:the|this) (?:topic|subject)|on the same topic|earlier(?: on)?|background|further reading|(?:what to )?read next|keep reading|up next|you may also like|don.t miss)",
    r"(?:также|таксама) (?:читайте|смотрите|чытайце|глядзіце)", r"(?:читайте|смотрите|чытайце|глядзіце) (?:также|ещё|еще|таксама|яшчэ|по теме|па тэме)", r"(?:по|на эту|похожие|материалы по|новости по) тем[еуы]", r"похожие (?:новости|материалы|статьи)",
    r"(?:па|на гэтую) тэм[еуы]", r"падобныя (?:навіны|матэрыялы)", r"что (?:ещё |еще )?почитать(?: ещё| еще| дальше)?", r"читайте дал(?:ее|ьше)", r"што (?:яшчэ )?пачытаць(?: яшчэ| далей)?", r"чытайце далей", r"связанные (?:новости|материалы)", r"звязаныя (?:навіны|матэрыялы)", r"ранее(?: по теме)?", r"раней(?: па тэме)?", r"(?:more|ещё|еще|яшчэ) (?:long ?reads|лонгриды|лонгрыды)", r"(?:ещё|еще) по теме", r"яшчэ па тэме", r"матэрыялы па тэме",
)  # fmt: skip
"""What stands before links to other stories on the subject."""
RELATED_LINE: Final = re.compile(rf"\W*(?:{_RELATED.pattern})\W*?(?:[:—–\-]|$)\s*", re.IGNORECASE)
"""The same at the start of a line: `Also read: …`; or as the whole line."""


HOME: Final = _words(r"home(?: page)?", r"главная(?: страница)?", r"галоўная(?: старонка)?")
"""The first step of the path above a headline."""
LONGREADS: Final = _words(r"long ?reads", r"лонгриды", r"лонгрыды")
GENRE: Final = _words(
    r"long ?read", r"лонгрид", r"лонгрыд", r"opinions?", r"мнения", r"меркаванні", r"interviews?", r"videos?", r"видео", r"відэа",
    r"featured", r"главное", r"галоўнае", r"важное", r"важнае", r"top", r"earlier", r"background",
)  # fmt: skip
"""Those of them that also stand over or under one headline."""


@lru_cache(maxsize=4096)
def box_kind(text: str) -> str:
    """Of which list a line is the title: `news`, `other`, `related`; empty for no title."""
    text = text.strip(" :—–-»›→").lower()
    if _NEWS_TITLE.fullmatch(text):
        return "news"
    if _RELATED.fullmatch(text):
        return "related"
    return "other" if _OTHER_BOX.fullmatch(text) else ""


_MORE: Final = _words(
    r"(?:more|read ?more|show ?more|see ?more|learn ?more)(?: details| news)?", r"continue reading", r"read (?:the )?(?:full|whole|details|full story|on|article|story)(?: story| article)?", r"full story", r"details",
    r"подробн(?:ее|ости)", r"сведения", r"далее", r"читать(?: далее| полностью| дальше| всё| все| новость| статью)?", r"ещё|еще",
    r"падрабязн(?:ей|асці)", r"звесткі", r"далей", r"чытаць(?: далей| цалкам| усё| навіну| артыкул)?", r"яшчэ",
    r"comments?", r"no comments?", r"комментари(?:и|й|ев)", r"каментар(?:ы|ый|оў|аў)?", r"shares?", r"views?", r"photo|фото|фота|video|видео|відэа", r"(?:photo|image|slide|фото|снимок|слайд|фота|здымак) ?\d+ (?:of|из|з) \d+", r"(?<=\d )(?:of|из|з) \d+", r"results|poll results|результаты(?: опроса)?|вынікі(?: апытання)?",
    r"(?:all|view all|see all) news", r"все новости", r"усе навіны",
)  # fmt: skip
_NOISE: Final = _small(rf"[\W\d_]*+(?:(?:{_MORE.pattern})[\W\d_]*)?")

MAX_NOISE: Final = 40
"""Longer than any of these words with what may stand after them."""


def is_noise(text: str) -> bool:
    """Whether a whole line or link text says nothing: `Read more »`, `→`, `3`, `Comments: 0`."""
    if len(text) > MAX_NOISE and text[0].isalpha():
        return False
    return _NOISE.fullmatch(text.lower()) is not None


CREDIT: Final = re.compile(
    r"(?:(?:^|(?<=[(\[])|(?<=[.|/] ))(?:photos?|images?|pictures?)(?: courtesy of| by)(?!\w)|(?:\bphotos?(?: credit)?|\bimages?(?: credit)?|\bpictures?|(?<!\w)фото(?:графия)?|(?<!\w)фота(?:здымак)?|(?<!\w)здымак|(?<!\w)снимок|(?<!\w)иллюстрация|(?<!\w)ілюстрацыя)"
    r"\s*(?::|©|\||/|—|–))\s*(?P<name>[^()\[\]]{2,80}?)\s*(?=[)\]]|$)",
    re.IGNORECASE,
)
"""`(Photo: Name)`, `Фото: Name` at the end of a line."""
CREDIT_LABEL: Final = _words(
    r"\W*(?:photos?|images?|pictures?|photo credit|photo by|photographer|фото|фотография|фотограф|автор фото|снимок|фота|фотаздымак|здымак|фатограф|аўтар фота)\s*:?\W*",
)  # fmt: skip
"""`Photo:` on its own, with the name in the next line."""
CREDIT_LINE: Final = re.compile(rf"[(\[]?\s*{CREDIT.pattern}\s*[)\].]*", re.IGNORECASE)
"""A whole line that is a credit."""

_N: Final = r"(?:\W*(?:\w+:\s*)?\d+)?\W*"
"""How many there are: `Comments (2)`, `Discussion · 3`, `Forum (posts: 3)`."""
COMMENTS: Final = _words(
    rf"\W*(?:reader(?:s.|.s)? )?comments?{_N}", r"\W*\d+ (?:comments?|repl(?:y|ies)|responses)\W*", r"\W*\d+ thoughts? on\b.*",
    r"\W*(?:leave|add|post|write) a (?:comment|reply)\W*", rf"\W*(?:member |reader )?discussion{_N}", rf"\W*(?:discussion|talk) on (?:the|our) forum{_N}",
    rf"\W*комментарии(?: читателей)?{_N}", r"\W*\d+ (?:комментари|отклик|отзыв|мнени)\w*\W*", r"\W*(?:оставить|добавить|написать) комментарий\W*",
    rf"\W*обсуждени[ея](?: на форуме| новости| материала)?{_N}", rf"\W*(?:мнения|отзывы|отклики) читателей{_N}",
    rf"\W*каментары[іяй]?(?: чытачоў)?{_N}", r"\W*\d+ (?:каментар|водгук|меркаванн)\w*\W*", r"\W*(?:пакінуць|дадаць|напісаць) каментар(?:ый)?\W*",
    rf"\W*абмеркаванн[ея](?: на форуме| навіны| матэрыялу)?{_N}", rf"\W*(?:меркаванні|водгукі) чытачоў{_N}",
)  # fmt: skip
"""Title of the comments under a story."""
REPLY: Final = _words(
    r"\W*(?:repl(?:y|ies)|answer|respond|quote|report|ответить|ответ|цитировать|пожаловаться|адказаць|адказ|цытаваць)\W*(?:\d+\W*)?"
)
"""The button under each of them."""

_BUTTON: Final = (
    r"share|tweet|print|версия для печати|версія для друку|отправить другу|паслаць|e-?mail|copy link|send|email|save|like|follow|subscribe|sign up|log ?in|sign in|log ?out|register|advertisement|advertising|sponsored|ad"
    r"|поделиться|поделитесь|печать|распечатать|скопировать ссылку|отправить|сохранить|подписаться|войти|вход|выйти|регистрация|реклама|на правах рекламы"
    r"|падзяліцца|друк|раздрукаваць|скапіяваць спасылку|адправіць|захаваць|падпісацца|увайсці|уваход|выйсці|рэгістрацыя|рэклама"
)
_OBJECT: Final = (
    r"face ?book|twitter|telegram|whats ?app|viber|linked ?in|instagram|you ?tube|threads|messenger|reddit|rss|vk|ok|x|e-?mail|mail|friends?|link|this|us|our|we|newsletters?|updates|channel|account|profile|now|here"
    r"|фейсбук\w*|телеграм\w*|твиттер\w*|вконтакте|одноклассник\w*|соцсет\w*|нас|нами|почт\w*|рассылк\w*|канал\w*|ссылк\w*|друз\w*|друг\w*|стать\w*|страниц\w*|аккаунт\w*|кабинет\w*|профил\w*|сайт\w*|новост\w*"
    r"|фэйсбук\w*|тэлеграм\w*|сацсет\w*|намі|пошт\w*|рассылк\w*|спасылк\w*|сябр\w*|артыкул\w*|старонк\w*|акаўнт\w*|кабінет\w*|навін\w*"
)
_BUTTONS: Final = _small(
    rf"\W*(?:{_BUTTON})(?:(?:\W+(?:{_BUTTON}))*\W*|\b(?=.{{0,60}}$).*\b(?:{_OBJECT})\b.*)"
)


def is_buttons(text: str) -> bool:
    """Whether a line is one of buttons. `Register of frozen assets cancelled` is none: a button is alone, or says of what."""
    return _BUTTONS.fullmatch(text.lower()) is not None


_PROMO_START: Final = re.compile("|".join((
    r"thank(?:s| you)(?: very much)? for (?:reading|your support|being with us)", r"спасибо,? что (?:дочитали|читаете|остаётесь|остаетесь|вы с нами)", r"дзякуй,? што (?:дачыталі|чытаеце|застаяцеся|вы з намі)",
    r"(?:dear readers|уважаемые читатели|дорогие читатели|шаноўныя чытачы|паважаныя чытачы|дарагія чытачы)(?!\w)",
    r"(?:follow|find|join|read|watch|get) (?:us|our)\b", r"(?:subscribe|sign up|donate|become (?:a|our) (?:subscriber|member|patron|supporter))\b",
    r"(?:please )?(?:support|help) (?:us\b|our\b|the (?:newsroom|editors|editorial (?:team|staff|office))\b|(?:independent|free|honest|quality) (?:media|press|journalis[mt]s?|reporting)\W*$)",
    r"(?:(?:did|do|if) you )?(?:like|love|enjoy)(?:ed)? (?:(?:this|the|our) (?:story|article|text|piece|report\w*|long ?read|material|interview|journalism|work)|what we)\b", r"(?:make|give|leave) (?:us )?an? (?:donation|contribution|tip)\b", r"(?:we need |thanks? to )?your (?:help|support|donations?|contributions?|subscription)\b", r"(?:share (?:this|it with|the (?:story|article|text|link))|tell (?:us\b|(?:your|a) friends?))\b",
    r"(?:если )?(?:вам )?(?:понравил(?:ся|ась|ось|ись)|нравится|нравятся) (?:вам )?(?:эт[аоиу]\w* |наш\w* )?(?:текст|материал|стать|истори|лонгрид|репортаж|интервью|публикаци|работ|то,? что)", r"помогите (?:нам|нашей|нашему|редакции|журналистам)\b", r"(?:нам (?:очень )?(?:нужна|важна) )?ваша (?:помощь|поддержка|подписка)\b", r"(?:станьте|будьте) (?:нашим|частью|патроном|спонсором|донором)", r"расскажите (?:о нас|об? эт\w+|друзьям)\b", r"(?:поделитесь|поделиться) (?:с друзьями|эт\w+|ссылкой|материалом|текстом|историей|стать[её]й|в соц)", r"отправьте (?:друзьям|другу|ссылку|эт\w+)", r"(?:сделайте|внесите|оформите) (?:пожертвование|донат|взнос)",
    r"(?:калі )?(?:вам )?(?:спадаба(?:ў|ла|лі)ся|спадабалася|спадабаліся|падабаецца|падабаюцца) (?:вам )?(?:гэт\w+ |наш\w* )?(?:тэкст|матэрыял|артыкул|гісторы|лонгрыд|лангрыд|рэпартаж|інтэрв|публікацы|прац|тое)", r"дапамажыце (?:нам|нашай|нашаму|рэдакцыі|журналістам)\b", r"(?:нам (?:вельмі )?(?:патрэбная|патрэбна|важная|важна) )?ваша (?:дапамога|падтрымка|падпіска)\b", r"(?:станьце|будзьце) (?:нашым|часткай|патронам|спонсарам|донарам)", r"раскажыце (?:пра нас|пра гэт\w+|сябрам)\b", r"(?:падзяліцеся|падзяліцца) (?:з сябрамі|гэт\w+|спасылкай|матэрыялам|тэкстам|гісторыяй|артыкулам|[уў] сац)", r"адпраўце (?:сябрам|сябру|спасылку|гэт\w+)", r"(?:зрабіце|унясіце|аформіце) (?:ахвяраванне|данат|унёсак)",
    r"(?:подпи(?:сывайтесь|шитесь|саться)|присоединяйтесь|читайте нас|следите за нами|оформите подписку|оформить подписку|поддержите|поддержать (?:нас|наш|редакци|проект|независим|журналист)\w*|станьте подписчик|наш (?:telegram|телеграм))",
    r"(?:падпі(?:свайцеся|шыцеся|сацца)|далучайцеся|чытайце нас|сачыце за намі|аформіце падпіску|аформіць падпіску|падтрымайце|падтрымаць (?:нас|наш|рэдакцы|праект|незалежн|журналіст)\w*|станьце падпісчык|наш (?:telegram|тэлеграм))",
    r"(?:found|noticed|spotted|see) (?:a |an )?(?:mistake|error|typo)", r"(?:нашли|заметили|обнаружили) (?:ошибку|опечатку)", r"(?:знайшлі|заўважылі) (?:памылку)", r"(?:выделите|вылучыце)\b.{0,60}ctrl",
    r"(?:all rights reserved|copyright|©|\(c\) ?\d{4})", r"(?:when (?:using|quoting) (?:our|the|this|materials?)|(?:full|partial) (?:or partial )?(?:reprint|reproduction)|при (?:использовании|цитировании|перепечатке) (?:материал|информаци|данн|ссылк|активн|новост|текст)|перепечатка|полное или частичное|пры (?:выкарыстанні|цытаванні|перадруку) (?:матэрыял|інфармацы|дадзен|спасылк|навін|тэкст)|перадрук|поўнае ці частковае)",
    r"(?:we use|this (?:web)?site uses|мы используем|сайт использует|мы выкарыстоўваем|сайт выкарыстоўвае)\b.{0,40}(?:cookie|куки|кукі)", r"(?:please )?(?:enable|turn on|включите|уключыце) javascript",
    r"(?:no|not an?|not yet an?|don.t have an?) (?:subscription|subscriber|account|member)\b[^.]{0,20}\?", r"(?:ещ[её] )?(?:нет подписки|нет аккаунта|не подписаны)\b[^.]{0,20}\?", r"(?:яшчэ )?(?:няма падпіскі|няма акаўнта|не падпісаны)\b[^.]{0,20}\?",
    r"(?:entries|items|stories|articles|materials|texts|headlines) (?:marked|with (?:this|a|the) (?:mark|sign|icon|lock|badge))\b.{0,90}\bsubscri", r"(?:материалы|новости|записи|тексты|заголовки) (?:с|со) (?:этой )?(?:пометк|отметк|метк|знак|значк|замк|замочк)\w+.{0,90}(?:подписч|подписк)", r"(?:матэрыялы|навіны|запісы|тэксты|загалоўкі) (?:з|са) (?:гэтай )?(?:пазнак|адзнак|метк|знак|значк|замк|замочк)\w+.{0,90}(?:падпісч|падпіск)",
    r"(?:forgot|lost) (?:your )?password", r"забыли пароль", r"забыліся? пароль", r"(?:got|have) (?:a )?(?:tip|news|something)\b.{0,40}(?:write|contact|tell|send|\?)", r"(?:есть|имеете|ёсць|маеце) (?:новост|информаци|навін|інфармацы).{0,60}(?:пишите|сообщите|пішыце|паведаміце|\?)",
)))  # fmt: skip
"""Matched against small letters, which is cheaper than a pattern that takes any."""
_PROMO_INSIDE: Final = _words(
    r"(?:subscribe to|sign up for) (?:our|us|the (?:newsletter|channel))", r"support (?:us|our (?:work|journalism|reporting))\b",
    r"(?<!\w)(?:подпишитесь|подписывайтесь|присоединяйтесь к нам)(?!\w)", r"(?<!\w)(?:падпішыцеся|падпісвайцеся|далучайцеся да нас)(?!\w)",
    r"\bdear readers\b|\byou can support (?:us|our|this)\b|\b(?:honest|independent|quality) (?:reporting|journalism) costs\b|\b(?:paid for|funded) by (?:our |its )?readers\b",
    r"дорогие читатели|помогите нам|поддержите (?:нас|наш\w*|редакци\w+|независим\w+)|на ваши пожертвования|оплатили читатели|можете оплатить вы",
    r"дарагія чытачы|дапамажыце нам|падтрымайце (?:нас|наш\w*|рэдакцы\w+|незалежн\w+)|на вашы ахвяраванні|аплацілі чытачы|можаце аплаціць вы",
    r"\b(?:reproduction|reprint\w*|republication|republish\w*)\b.{0,90}\b(?:prohibited|permitted|allowed|forbidden|requires?)\b|\b(?:views|opinions) .{0,60}\bnot (?:necessarily )?(?:coincide|reflect).{0,40}(?:editor|newsroom|publisher)|\bunsubscribe (?:at any|any ?time|whenever|in one)|\b(?:found|noticed|spotted|find|notice|spot) an? (?:mistake|error|typo)\b",
    r"мнени\w+ .{0,60}не (?:совпада|отража)\w+ .{0,30}редакци|перепечатк\w+ .{0,60}ссылк|отписаться можно|можно отписаться|(?:увидели|нашли|заметили) (?:ошибку|опечатку)",
    r"меркаванн\w+ .{0,60}не (?:супада|адлюстроўва)\w+ .{0,30}рэдакцы|перадрук\w* .{0,60}спасылк|адпісацца можна|можна адпісацца|(?:убачылі|знайшлі|заўважылі) (?:памылк|абдрук)\w+",
    r"\bctrl\b.{0,20}\benter\b",
    r"\bsubscriptions? (?:from|for|costs?) (?:only )?[€$£]?\d|\bsubscribers (?:see|read|get) (?:all|everything)\b",
    r"(?<!\w)подписка (?:от|за|стоит) \d|(?<!\w)подписчики (?:видят|читают|получают) (?:все|всё)(?!\w)",
    r"(?<!\w)падпіска (?:ад|за|каштуе) \d|(?<!\w)падпісчыкі (?:бачаць|чытаюць|атрымліваюць) (?:усе|ўсе|усё|ўсё)(?!\w)",
)  # fmt: skip
_PROMO_STEMS: Final = (
    "subscribe to", "subscription", "subscribers", "sign up for", "support ", "reader", "reporting", "journalism", "reproduction", "reprint",
    "republi", "views", "opinion", "unsubscribe", "mistake", "error", "typo", "ctrl",
)  # fmt: skip
_PROMO_STEMS_CYRILLIC: Final = (
    "подпи", "присоед", "падпі", "далуч", "читател", "чытач", "помогите", "дапамажыце", "поддержите", "падтрымайце",
    "пожертвов", "ахвярав", "можете опл", "можаце апл", "мнени", "меркаванн", "перепечат", "перадрук", "отписаться",
    "адпісацца", "ошибк", "опечатк", "памылк", "абдрук",
)  # fmt: skip
_ALL_PROMO_STEMS: Final = (*_PROMO_STEMS_CYRILLIC, *_PROMO_STEMS)
"""What each of them begins with: looked for first, being cheaper to find."""


@lru_cache(maxsize=512)  # each line of a page is asked about by several rules
def is_promo(text: str) -> bool:
    """Whether a line asks the reader for something: to follow, subscribe, pay, accept, report a mistake."""
    if len(text) > 400:
        return False
    lower = text.lower()
    if _PROMO_START.match(lower.lstrip(" \t•*👉✅❗!")):
        return True
    # Somebody quoted may say the same words.
    if len(text) >= 250 or any(c in text for c in '“«"') or text[:1] in "—–-":
        return False
    stems = _PROMO_STEMS if text.isascii() else _ALL_PROMO_STEMS
    return holds_any(lower, stems) and _PROMO_INSIDE.search(text) is not None


def names_subscription(text: str) -> bool:
    """Whether a text speaks of subscribing."""
    return holds_any(text, _SUBSCRIPTION)


def is_notice(text: str) -> bool:
    """Whether a line says that the rest of a text is for subscribers."""
    return (
        names_subscription(text)
        and bool(PAYWALL.search(text))
        and not any(c in text for c in '“«"0123456789')
    )


def is_invitation(text: str) -> bool:
    """Whether a line that names the subscription invites to it, or says that the rest is for subscribers.

    What reports on the subscription does neither: `Those already subscribed to POZIRK+ will be credited.`
    """
    return bool(_INVITATION.search(text) or (names_subscription(text) and PAYWALL.search(text)))


def sells(text: str) -> bool:
    """Whether a short text offers a subscription: `Get a subscription`, `Войти или оформить подписку`."""
    return names_subscription(text) and bool(is_invitation(text) or LOGIN.search(text))


_CREDIT_WORDS: Final = ("photo", "image", "picture", "фото", "фота", "здым", "сним", "ллюстрац", "люстрацыя")


@lru_cache(maxsize=512)  # as above
def credits_in(text: str) -> tuple[re.Match[str], ...]:
    """Photo credits in a line."""
    return tuple(CREDIT.finditer(text)) if speaks_of_pictures(text) else ()


def speaks_of_pictures(text: str) -> bool:
    """Whether a line can hold a photo credit."""
    return holds_any(text, _CREDIT_WORDS)


_LABELLED: Final = _small(
    r"\W*(?:tags?|topics?|keywords|author|authors|by|written by|source|editor|section|category|views|comments?|rating|reading time|listen|теги|тэги|тема|темы|метки|автор|авторы|источник|редактор|раздел|рубрика|просмотр(?:ы|ов)|комментари(?:и|ев)|рейтинг|время чтения|слушать|тэгі|тэма|тэмы|меткі|аўтар|аўтары|крыніца|рэдактар|раздзел|рубрыка|прагляд(?:ы|аў)|каментар(?:ы|оў|аў)|рэйтынг|час чытання)\s*(?::|—|–|\|).{0,200}",
    r"\d+[ -](?:min(?:ute)?s?\.?[ -](?:to |of )?read(?:ing)?\b.{0,30}|(?:мин(?:ут[аы]?)?|хв(?:ілін[аы]?)?)\.? (?:на |для )?(?:чтени|чытанн)[еяюй](?!\w).{0,30}|views?|comments?|просмотров|комментари(?:й|я|ев)|праглядаў|каментар(?:оў|аў|ы|ый))\W*",
)  # fmt: skip


def is_labelled(text: str) -> bool:
    """Whether a line is about the text and not of it: `Tags: …`, `Author: …`, `3 min read`."""
    apart = ":" in text or "—" in text or "–" in text or "|" in text
    return (apart or text[:1].isdigit()) and _LABELLED.fullmatch(text.lower()) is not None


AUTHOR: Final = re.compile(
    r"\W*(?:by|author|authors|written by|автор|авторы|аўтар|аўтары|текст|тэкст|text)(?:\s*:\s*|\s+(?=[A-ZА-ЯЁІЎŁŠČŽĆ]))(?P<name>[^:.;!?]{3,80})",
    re.IGNORECASE,
)

ABOUT_AUTHOR: Final = _words(r"\W*(?:about the authors?|об авторе|пра аўтара|автор|аўтар|author)\b")
LOGIN: Final = _words(
    r"log ?in", r"sign in", r"авториз", r"аўтарыз", r"войдите", r"войти", r"увайдзіце", r"увайсці", r"password", r"пароль",
)  # fmt: skip
LOGIN_LINE: Final = _words(
    r"\W*(?:log ?in|sign in|log in or subscribe|authori[sz]e|authori[sz]ation|e-?mail(?: address)?|password|user ?name|name|remember me|forgot(?:ten)?(?: your)? password|lost your password|register|sign up|log ?out"
    r"|авториз\w+|войти|вход|эл\. ?почта|электронная почта|почта|пароль|логин|имя(?: пользователя)?|запомнить меня|забыли пароль|регистрация|зарегистрироваться|выйти|выход(?: из профиля)?"
    r"|аўтарыз\w+|увайсці|уваход|эл\. ?пошта|электронная пошта|пошта|лагін|імя|запомніць мяне|забыліся(?: на)? пароль|забылі пароль|рэгістрацыя|зарэгістравацца|выйсці)\W*",
    r"(?:please )?(?:enter|type|specify|provide|fill in) (?:your|the|a|an)\b[^.“«\"]{0,60}\b(?:user ?name|login|password|e-?mail)\b[^“«\"]{0,60}",
    r"(?:введите|укажите|впишите|заполните)\b[^.“«\"]{0,60}\b(?:имя|логин|парол[ья]|почт\w*|e-?mail)(?!\w)[^“«\"]{0,60}",
    r"(?:увядзіце|укажыце|пазначце|упішыце|запоўніце)\b[^.“«\"]{0,60}\b(?:імя|лагін|парол[ья]|пошт\w*|e-?mail)(?!\w)[^“«\"]{0,60}",
)  # fmt: skip
"""A line of a login form, on its own: a field's name, or what to enter there."""
PAYWALL: Final = _words(
    r"(?:is|are) (?:open|closed|reserved) (?:to|for)|открыт[аыо]? (?:только )?(?:для )?подписчик|адкрыт[аыя]* (?:толькі )?(?:для )?падпісчык|details|full (?:text|story|version|article)|(?:read|continue) (?:details|on|more|reading|the (?:full|rest))|the rest|only (?:to|for)|is available|are available|log in|sign in",
    r"подробност|полн(?:ый|ая|ость)|продолжени|далее|дальше|доступ(?:ен|на|но|ны)\b|только для|чтобы (?:читать|прочитать)",
    r"падрабязн|поўн(?:ы|ая|асцю)|працяг|далей|даступн(?:ы|ая|ае|ыя)\b|толькі для|каб (?:чытаць|прачытаць)",
)  # fmt: skip
"""Words of a notice that the rest of a text is closed."""
REST: Final = _words(
    r"\b(?:left|remain(?:s|ing)?) to read\b|\b\d+ ?% (?:left|remain\w*)\b|\brest of (?:the|this) (?:text|story|article)\b",
    r"(?:осталось|засталося) (?:прочитать|дочитать|прачытаць|дачытаць|\d+)",
)  # fmt: skip
"""How much of a text is closed: `Осталось прочитать 86% текста`."""
_INVITATION: Final = _words(
    r"(?:^|[.!?:;,—–-]\s+)(?:please )?(?:join|subscribe|become|support|read|get|try|sign up|log in)\b",
    r"(?:подпи(?:шит|сывайт)есь|стан(?:ьте|овитесь)|поддерж(?:ите|ивайте)|читайте|оформ(?:ите|ляйте)|присоединяйтесь|узнайте)(?!\w)",
    r"(?:падпі(?:шыц|свайц)еся|стан(?:ьце|авіцеся)|падтрым(?:айце|лівайце)|чытайце|аформ(?:іце|ляйце)|далучайцеся|даведайцеся)(?!\w)",
)  # fmt: skip
_SUBSCRIPTION: Final = ("subscri", "подпис", "падпіс", "paywall", "member")

NEXT_PAGE: Final = _words(
    r"\W*(?:next(?: page| posts?| news| entries)?|(?:older|earlier)(?: posts| news| entries| stories)?|load more|show more|more news|more"
    r"|дал(?:ее|ьше)|следующ(?:ая|ие|ий)(?: страница| записи| новости| стр\.?)?|впер[её]д|ранее|раньше|предыдущие (?:записи|новости)|более (?:ранние|старые)|(?:более )?(?:ранние|старые) (?:записи|новости|материалы)|показать (?:ещ[её]|больше)|загрузить ещ[её]|больше новостей|ещ[её](?: новости)?"
    r"|далей|наступн(?:ая|ыя|ы)(?: старонка| запісы| навіны| стар\.?)?|наперад|раней(?:шыя)?(?: навіны| запісы)?|больш (?:раннія|старыя)|старэйшыя|(?:больш )?(?:раннія|старыя|старэйшыя) (?:навіны|запісы|матэрыялы)|паказаць (?:яшчэ|больш)|загрузіць яшчэ|больш навінаў?|яшчэ(?: навіны)?)\W*",
)  # fmt: skip
NEXT_ARROW: Final = re.compile(r"\s*(?:›|»|→|>|>>|❯|⟩|▶|⇒|››|⟶|\+)\s*")
NEIGHBOUR: Final = _words(
    r"\s*[←‹⟵<]", r".*[→›⟶>]\s*$",
    r"\W*(?:previous|next|earlier|later) (?:story|article|post|news|item)\b", r"\W*(?:earlier|later|before this|after this):",
    r"\W*(?:предыдущ|следующ)\w+ (?:новость|стать\w+|материал|запись|текст)", r"\W*дальше в ленте", r"\W*(?:раньше|позже|ранее|далее|дальше):",
    r"\W*(?:папярэдн|наступн)\w+ (?:навіна|артыкул|матэрыял|запіс|тэкст)", r"\W*далей у (?:стужцы|істужцы)", r"\W*(?:раней|пазней|далей):",
)  # fmt: skip
"""What stands before the title of the story before this one or after it."""
PREVIOUS_PAGE: Final = _words(
    r"\W*(?:newer|prev|previous|назад|новее|более новые|пред|папярэдн|навейшыя|больш новыя|‹|«|←)"
)
