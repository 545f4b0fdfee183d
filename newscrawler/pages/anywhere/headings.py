"""Headings over what is no part of a story: comments, related stories, most read.

They tell it on any theme, whatever its classes are called. Told by the words they begin with, for a
heading is short; all languages in one, for a page's own is not always stated.
"""

from __future__ import annotations

# ruff: noqa: E501 - one line for each language reads better than lines of a given length.
import re

MAX_LENGTH = 60
_LEADING = re.compile(r"^[\W\d_]+")
_BY_LANGUAGE = {
    "en": "comments|comment on this|leave a comment|leave a reply|post a comment|join the conversation|top comments|top rated comments|related|more stories|more news|more from|more on this|more in |more articles|more like this|most read|most popular|most viewed|most watched|most shared|recommended|you may also|you might also|you may like|you might like|trending|more trending|popular posts|popular stories|popular articles|popular now|popular categories|read next|read this next|what to read next|up next|also read|also in |latest news|latest stories|latest articles|latest videos|top stories|top video|don't miss|don’t miss|sponsored|promoted|around the web|from the web|about the author|about our|share this|tags|follow us|sign up|subscribe|newsletter|editor's picks|editors' picks|editor’s picks",
    "de": "kommentare|kommentar schreiben|kommentieren|leserkommentare|mehr zum thema|mehr aus|mehr von|das könnte sie|das könnte dich|das könnte ihnen|weitere artikel|weitere meldungen|weitere themen|weitere nachrichten|weitere beiträge|lesen sie auch|auch interessant|meistgelesen|meist gelesen|am meisten gelesen|themen in diesem|schlagwörter|schlagworte|verwandte|ähnliche artikel|neueste|aktuelle nachrichten|aktuelle meldungen|empfehlung|empfohlen|über den autor|über die autorin|newsletter|anzeige|themen$",
    "fr": "commentaires|réagir|laisser un commentaire|sur le même|à lire|lire aussi|les plus lus|le plus lu|articles liés|articles similaires|articles recommandés|à découvrir|dans la même rubrique|voir aussi|nos derniers articles|sur le sujet|mots-clés",
    "es": "comentarios|deja un comentario|noticias relacionadas|artículos relacionados|relacionad|más información|más noticias|más leíd|lo más|te puede interesar|también te puede|te recomendamos|te va a gustar|archivado en|etiquetas|últimas noticias|lee también|lea también|mira también",
    "pt": "comentários|deixe um comentário|deixe uma resposta|artigos relacionados|notícias relacionadas|conteúdos relacionados|matérias relacionadas|relacionad|leia também|leia mais|veja também|mais lidas|mais lidos|mais notícias|mais vistas|últimas notícias|você também pode|recomendad|artigos populares",
    "it": "commenti|lascia un commento|articoli correlati|notizie correlate|leggi anche|ti potrebbe|potrebbe interessarti|potrebbero interessarti|i più letti|più lett|ultime notizie|altri articoli|altre notizie|correlati|potrebbe anche",
    "nl/af": "reacties|reageer|gerelateerd|lees ook|lees meer|lees verder|meest gelezen|meer over|meer nieuws|meer van|aanbevolen|net binnen|kommentaar",
    "da/no/sv": "kommentarer|relater|relatert|les også|les mer|læs også|læs mere|läs också|läs även|läs mer|mest lest|mest læst|mest läst|mest lästa|flere saker|flere nyheder|fler artiklar|fler nyheter|siste nytt|siste nyheter|seneste nyt|senaste nytt|senaste nyheterna|anbefal|rekommender",
    "fi": "kommentit|keskustelu$|lue myös|lue lisää|luetuimmat|aiheeseen liittyv|suosittelemme|uusimmat",
    "is": "athugasemdir|tengdar|tengt efni|mest lesið|nýjustu|lesa meira",
    "pl": "komentarze|dodaj komentarz|czytaj także|czytaj też|czytaj również|czytaj więcej|zobacz też|zobacz także|zobacz również|powiązane|polecane|polecamy|najczęściej czytane|najpopularniejsze|najnowsze|przeczytaj także|tagi$",
    "cs/sk": "komentáře|komentáre|diskuse|diskuze|diskusia|související|súvisiace|čtěte také|čtěte dále|čítajte aj|čítajte tiež|nejčtenější|najčítanejšie|mohlo by vás|mohlo by sa vám|další články|ďalšie články",
    "hu": "hozzászólások|kommentek|kapcsolódó|ajánlott|ajánljuk|további cikkek|további hírek|legolvasottabb|legnépszerűbb|legfrissebb|olvasd el|olvassa el",
    "ro": "comentarii|citește și|citeşte şi|citește mai|articole similare|articole recomandate|știri similare|ştiri similare|cele mai citite|recomand|ultimele știri",
    "hr/sr/bs/sl": "komentari|komentarji|povezane|povezani|vezane|vezani|pročitaj|najčitanije|najbrano|najbolj brano|preporu|najnovije|коментари|повезане|прочитајте још|најчитаније|најновије",
    "bg/mk": "коментари|още по темата|още от|още новини|свързани|най-четени|препоръчан|поврзани|најчитани",
    "el": "σχόλια|σχετικά|σχετικές|διαβάστε|δημοφιλή|ροή ειδήσεων|τελευταία νέα",
    "ru": "комментари|читайте также|читать также|смотрите также|по теме|материалы по теме|ещё по теме|еще по теме|другие новости|другие материалы|похожие|самое читаемое|самое популярное|популярное|рекомендуем|новости партнёров|новости партнеров|последние новости|добавить комментарий|теги$",
    "uk": "коментарі|читайте також|за темою|по темі|схожі|найпопулярніш|популярне|популярні|останні новини|рекомендуємо|новини партнерів|теги$",
    "be": "каментар|чытайце таксама|чытайце яшчэ|па тэме|апошнія навіны|папулярнае|падобныя|тэгі$",
    "lt/lv/et": "komentarai|susij|taip pat skaitykite|skaitomiausi|komentāri|saistīt|lasi arī|lasītākie|kommentaarid|seotud|loe ka|loetumad",
    "tr/az": "yorumlar|yorum yap|yorum yaz|ilgili haber|ilgili konu|benzer haber|bunlar da|bunlara da|en çok okunan|son dakika|diğer haber|önerilen|etiketler|şərhlər|oxşar xəbərlər|son xəbərlər",
    "ja": "関連|おすすめ|あわせて読みたい|ランキング|アクセスランキング|コメント|人気記事|人気の記事|人気ニュース|新着|こちらもおすすめ|最新記事|最新ニュース|この記事を書いた|この記事に関する|もっと見る|よく読まれ",
    "zh": "相关|相關|推荐|推薦|延伸阅读|延伸閱讀|热门|熱門|评论|評論|留言|猜你喜欢|你可能|最新消息|最新新闻|最新文章|更多",
    "ko": "관련|이 기사와 관련|댓글|많이 본|가장 많이|추천|인기|최신|주요 뉴스|주요뉴스|당신이 관심|이 시각|더보기",
    "ar": "مقالات ذات صلة|أخبار ذات صلة|مواضيع ذات صلة|مواد ذات صلة|ذات صلة|اقرأ أيضا|اقرأ أيضًا|اقرأ المزيد|إقرأ أيضا|التعليقات|تعليقات|الأكثر قراءة|الأكثر مشاهدة|اخترنا لك",
    "he/fa": "כתבות נוספות|כתבות קשורות|תגובות|אולי יעניין|עוד בנושא|نظرات|دیدگاه|اخبار مرتبط|مطالب مرتبط|بیشتر بخوانید|پربازدید",
    "hi/bn/id/vi/th": "संबंधित|यह भी पढ़ें|टिप्पणियां|সম্পর্কিত|আরও পড়ুন|মন্তব্য|komentar|berita terkait|artikel terkait|baca juga|terpopuler|rekomendasi|bình luận|tin liên quan|tin cùng|xem thêm|đọc nhiều|đọc thêm|ข่าวที่เกี่ยวข้อง|ความคิดเห็น",
}  # fmt: skip
_OPENINGS = frozenset(w for words in _BY_LANGUAGE.values() for w in words.split("|"))
_WHOLE = frozenset(w[:-1] for w in _OPENINGS if w.endswith("$"))
_STARTS = tuple(sorted(w for w in _OPENINGS if not w.endswith("$")))


def leads_away(text: str) -> bool:
    """Whether a heading stands over what is no part of the story."""
    if len(text) > MAX_LENGTH:
        return False
    folded = _LEADING.sub("", text.casefold())
    return folded.startswith(_STARTS) or folded in _WHOLE
