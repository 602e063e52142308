"""Who asks, and whom they lead."""

from __future__ import annotations

from sartor.platform.expressions.function import Function
from sartor.platform.expressions.types import list_of, record

USER, DEPARTMENT = record("user"), record("department")


FUNCTIONS = (
    Function(
        name="me",
        params=(),
        returns=USER,
        python=lambda env: env.user,
        env=True,
        volatile=True,
        help={"en": "The user who asks.", "zh": "当前用户。"},
        example=("me() is blank", "false"),
    ),
    Function(
        name="reports",
        params=(),
        returns=list_of(USER),
        python=lambda env: tuple(env.reports),
        env=True,
        volatile=True,
        help={"en": "All users below the one who asks, used with in.", "zh": "当前用户的全部下属，与 in 连用。"},
        example=("me() in reports()", "false"),
    ),
    Function(
        name="my_department",
        params=(),
        returns=DEPARTMENT,
        python=lambda env: env.department,
        env=True,
        volatile=True,
        help={"en": "The department of the user who asks.", "zh": "当前用户的部门。"},
        example=("my_department() is blank", "false"),
    ),
    Function(
        name="departments_below",
        params=(),
        returns=list_of(DEPARTMENT),
        python=lambda env: tuple(env.departments),
        env=True,
        volatile=True,
        help={
            "en": "The department of the user who asks and all below it, used with in.",
            "zh": "当前用户的部门及其全部下级，与 in 连用。",
        },
        example=("my_department() in departments_below()", "true"),
    ),
)
