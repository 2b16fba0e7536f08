"""Scales from numbers and days to coordinates. They take exact decimals and give two decimal places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal


def rounded(value: Decimal) -> Decimal:
    """Round a coordinate to at most two decimals."""
    cut = value.quantize(Decimal("0.01"), ROUND_HALF_EVEN).normalize()
    return Decimal(f"{cut:f}") + 0


@dataclass(frozen=True)
class Scale:
    """A linear scale from the numbers `low` to `high` to the coordinates `start` to `end`.

    Numbers outside are clamped to the nearer end. Where `low` equals `high`, all are put at `start`.
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
    """Return a day as a number for a Scale."""
    return Decimal(day.toordinal())
