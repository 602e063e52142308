"""The two back ends agree: for expressions of every kind and rows with blanks, Python and both databases agree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from deals import Row, Tables, deals, plain
from hypothesis import given, settings
from hypothesis import strategies as st

from sartor.platform.expressions import Env, Expression, evaluate, evaluate_rows

EXPRESSIONS = """
amount
amount * 2
amount + rate
amount - 0.0005
amount * rate
amount / quantity
amount / 0
amount / 3 * 3 = amount
-amount + 15%
quantity + 1
quantity * quantity * quantity
quantity * 1000000 * amount * rate
amount * amount * amount * amount
round(amount / 7, 2)
round(amount, -2)
round(amount, quantity)
rounddown(amount * -1, 1)
roundup(amount / 3, 1)
roundup(amount, quantity)
int(amount)
ceiling(share)
abs(share * rate)
mod(amount, share)
mod(quantity, 7)
sqrt(amount)
min(amount, rate, 3)
max(quantity, 2)
max(0.5, 2)
max(closed_on, seen_at)
sum(amount, rate, quantity)
average(amount, quantity)
amount > 1000.5
amount >= 0.0001
amount = rate
amount * rate > 1000
amount / quantity >= rate
quantity = 3
quantity != 3
not quantity = 3
quantity between 1 and 5
quantity not between 1 and 5
amount in [1, 2.5, 1250.5, rate]
amount not in [1, 1250.5]
quantity is blank
amount is not blank and not quantity is blank
amount ?? rate ?? 0
quantity ?? 0.5
active
not active
active = false
active = (amount > 0)
active and quantity > 1 or amount < 0
if(active, amount, quantity)
if(amount > 100, 'big', 'small')
if(quantity > 1, null, active)
case(quantity > 3, 'a', quantity > 1, name)
name = '上海華為'
name != 'abc'
name = note
name = 'ＡＢＣ'
name in ['abc', '上海华为', note]
name not in ['abc', note]
name & note = 'abcABC'
lower(name) = 'ABC'
trim(name) = note
if(active, name, note) = 'abc'
(name ?? note) = 'abc'
contains(name, '华')
contains(name, note)
contains(name, '%_')
contains(name & note, 'BCa')
startswith(name, '上海')
startswith(name, note)
endswith(name, 'C')
endswith(name, note)
len(name)
left(name, 2)
left(name, quantity)
right(name, quantity)
mid(name, 2, 3)
mid(name, quantity, 2)
upper(name) & lower(note)
trim(name)
substitute(name, 'b', note)
substitute(name, note, '-')
rept(name, quantity)
find('b', name)
find(note, name)
name & ' · ' & amount & ' · ' & quantity & closed_on & seen_at
text(amount * rate)
text(amount / 3)
if(active, name, text(d'2026-05-01T00:00Z'))
number(name)
number(text(amount)) = amount
matches(name, '[a-c]+|\\\\w{2,4}|上海.*')
matches(name, '[^a]?.*')
closed_on = d'2026-05-01'
closed_on + 7
closed_on - quantity
closed_on - due_on
closed_on < due_on
closed_on <= today()
closed_on + 30 >= today()
today() - closed_on
days(today(), closed_on) > 30
days(today(), seen_at) > 30
days(seen_at, today()) <= 3
days(closed_on, due_on)
days(seen_at, made_at)
hours(seen_at, made_at)
minutes(made_at, seen_at)
months(closed_on, due_on)
years(closed_on, due_on)
seen_at + minutes(5) > made_at
seen_at - made_at > hours(2)
seen_at - hours(2)
seen_at - made_at + minutes(5) > hours(2) - days(1)
seen_at + quantity
now() - seen_at > days(quantity)
seen_at > d'2026-05-01T00:00Z'
seen_at > d'2026-05-01'
seen_at = d'2026-05-01'
seen_at != closed_on
seen_at <= closed_on
date(seen_at) = today()
date(seen_at)
seen_at in this_month()
closed_on in last(30)
closed_on not in last_quarter()
seen_at not in this_week()
closed_on in next_year()
seen_at in [d'2026-05-01', today()]
seen_at between d'2026-04-01' and today()
year(closed_on) * 100 + month(seen_at)
day(closed_on) + quarter(closed_on) + weekday(closed_on) + weeknum(closed_on)
hour(seen_at) * 60 + minute(seen_at)
date(year(closed_on), quantity, day(closed_on))
addmonths(closed_on, quantity)
dateadd(closed_on, 1, 'quarter')
dateadd(seen_at, quantity, 'hour')
startofweek(closed_on)
startofmonth(seen_at)
startofquarter(closed_on)
startofyear(closed_on)
endofmonth(closed_on)
daysofmonth(closed_on)
networkday(closed_on, due_on)
networkday(closed_on, seen_at, [d'2026-05-01', d'2026-05-04', d'2026-05-02'])
stage = 'won'
stage in ['new', 'talk']
stage.outcome = 'open'
stage.outcome != 'open'
stage.outcome in ['won', 'lost']
stage.outcome
stage.probability >= 50%
stage.probability * amount
label(stage)
label(stage) = '赢单'
label(stage) & name
owner = me()
owner != me()
owner in reports()
owner not in reports()
not owner in reports()
account.name = name
account.region = 'east'
region_of(account.province)
region_of(account.province) = 'east'
base(amount)
base(amount) > 5000
contains(tags, 'VIP')
name in tags
name not in tags
tags is blank
len(tags) + 1
any_of(tags, ['vip', 'b'])
all_of(regions, ['east', 'north'])
account.region in regions
rmbupper(amount)
rmbupper(amount * rate)
uscc_valid(name)
uscc_valid('91350100M000100Y' & right(text(quantity), 2))
"""

MEASURES = """
count()
count(name)
count(amount > 0)
count(stage.outcome = 'won') / count()
sum(amount)
sum(amount * rate)
sum(quantity)
sum(quantity) + 1
sum(base(amount))
sum(if(active, amount, 0)) / sum(quantity)
avg(amount)
average(quantity)
avg(amount * rate)
min(amount)
max(amount / 3)
min(closed_on)
max(seen_at)
max(date(seen_at))
median(amount)
median(days(seen_at, made_at))
distinct(name)
distinct(stage)
distinct(amount)
distinct(if(active, amount, null))
distinct(amount * rate)
distinct(owner)
round(sum(amount) / count(), 2)
if(count() > 3, sum(amount), null)
sum(amount) ?? 0
max(amount) - min(amount)
text(sum(amount)) & ' / ' & count()
sum(amount) > 1000000
"""

ALL = [line for line in EXPRESSIONS.splitlines() if line]
OVER_ROWS = [line for line in MEASURES.splitlines() if line]


ZONES = ["UTC", "America/New_York", "Pacific/Apia"]


def assert_agreement(tables: Tables, expressions: list[Expression], found: list[Row], env: Env) -> None:
    tables.fill(found)
    answers = tables.values(expressions, env)
    for number, expression in enumerate(expressions):
        expected = [plain(evaluate(expression, row, env)) for row in found]
        assert (expression.text, [plain(row[number]) for row in answers]) == (expression.text, expected)


@given(found=st.lists(deals, min_size=1, max_size=8))
def test_every_expression_has_one_value_everywhere(tables: Tables, checked, env: Env, found: list) -> None:
    assert_agreement(tables, [checked(text) for text in ALL], found, env)


@settings(max_examples=10)
@given(found=st.lists(deals, min_size=5, max_size=20))
def test_every_condition_finds_the_same_rows(tables: Tables, checked, env: Env, found: list) -> None:
    tables.fill(found)
    for expression in (each for each in map(checked, ALL) if each.type.name == "boolean"):
        expected = [number for number, row in enumerate(found) if evaluate(expression, row, env)]
        assert (expression.text, tables.where(expression, env)) == (expression.text, expected)


@given(found=st.lists(deals, max_size=8))
def test_every_measure_has_one_value_everywhere(tables: Tables, checked, env: Env, found: list) -> None:
    tables.fill(found)
    expressions = [checked(text, aggregates=True) for text in OVER_ROWS]
    for expression, answer in zip(expressions, tables.aggregate(expressions, env), strict=True):
        expected = plain(evaluate_rows(expression, found, env))
        assert (expression.text, plain(answer)) == (expression.text, expected)


@pytest.mark.parametrize("zone", ZONES)
@settings(max_examples=20)
@given(found=st.lists(deals, min_size=1, max_size=8))
def test_local_days_agree_in_every_zone(tables: Tables, checked, env: Env, zone: str, found: list) -> None:
    timed = [checked(text) for text in ALL if "seen_at" in text or "today" in text]
    assert_agreement(tables, timed, found, replace(env, zone=zone))
