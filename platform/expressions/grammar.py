"""The grammar (Lark, LALR). Keywords need a word boundary, or `x >= 10 andd y` would be read as `and d y`."""

GRAMMAR = r"""
start: expression

?expression: either
?either: both (OR both)*
?both: negation (AND negation)*
?negation: NOT negation -> negate
    | comparison
?comparison: joined
    | joined COMPARE joined -> compare
    | joined IN joined -> is_in
    | joined NOT IN joined -> is_not_in
    | joined BETWEEN joined AND joined -> between
    | joined NOT BETWEEN joined AND joined -> not_between
    | joined IS BLANK -> blank
    | joined IS NOT BLANK -> not_blank
    | joined IS NULL -> blank
    | joined IS NOT NULL -> not_blank
?joined: fallback (JOIN fallback)*
?fallback: sum (ELSE sum)*
?sum: product ((PLUS | MINUS) product)*
?product: signed ((TIMES | DIVIDED) signed)*
?signed: MINUS signed -> minus
    | atom
?atom: TEXT -> text
    | DATE -> date
    | NUMBER -> number
    | PERCENT -> percent
    | TRUE -> true
    | FALSE -> false
    | NULL -> null
    | NAME ("." NAME)* -> path
    | NAME _OPEN [arguments] _CLOSE -> call
    | AND _OPEN arguments _CLOSE -> call
    | OR _OPEN arguments _CLOSE -> call
    | _BRACKET [arguments] _BRACKET_END -> items
    | _OPEN expression _CLOSE
arguments: expression (_COMMA expression)*

AND.3: /and(?!\w)/i
OR.3: /or(?!\w)/i
NOT.3: /not(?!\w)/i
IN.3: /in(?!\w)/i
IS.3: /is(?!\w)/i
BETWEEN.3: /between(?!\w)/i
BLANK.3: /blank(?!\w)/i
TRUE.3: /true(?!\w)/i
FALSE.3: /false(?!\w)/i
NULL.3: /null(?!\w)/i
DATE.4: /d'[^']*'/i
PERCENT.3: /\d+(\.\d+)?\s*[%％]/
NUMBER.2: /\d+(\.\d+)?(?![\w.])/
TEXT: /'([^']|'')*'|"([^"]|"")*"/
NAME: /[^\W\d]\w*/
COMPARE: "<=" | ">=" | "!=" | "<>" | "==" | "=" | "<" | ">" | "≤" | "≥" | "≠" | "＝" | "＜" | "＞"
JOIN: "&" | "＆"
ELSE: "??" | "？？"
PLUS: "+" | "＋"
MINUS: "-" | "－" | "−"
TIMES: "*" | "×" | "＊"
DIVIDED: "/" | "÷" | "／"
_OPEN: "(" | "（"
_CLOSE: ")" | "）"
_BRACKET: "[" | "【"
_BRACKET_END: "]" | "】"
_COMMA: "," | "，"
%ignore /[ \t\r\n\f\u00a0\u3000]+/
"""
