"""Templates of the small CRM, and what a test makes of them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

CONTACT = "{{ account.primary_contact.name ??"
PRICE = {
    "en": "we offer **{{ amount }}** until {{ close_on ?? 'further notice' }}.",
    "zh": "报价 **{{ amount }}**，截至 {{ close_on ?? '另行通知' }}。",
}
QUOTE: dict[str, Any] = {
    "label": {"en": "Quotation", "zh": "报价单"},
    "entity": "deal",
    "purpose": "print",
    "subject": {"en": "Quotation {{ number }}", "zh": "报价单 {{ number }}"},
    "blocks": {
        "title": {"order": 1, "kind": "heading", "size": "large", "content": {"en": "Quotation", "zh": "报价单"}},
        "facts": {
            "order": 2,
            "kind": "fields",
            "fields": {
                "customer": {"order": 1, "path": "account.name"},
                "stage": {"order": 2},
                "words": {"order": 3, "label": "Words", "value": "{{ rmbupper(amount) }}"},
            },
        },
        "text": {
            "order": 3,
            "kind": "text",
            "content": {
                "en": f"Dear {CONTACT} 'customer' }}}},\n\n{PRICE['en']}\n- Stage {{{{ stage }}}}",
                "zh": f"{CONTACT} '客户' }}}}，您好：\n\n{PRICE['zh']}",
            },
        },
        "lines": {
            "order": 4,
            "kind": "lines",
            "entity": "deal_line",
            "lookup": "deal",
            "numbered": True,
            "columns": {"product_name": {"order": 1}, "quantity": {"order": 2}, "amount": {"order": 3, "total": "sum"}},
        },
        "big": {"order": 5, "kind": "text", "content": "Large", "visible_if": "amount > 1000"},
        "signed": {
            "order": 6,
            "kind": "signature",
            "parties": {"us": {"label": "Seller", "name": "{{ sender.name }}", "seal": True}},
        },
    },
}
MAIL: dict[str, Any] = {
    "label": "Offer",
    "entity": "deal",
    "purpose": "mail",
    "to": "account.primary_contact.email",
    "subject": "Offer {{ name }}",
    "blocks": {"body": {"order": 1, "kind": "text", "content": "Phone: {{ account.name }}"}},
}


def quote(**blocks: Any) -> dict[str, Any]:
    """The quotation with other blocks, or with these in place of its own of the same name; None takes one out."""
    made = deepcopy(QUOTE)
    for name, block in blocks.items():
        if block is None:
            del made["blocks"][name]
        else:
            made["blocks"][name] = block
    return made


def text(content: Any, **more: Any) -> dict[str, Any]:
    return {"kind": "text", "content": content, **more}


def one_text(content: Any, **more: Any) -> dict[str, Any]:
    """A template that says nothing but this."""
    return {"label": "Note", "entity": "deal", "blocks": {"only": text(content)}, **more}
