"""The words of schemas in another language: titles, hints, headings and names of values, and nothing else."""

from sartor.platform.definitions.wording import in_words, texts

SCHEMA = {
    "title": "Thing",
    "properties": {
        "default": {"title": "Default", "x-group": "Value", "default": {"title": "kept"}},
        "title": {"enum": ["a"], "x-texts": {"a": "First"}},
    },
    "allOf": [{"then": {"properties": {"x": {"description": "Hint"}}}}],
    "x-types": {"text": {"label": {"en": "Text"}, "title": "kept"}},
}


def test_every_text_for_people_is_found():
    assert sorted(texts(SCHEMA)) == ["Default", "First", "Hint", "Thing", "Value"]


def test_texts_are_said_in_other_words_and_values_stay():
    said = in_words(SCHEMA, str.upper)
    assert said["properties"]["default"] == {"title": "DEFAULT", "x-group": "VALUE", "default": {"title": "kept"}}
    assert said["properties"]["title"] == {"enum": ["a"], "x-texts": {"a": "FIRST"}}
    assert said["allOf"][0]["then"]["properties"]["x"]["description"] == "HINT"
    assert said["x-types"] == SCHEMA["x-types"]
