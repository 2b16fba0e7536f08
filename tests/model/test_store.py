"""What an edition may see on a day, and the note of what was asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handbook.loading.handbook import Handbook, read_handbook
from handbook.model.dependencies import Dependency, DependencyKind, on_record, recording
from handbook.model.editions import Audience, Edition
from handbook.model.figures import Figure
from handbook.model.record_kinds import Person, Risk
from handbook.model.store import Absence, MissingRecord, Store


@pytest.fixture(scope="module")
def handbook(unchanged: Path) -> Handbook:
    found, problems = read_handbook(unchanged)
    assert not problems
    return found


def store(handbook: Handbook, edition: Edition, as_at: date | None = None) -> Store:
    return Store(handbook.settings, handbook.records, edition, as_at)


def why(found: Store, name: str) -> Absence:
    with pytest.raises(MissingRecord) as caught:
        found.get(Figure, name)
    return caught.value.why


def test_the_internal_edition_sees_everything(handbook: Handbook) -> None:
    assert len(store(handbook, Edition.INTERNAL).everything()) == len(handbook.records)


def test_partners_see_only_what_says_so(handbook: Handbook) -> None:
    partner = store(handbook, Edition.PARTNER)
    assert {record.audience for record in partner.everything()} == {Audience.PARTNER}
    assert not partner.all(Person)
    assert why(partner, "overspend") is Absence.HIDDEN
    assert why(partner, "council") is Absence.UNKNOWN


def test_what_was_not_yet_published_is_not_yet_known(handbook: Handbook) -> None:
    before = store(handbook, Edition.INTERNAL, date(2021, 12, 20))
    assert not before.all(Figure)
    assert why(before, "trained") is Absence.LATER
    assert store(handbook, Edition.INTERNAL, date(2021, 12, 21)).get(Figure, "trained")


def test_a_part_may_be_narrower_than_its_record(handbook: Handbook) -> None:
    risk = handbook.records["staff-leave"]
    assert isinstance(risk, Risk)
    hidden = risk.mitigations[0].model_copy(update={"audience": Audience.INTERNAL})
    records = {**handbook.records, risk.id: risk.model_copy(update={"mitigations": (risk.mitigations[0], hidden)})}
    counts = {
        edition: len(Store(handbook.settings, records, edition).get(Risk, risk.id).mitigations) for edition in Edition
    }
    assert counts == {Edition.INTERNAL: 2, Edition.PARTNER: 1}


def test_what_is_read_is_noted(handbook: Handbook) -> None:
    found = store(handbook, Edition.INTERNAL)
    found.get(Figure, "trained")
    with recording() as dependencies:
        found.get(Figure, "turnover")
        found.all(Risk)
    assert dependencies == {on_record("figure", "turnover"), Dependency(DependencyKind.RECORD, ("risk",))}
