"""What of some documents can be looked at where a plugin is gone that an edit names: everything but that part.

Publishing refuses such an edit; whoever looks at the rest is shown the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sartor.platform.definitions.documents import Document, Documents
from sartor.platform.definitions.extensions import Extensions


def known_parts(documents: Documents, extensions: Extensions) -> Documents:
    """The same documents without fields, views and reports of a type that there is not."""
    fitting = {key: _known(key, document, extensions) for key, document in documents.items()}
    if all(fitting[key] is document for key, document in documents.items()):
        return documents
    return {key: document for key, document in fitting.items() if document is not None}


def _known(key: str, document: Document, extensions: Extensions) -> Document | None:
    if key.startswith("entity/"):
        return _with_known_fields(document, extensions)
    if key.startswith("view/"):
        return document if document["type"] in extensions.views else None
    if key.startswith("report/"):
        return document if document["chart"] in extensions.charts else None
    return document


def _with_known_fields(document: Document, extensions: Extensions) -> Document:
    fields: Mapping[str, Any] = document["fields"]
    known = {name: part for name, part in fields.items() if part["type"] in extensions.fields}
    return document if len(known) == len(fields) else {**document, "fields": known}
