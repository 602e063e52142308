"""The rank of amounts in several currencies: by what they are worth where every rate is known, else each among those of
its own currency. A bare number would put ten yuan above nine dollars."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sartor.platform.access.context import Context
from sartor.platform.model import Several
from sartor.platform.reporting.amounts import bare, coin_of
from sartor.platform.text import gettext as _

ONE = Decimal(1)


class Ranking:
    """What numbers of one measure are compared by."""

    def __init__(self, context: Context, numbers: Iterable[Any], descending: bool = True) -> None:
        coins = {str(coin_of(each)) for each in numbers if coin_of(each) and not isinstance(each, Several)}
        env, self.home = context.env(), context.currency
        # The workspace's own currency comes first, whichever way the numbers run.
        in_turn = sorted({self.home, *coins}, key=lambda coin: (coin != self.home, coin))
        self._places = {coin: -place if descending else place for place, coin in enumerate(in_turn)}
        self._rates = {coin: ONE if coin == self.home else env.rates(coin, env.today) for coin in in_turn}
        self.is_mixed = len(coins) > 1

    @property
    def is_converted(self) -> bool:
        return all(self._rates.values())

    def value(self, number: Any) -> Any:
        """Something to sort by; None for a blank and for several currencies in one number."""
        found = bare(number)
        if found is None or not self.is_mixed:
            return found
        coin = coin_of(number) or self.home
        return found * (self._rates[coin] or ONE) if self.is_converted else (self._places[coin], found)

    def said(self) -> str:
        """How several currencies were ranked."""
        if self.is_converted:
            return _("Ranked by what the amounts are worth in %(currency)s today.", currency=self.home)
        return _("Each currency is ranked by itself, as not every rate is known.")
