"""From numbers and days to places on a drawing. Exact decimals in, two places out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal


def rounded(value: Decimal) -> Decimal:
    """A place as a drawing gives it: two decimals at most."""
    cut = value.quantize(Decimal("0.01"), ROUND_HALF_EVEN).normalize()
    return Decimal(f"{cut:f}") + 0


@dataclass(frozen=True)
class Scale:
    """Takes numbers from `low` to `high` to places from `start` to `end`, in proportion.

    What lies outside is put at the nearer end. Where `low` equals `high`, all is put at `start`.
    """

    low: Decimal
    high: Decimal
    start: Decimal
    end: Decimal

    def __call__(self, value: Decimal) -> Decimal:
        if self.high == self.low:
            return rounded(self.start)
        within = min(max(value, self.low), self.high)
        return rounded(self.start + (within - self.low) / (self.high - self.low) * (self.end - self.start))


def day_number(day: date) -> Decimal:
    """A day as a number, so that a Scale can place it."""
    return Decimal(day.toordinal())
