"""Text as people mark it up (headings, lists, bold, italic, links) as HTML: a small part of Markdown.

Every tag is written out here and every word of theirs is escaped, so that whatever the parser finds, no HTML of theirs
comes through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize
from markdown_it.token import Token
from markupsafe import Markup, escape

LINK = re.compile(r"https?://|mailto:|/(?!/)", re.IGNORECASE)
"""What a link begins with: the web, mail, or a page of this workspace."""
RULES = ("heading", "list", "emphasis", "link", "autolink", "escape", "newline")
FIRST_WIDE = "\u2e80"
"""Chinese characters and their punctuation begin here."""
TAGS = {
    "paragraph_open": Markup("<p>"), "paragraph_close": Markup("</p>"),
    "bullet_list_open": Markup("<ul>"), "bullet_list_close": Markup("</ul>"), "ordered_list_close": Markup("</ol>"),
    "list_item_open": Markup("<li>"), "list_item_close": Markup("</li>"),
    "strong_open": Markup("<strong>"), "strong_close": Markup("</strong>"),
    "em_open": Markup("<em>"), "em_close": Markup("</em>"), "link_close": Markup("</a>"),
    "softbreak": Markup("<br>\n"), "hardbreak": Markup("<br>\n"),
}  # fmt: skip


class _Parser(MarkdownIt):
    """What it refuses as a link stays as it was typed."""

    def validateLink(self, url: str) -> bool:
        return LINK.match(url) is not None


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Chinese has no blanks between words: a mark beside a Chinese character begins or ends what is marked, whatever
    stands on its other side. Markdown's own rule would leave the marks of `**“重点”**的` as they are."""
    start, known = state.pos, len(state.delimiters)
    if not tokenize(state, silent):
        return False
    last, following = state.src[start - 1 : start], state.src[state.pos : state.pos + 1]
    if state.src[start] == "*" and max(last, following) >= FIRST_WIDE:
        for mark in state.delimiters[known:]:
            mark.open, mark.close = bool(following.strip()), bool(last.strip())
    return True


def _parser() -> MarkdownIt:
    made = _Parser("zero").enable(RULES)
    made.inline.ruler.at("emphasis", _emphasis)
    return made


PARSER = _parser()


def marked_up(text: str, below: int = 1) -> Markup:
    """The text as HTML. below: the level of the heading that it stands under; its own begin one lower."""
    tokens = PARSER.parse(text)
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    return Markup("").join(_parts(tokens, {tag: rank + below for rank, tag in enumerate(levels, 1)}))


def _parts(tokens: Sequence[Token], levels: Mapping[str, int]) -> Iterator[Markup]:
    for token in tokens:
        if token.type == "inline":
            yield from _parts(token.children or (), levels)
        elif token.type == "heading_open":
            yield Markup('<h{} class="head-{}">').format(levels[token.tag], list(levels).index(token.tag) + 1)
        elif token.type == "heading_close":
            yield Markup("</h{}>").format(levels[token.tag])
        elif token.type == "ordered_list_open":
            yield Markup('<ol start="{}">').format(token.attrGet("start") or 1)
        elif token.type == "link_open":
            yield _link(str(token.attrGet("href")))
        elif not token.hidden:
            yield TAGS.get(token.type) or escape(token.content)


def _link(url: str) -> Markup:
    """Other people's pages open beside ours."""
    if not url.lower().startswith("http"):
        return Markup('<a class="link" href="{}">').format(url)
    return Markup('<a class="link" href="{}" target="_blank" rel="noopener noreferrer">').format(url)
