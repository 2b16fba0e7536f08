"""Charts of figures: one figure over time, or several of the same unit side by side."""

from __future__ import annotations

from decimal import Decimal

from handbook.loading.macro_registry import MacroError
from handbook.macros import progress, wording
from handbook.macros.charts.frame import Chart, ChartId, render_chart
from handbook.macros.charts.marks import ChartMark, Shape, in_time, keys, mark
from handbook.macros.charts.rows import Axis, ChartRow, RowPart, rows
from handbook.macros.charts.scale import Scale
from handbook.macros.charts.trend import joined, trend
from handbook.macros.figures import figure_table, observation_table
from handbook.macros.view import View
from handbook.model.figures import Figure

# The part of the width that a dashed end takes where the source sets no limit.
_SLACK = Decimal(8)
_WHOLE = Decimal(100)


def chart(view: View, *ids: str, title: str = "") -> str:
    """A chart of a figure over time, or of several figures of one unit beside each other.

    A figure that has been observed once is shown as a bar. `title` is for several.
    """
    if not ids:
        raise MacroError("A chart of nothing", 'Name a figure, as in {{ chart("turnover") }}')
    records = [view.store.get(Figure, id) for id in ids]
    if len(records) == 1:
        return figure_chart(view, records[0])
    units = {record.unit for record in records}
    if len(units) > 1:
        raise MacroError(
            f"Figures of different units in one chart (found {' and '.join(sorted(units))})",
            "Give each unit a chart of its own",
        )
    if not title:
        raise MacroError("A chart of several figures without a title", 'Say what they show together, as in title="…"')
    name = ChartId(view.next_chart("-and-".join(ids)))
    shown = [mark(record.latest) for record in records if not record.latest.hidden]
    says = [
        f"{record.title}: {wording.full(record, record.latest)}, {wording.period_phrase(record.latest.period)}."
        for record in records
    ]
    return render_chart(
        view,
        name,
        Chart(
            title,
            says,
            _bars(name, records, labelled=True),
            keys(shown),
            [record.latest for record in records],
            Figure,
            figure_table(view, records),
        ),
    )


def figure_chart(view: View, record: Figure, heading: str = "") -> str:
    """The chart of one figure. Under a `heading` of that id it has no title, source or table of its own: the page has them."""
    name = ChartId(view.next_chart(record.id), heading)
    shown = [mark(seen) for seen in in_time(record) if not seen.hidden]
    return render_chart(
        view,
        name,
        Chart(
            "" if heading else record.title,
            _summary(record, shown),
            trend(record, name) if len(shown) > 1 else _bars(name, [record], labelled=False),
            _keys(record, shown),
            () if heading else record.standing,
            Figure,
            "" if heading else observation_table(view, record),
        ),
    )


def worth_drawing(record: Figure) -> bool:
    """True where a chart shows more than the number does: a change, or a part of a whole."""
    shown = [seen for seen in record.standing if not seen.hidden]
    return len(shown) > 1 or record.unit == "%" and shown == [record.latest]


def _summary(record: Figure, shown: list[ChartMark]) -> list[str]:
    """Return sentences that say what a chart of one figure shows."""
    if len(shown) < 2:
        return [f"{_dated(record)}."]
    first, last = shown[0].seen, shown[-1].seen
    says = [
        f"{wording.opening(record, first)} {wording.period_phrase(first.period)}, "
        f"then {wording.full(record, last)} {wording.period_phrase(last.period)}."
    ]
    return [*says, *progress.verdict_sentences(record)[:1]]


def _keys(record: Figure, shown: list[ChartMark]) -> list[str]:
    """Return the key of a chart of one figure."""
    found = keys(shown)
    if joined(record):
        found.append("A dotted line joins two reported numbers. Nothing is known of the time between them.")
    if shown and len(shown) < len(record.standing):
        found.append("A number that is too small to show is left out.")
    return found


def _dated(record: Figure) -> str:
    """A figure's latest number with its time, for the start of a sentence."""
    seen = record.latest
    return f"{wording.opening(record, seen)}, {wording.period_phrase(seen.period)}"


def _bars(name: ChartId, records: list[Figure], labelled: bool) -> str:
    """Draw bars from zero: percentages on a scale to 100%, any other unit on a scale to the largest number."""
    drawn = [None if record.latest.hidden else mark(record.latest) for record in records]
    share = records[0].unit == "%"
    numbers = [number for each in drawn if each for number in (each.low, each.high)]
    lowest, highest = min([Decimal(0), *numbers]), max([Decimal(0), *numbers])
    # Room for a dashed end beyond the longest bar.
    scale = Scale(lowest, _WHOLE if share else highest, Decimal(0), _WHOLE if share else _WHOLE - _SLACK)
    given = [
        ChartRow(
            record.title if labelled else "", wording.full(record, record.latest), bar(each, scale) if each else []
        )
        for record, each in zip(records, drawn, strict=True)
    ]
    words = [("0%", Decimal(0), "start"), ("100%", _WHOLE, "end")] if share else []
    return rows(name, given, Axis(words=words), track=share)


def bar(drawn: ChartMark, scale: Scale) -> list[RowPart]:
    """Return the parts of a bar for a mark: solid as far as the number is certain, dashed beyond."""
    nought, low, high = scale(Decimal(0)), scale(drawn.low), scale(drawn.high)
    start, end = min(nought, low), max(nought, high)
    if drawn.shape is Shape.EXACT:
        return [RowPart("solid", start, end - start)]
    if drawn.shape is Shape.RANGE:
        certain = [RowPart("solid", nought, low - nought)] if low > nought else []
        return [*certain, RowPart("dashed", low, high - low)]
    if drawn.shape is Shape.UP_TO or high <= nought:
        return [RowPart("dashed", start, end - start)]
    if drawn.shape is Shape.OVER:
        return [RowPart("solid", nought, end - nought), RowPart("dashed", end, min(_SLACK, _WHOLE - end), arrow=1)]
    if drawn.shape is Shape.NEARLY:
        back = min(_SLACK, end - nought)
        return [RowPart("solid", nought, end - nought - back), RowPart("dashed", end - back, back, arrow=-1)]
    half = min(_SLACK / 2, end - nought, _WHOLE - end)
    return [RowPart("solid", nought, end - nought - half), RowPart("dashed", end - half, 2 * half)]
