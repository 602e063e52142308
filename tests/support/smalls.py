"""Two small blueprints: one entity with its list, and another one that adds visits to it."""

BASE = {
    "blueprint.json": {
        "name": "small", "version": "1.0.0", "label": {"en": "Small", "zh": "小"}, "languages": ["en", "zh"],
    },
    "entities/client.json": {
        "label": {"en": "Client", "zh": "客户"}, "title": "name",
        "fields": {"name": {"type": "text", "label": {"en": "Name", "zh": "名称"}, "order": 10, "required": True}},
    },
    "views/client.all.json": {
        "label": {"en": "Clients", "zh": "客户"}, "entity": "client", "type": "list",
        "columns": {"name": {"order": 10}},
    },
}  # fmt: skip
MORE = {
    "blueprint.json": {
        "name": "more", "version": "1.0.0", "label": {"en": "More", "zh": "更多"},
        "requires": {"small": "^1"}, "languages": ["en", "zh"],
    },
    "entities/visit.json": {
        "label": {"en": "Visit", "zh": "拜访"}, "title": "subject",
        "fields": {
            "subject": {"type": "text", "label": {"en": "Subject", "zh": "主题"}, "order": 10},
            "client": {"type": "lookup", "label": {"en": "Client", "zh": "客户"}, "order": 20,
                       "options": {"entity": "client"}},
        },
    },
    "extends/entities/client.json": {
        "fields": {"visits": {"type": "rollup", "label": {"en": "Visits", "zh": "拜访次数"}, "order": 1000,
                              "options": {"over": "visit", "by": "client", "function": "count"}}},
    },
    "extends/views/client.all.json": {"columns": {"visits": {"order": 1000}}},
}  # fmt: skip
