"""The one formula and filter language: text is parsed, checked against a scope, then evaluated or compiled to SQL.

    expression = check("amount >= 10000 and stage.outcome = 'open'", scope, "deal", expect=BOOLEAN)
    evaluate(expression, values, env)
    statement.where(to_sql(expression, columns, binds, "postgresql"))

`docs/expressions.md` is its one page: grammar, precedence, types, every function.
"""

from sartor.platform.expressions.completion import Completion, completions
from sartor.platform.expressions.conjuncts import Condition, Operand, conjuncts, from_conjuncts
from sartor.platform.expressions.env import Env
from sartor.platform.expressions.expression import Expression, aggregate, check, evaluate, evaluate_rows
from sartor.platform.expressions.nodes import Node
from sartor.platform.expressions.parser import parse
from sartor.platform.expressions.printer import print_expression
from sartor.platform.expressions.rename import rename
from sartor.platform.expressions.scope import Columns, Members, NoNames, PathSteps, Scope, Values
from sartor.platform.expressions.sql.binds import EnvBinds
from sartor.platform.expressions.sql.compile import read_number, to_sql, to_value
from sartor.platform.expressions.sql.environment import env_values
from sartor.platform.expressions.sqlite import register_sqlite_functions
from sartor.platform.expressions.types import (
    BOOLEAN,
    DATE,
    DURATION,
    INSTANT,
    INTEGER,
    MONEY,
    NULL,
    RANGE,
    TEXT,
    Type,
    choice,
    decimal,
    list_of,
    record,
)

__all__ = [
    "BOOLEAN",
    "DATE",
    "DURATION",
    "INSTANT",
    "INTEGER",
    "MONEY",
    "NULL",
    "RANGE",
    "TEXT",
    "Columns",
    "Completion",
    "Condition",
    "Env",
    "EnvBinds",
    "Expression",
    "Members",
    "NoNames",
    "Node",
    "Operand",
    "PathSteps",
    "Scope",
    "Type",
    "Values",
    "aggregate",
    "check",
    "choice",
    "completions",
    "conjuncts",
    "decimal",
    "env_values",
    "evaluate",
    "evaluate_rows",
    "from_conjuncts",
    "list_of",
    "parse",
    "print_expression",
    "read_number",
    "record",
    "register_sqlite_functions",
    "rename",
    "to_sql",
    "to_value",
]
