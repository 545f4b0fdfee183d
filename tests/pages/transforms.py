"""Changes of a page's markup that a reader does not see."""

from __future__ import annotations

# ruff: noqa: E501 - pages in one piece.
import random
import re
from collections.abc import Callable
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

_PSEUDO, _CLASS = re.compile(r"[^{};>]*::?(?:before|after)\s*(?=\{)"), re.compile(r"\.([\w-]+)")
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
RAW = frozenset(("script", "style"))
Attributes = dict[str, str | None]
Rewrite = Callable[[str, Attributes, random.Random], tuple[str, Attributes, str, str]]
"""Tag and attributes to tag, attributes, text put before the element's content and text put after it."""


def serialize(
    html: str, rewrite: Rewrite, rnd: random.Random, text: Callable[[str], str] = str, *, values: bool = True
) -> str:
    """The page again, each element rewritten; `text` is applied to text, and to attributes if `values`."""
    tree = LexborHTMLParser(html)
    out: list[str] = ["<!DOCTYPE html>"]
    node: LexborNode | None = tree.root
    closers: list[tuple[LexborNode, str]] = []
    while node is not None or closers:
        if node is None:
            parent, closer = closers.pop()
            out.append(closer)
            node = parent.next if closers else None
            continue
        tag = node.tag or ""
        if tag == "-text":
            raw = node.text_content or ""
            parent_tag = closers[-1][0].tag if closers else ""
            out.append(raw if parent_tag in RAW else text(escape(raw, quote=False)))
        elif tag == "-comment":
            pass
        elif not tag.startswith(("-", "!")):
            name, attributes, before, after = rewrite(tag, dict(node.attributes), rnd)
            printed = "".join(
                f" {k}"
                if v is None
                else f' {k}="{text(escape(v)) if values and k != "style" else escape(v)}"'
                for k, v in attributes.items()
            )
            out.append(f"<{name}{printed}>{before}")
            if tag in VOID:
                pass
            elif tag == "template":
                out.append((node.inner_html or "") + f"{after}</{name}>")
            elif (child := node.first_child) is not None:
                closers.append((node, f"{after}</{name}>"))
                node = child
                continue
            else:
                out.append(f"{after}</{name}>")
        node = node.next if closers else None
    return "".join(out)


def _same(tag: str, attributes: Attributes, _: random.Random) -> tuple[str, Attributes, str, str]:
    return tag, attributes, "", ""


def plain(html: str, rnd: random.Random) -> str:
    return serialize(html, _same, rnd)


def rename_classes(html: str, rnd: random.Random) -> str:
    """Class names are a theme's: consistently renamed, and the rules that show a text with them."""
    names: dict[str, str] = {}

    def rewrite(tag: str, attributes: Attributes, rnd: random.Random) -> tuple[str, Attributes, str, str]:
        if value := attributes.get("class"):
            attributes["class"] = " ".join(
                names.setdefault(name, f"c{rnd.randrange(10**6)}") for name in value.split()
            )
        return tag, attributes, "", ""

    renamed = serialize(html, rewrite, rnd)
    for rule in _PSEUDO.findall(renamed):
        renamed = renamed.replace(rule, _CLASS.sub(lambda m: f".{names.get(m[1], m[1])}", rule))
    return renamed


def drop_classes(html: str, rnd: random.Random) -> str:
    """All class names, and ids, but those by which a style sheet shows a text."""
    showing = {name for rule in _PSEUDO.findall(html) for name in _CLASS.findall(rule)}

    def rewrite(tag: str, attributes: Attributes, rnd: random.Random) -> tuple[str, Attributes, str, str]:
        # An id that another element names (a tooltip's) is no name of a theme.
        named = html.count(f'="{attributes.get("id")}"') > 1
        dropped = ("class",) if named else ("class", "id")
        rest = {k: v for k, v in attributes.items() if k not in dropped}
        if kept := showing.intersection((attributes.get("class") or "").split()):
            rest["class"] = " ".join(sorted(kept))
        return tag, rest, "", ""

    return serialize(html, rewrite, rnd)


def reorder_attributes(html: str, rnd: random.Random) -> str:
    def rewrite(tag: str, attributes: Attributes, rnd: random.Random) -> tuple[str, Attributes, str, str]:
        pairs = list(attributes.items())
        rnd.shuffle(pairs)
        return tag, dict(pairs), "", ""

    return serialize(html, rewrite, rnd)


def add_wrappers(html: str, rnd: random.Random) -> str:
    def rewrite(tag: str, attributes: Attributes, rnd: random.Random) -> tuple[str, Attributes, str, str]:
        if tag in ("body", "main", "article", "li", "td", "section", "aside", "div") and rnd.random() < 0.3:
            return tag, attributes, "<div><div>", "</div></div>"
        return tag, attributes, "", ""

    return serialize(html, rewrite, rnd)


_BLOCKS = frozenset(
    ("div", "section", "article", "main", "ul", "ol", "table", "p", "h1", "h2", "h3", "figure")
)


def drop_wrappers(html: str, rnd: random.Random) -> str:
    """Elements that hold one block and nothing else, of which only a style sheet speaks."""
    tree = LexborHTMLParser(plain(html, rnd))
    for node in tree.css("body div, body section"):
        children = list(node.iter(include_text=True))
        inside = [child for child in children if child.tag != "-text"]
        bare = all((child.text_content or "").isspace() for child in children if child.tag == "-text")
        block = len(inside) == 1 and inside[0].tag in _BLOCKS
        if block and bare and set(node.attributes) <= {"class", "id"} and rnd.random() < 0.6:
            node.unwrap()
    return tree.html or ""


def inject_noise(html: str, rnd: random.Random) -> str:
    """Comments, scripts, styles and advertising slots between blocks."""
    noise = [
        "<!-- cached 2025 -->", "<script>var a='<p>October 1, Pozirk. Not text.</p>';</script>",
        "<style>p{margin:0}</style>", '<div><script>show("ad")</script></div>', "<!--[if IE]><p>old</p><![endif]-->",
        '<div style="display:none">Advertisement that nobody sees, with a whole sentence in it, long enough.</div>',
        '<iframe src="https://ads.example/slot"></iframe>', "<noscript>Enable JavaScript to see this page.</noscript>",
    ]  # fmt: skip

    def rewrite(tag: str, attributes: Attributes, rnd: random.Random) -> tuple[str, Attributes, str, str]:
        if tag in ("div", "section", "main", "article", "aside", "body", "li") and rnd.random() < 0.5:
            return tag, attributes, rnd.choice(noise), rnd.choice(noise)
        return tag, attributes, "", ""

    return serialize(html, rewrite, rnd)


def add_cookie_bar(html: str, rnd: random.Random) -> str:
    bar = (
        '<div><div role="dialog" aria-label="Cookies"><p>We use cookies to remember what you have read here, and to'
        " count visits. Read more in our privacy policy.</p><button>Accept</button></div></div>"
    )

    def rewrite(tag: str, attributes: Attributes, rnd: random.Random) -> tuple[str, Attributes, str, str]:
        if tag == "body":
            return tag, attributes, *(("", bar) if rnd.random() < 0.5 else (bar, ""))
        return tag, attributes, "", ""

    return serialize(html, rewrite, rnd)


def demote_headings(html: str, rnd: random.Random) -> str:
    def rewrite(tag: str, attributes: Attributes, rnd: random.Random) -> tuple[str, Attributes, str, str]:
        if re.fullmatch(r"h[1-5]", tag):
            tag = f"h{int(tag[1]) + 1}"
        return tag, attributes, "", ""

    return serialize(html, rewrite, rnd)


def _rename(table: dict[str, str]) -> Callable[[str, random.Random], str]:
    def change(html: str, rnd: random.Random) -> str:
        def rewrite(tag: str, attributes: Attributes, rnd: random.Random) -> tuple[str, Attributes, str, str]:
            return table.get(tag, tag), attributes, "", ""

        return serialize(html, rewrite, rnd)

    return change


lists_to_divs = _rename({"ul": "div", "ol": "div", "li": "div", "menu": "div"})
divs_to_sections = _rename({"div": "section"})
LANDMARKS = frozenset(("main", "article", "section", "aside", "header", "nav", "footer"))


def landmarks_to_divs(html: str, rnd: random.Random) -> str:
    # A note in the margin of a text, without a link, is told from the text by nothing but its element.
    notes = iter([node.css_first("a") is None for node in LexborHTMLParser(html).css("aside")])

    def rewrite(tag: str, attributes: Attributes, rnd: random.Random) -> tuple[str, Attributes, str, str]:
        kept = tag not in LANDMARKS or (tag == "aside" and next(notes, False))
        return tag if kept else "div", attributes, "", ""

    return serialize(html, rewrite, rnd)


paragraphs_to_divs = _rename({"p": "div"})


def lists_to_tables(html: str, rnd: random.Random) -> str:
    def rewrite(tag: str, attributes: Attributes, rnd: random.Random) -> tuple[str, Attributes, str, str]:
        if tag in ("ul", "ol"):
            return "table", attributes, "<tbody>", "</tbody>"
        if tag == "li":
            return "tr", attributes, "<td>", "</td>"
        return tag, attributes, "", ""

    return serialize(html, rewrite, rnd)


def entities(html: str, rnd: random.Random) -> str:
    """Letters outside ASCII as numbers, spaces sometimes as other white space."""

    def text(value: str) -> str:
        value = "".join(c if c < "\x7f" or rnd.random() < 0.5 else f"&#{ord(c)};" for c in value)
        return re.sub(" ", lambda _: rnd.choice([" ", " ", " ", "\n  ", "&#32;"]), value)

    return serialize(html, _same, rnd, text)


def soft_hyphens(html: str, rnd: random.Random) -> str:
    """Hyphenation for narrow screens inside long words of the text."""

    def text(value: str) -> str:
        return value if "&" in value else re.sub(r"\b([^\W\d_]{5})([^\W\d_]{5})", "\\1\u00ad\\2", value)

    return serialize(html, _same, rnd, text, values=False)


def relative_links(html: str, rnd: random.Random) -> str:
    def rewrite(tag: str, attributes: Attributes, rnd: random.Random) -> tuple[str, Attributes, str, str]:
        if tag == "a" and (href := attributes.get("href")):
            attributes["href"] = re.sub(r"^https://pozirk\.online(?=/)", "", href)
        return tag, attributes, "", ""

    return serialize(html, rewrite, rnd)


TRANSFORMS: dict[str, Callable[[str, random.Random], str]] = {
    f.__name__ if hasattr(f, "__name__") and f.__name__ != "change" else name: f
    for name, f in {
        "plain": plain, "rename_classes": rename_classes, "drop_classes": drop_classes,
        "reorder_attributes": reorder_attributes, "add_wrappers": add_wrappers,
        "drop_wrappers": drop_wrappers, "inject_noise": inject_noise,
        "add_cookie_bar": add_cookie_bar, "demote_headings": demote_headings, "lists_to_divs": lists_to_divs,
        "lists_to_tables": lists_to_tables, "divs_to_sections": divs_to_sections,
        "landmarks_to_divs": landmarks_to_divs, "paragraphs_to_divs": paragraphs_to_divs, "entities": entities,
        "soft_hyphens": soft_hyphens, "relative_links": relative_links,
    }.items()
}  # fmt: skip
