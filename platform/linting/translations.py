"""How words are said in the other language elsewhere in a design: what a fix may take over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sartor.platform.text import Label


def said_by_language(label: Label) -> dict[str, str]:
    """By language. A plain text is in the language of its letters."""
    if isinstance(label, Mapping):
        return dict(label)
    return {"en" if label.isascii() else "zh": label}


def known_translations(found: Iterable[Label]) -> dict[tuple[str, str], str]:
    """How the same words are said elsewhere: (text, language) -> text. What is said in two ways is not known."""
    ways: dict[tuple[str, str], set[str]] = {}
    plain: set[str] = set()
    for label in found:
        if isinstance(label, str):
            if label in plain:
                continue
            plain.add(label)
        said = said_by_language(label)
        for own in said.values():
            for language, text in said.items():
                ways.setdefault((own, language), set()).add(text)
    return {key: next(iter(texts)) for key, texts in ways.items() if len(texts) == 1}
