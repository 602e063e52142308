"""The small CRM of `crm.py` with numbers: a dashboard of every sort of chart in the menu of its app."""

from __future__ import annotations

from typing import Any

import crm
import numbers_of_crm


def documents() -> dict[str, dict[str, Any]]:
    pie = numbers_of_crm.report("Shares", "pie", "deals", dimensions=("stage",), entity="deal")
    board = numbers_of_crm.DOCUMENTS["dashboard/all"]
    card = {"target": "report/shares", "x": 0, "y": 90, "width": 6, "height": 4, "order": 90}
    made = crm.documents(**numbers_of_crm.DOCUMENTS)
    made |= {"report/shares": pie, "dashboard/all": {**board, "cards": {**board["cards"], "shares": card}}}
    made["app/crm"]["items"]["numbers"] = {"target": "dashboard/all", "order": 3}
    return made
