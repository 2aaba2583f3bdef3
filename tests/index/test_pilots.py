"""What a process keeps of the public pilots is what reading everything anew would give, after any change."""

import random
from array import array

import pytest
from pyroaring import BitMap

from pilots.index import pilots as kept
from pilots.index.order import Order
from pilots.index.pilots import Index, index, read_index
from pilots.models import Authority, AuthorityTranslation, Partner, Passage, Pilot, StageTranslation
from tests import factories
from tests.factories import PublishedPilotFactory

STATUSES = ["draft", "in-review", "published", "archived"]


@pytest.fixture
def _fresh(transactional_db):
    kept._index.clear()


def plain(found: Index) -> object:
    """Everything an index knows, to be compared; a value that no pilot has any more is as good as none."""
    sets = {facet: {key: ids for key, ids in values.items() if ids} for facet, values in found.sets.items()}
    orders = {name: list(found.order(name).ids) for name in ("place", "-place", "newest")}
    return found.facts, sets, found.named, found.authority_names, orders, found.public


@pytest.mark.usefixtures("_fresh")
def test_index_renewed_after_any_change_is_the_one_read_anew():
    chance = random.Random(5)
    partners = [factories.PartnerFactory() for _ in range(3)]
    stages = [factories.StageFactory() for _ in range(3)]
    authorities = [factories.AuthorityFactory(country=country) for country in ("FR", "ES")]
    pilots = [PublishedPilotFactory(authority=chance.choice(authorities)) for _ in range(6)]
    changes = [
        lambda pilot: Pilot.objects.filter(pk=pilot.pk).update(status=chance.choice(STATUSES)),
        lambda pilot: Pilot.objects.filter(pk=pilot.pk).update(authority=chance.choice(authorities)),
        lambda pilot: Pilot.objects.filter(pk=pilot.pk).update(slug=f"slug-{chance.random()}".replace(".", "-")),
        lambda pilot: pilot.partners.set(chance.sample(partners, chance.randint(0, 3))),
        lambda pilot: Pilot.objects.filter(pk=pilot.pk).update(evaluation=chance.choice(["", "done"])),
        lambda pilot: Passage.objects.get_or_create(pilot=pilot, about=chance.choice(["cost", "reach"]), passage="1"),
        lambda pilot: pilot.passages.all().delete(),
        lambda pilot: pilot.stages.set(chance.sample(stages, chance.randint(0, 3))),
        lambda pilot: Authority.objects.filter(pk=pilot.authority_id).update(country=chance.choice(["FR", "NL"])),
        lambda pilot: Authority.objects.filter(pk=pilot.authority_id).update(
            kind=chance.choice(["municipality", "national-agency"])
        ),
        lambda _pilot: Partner.objects.filter(pk=partners[0].pk).update(
            public_contact=chance.choice(["", "us@here.example"])
        ),
        lambda pilot: AuthorityTranslation.objects.filter(master=pilot.authority_id).update(
            place=f"Place {chance.random()}"
        ),
        lambda _pilot: StageTranslation.objects.filter(master=stages[0]).update(name=f"Stage {chance.random()}"),
        lambda _pilot: pilots.append(PublishedPilotFactory(authority=chance.choice(authorities))),
        lambda pilot: Pilot.objects.filter(pk=pilots.pop(pilots.index(pilot)).pk).delete(),
    ]
    assert plain(index()) == plain(read_index())
    for _ in range(60):
        for change in chance.sample(changes, chance.randint(1, 3)):
            change(chance.choice(pilots))
        assert plain(index()) == plain(read_index())


@pytest.mark.usefixtures("_fresh")
def test_only_what_changed_is_read_again(django_assert_max_num_queries, monkeypatch):
    pilots = [PublishedPilotFactory() for _ in range(3)]
    before = index()
    assert index() is before
    monkeypatch.setattr(kept, "read_index", pytest.fail)
    Pilot.objects.filter(pk=pilots[1].pk).update(status="draft")
    assert index().public == before.public - BitMap([pilots[1].pk])


@pytest.mark.django_db
def test_index_made_in_a_transaction_is_not_kept():
    kept._index.clear()
    pilot = PublishedPilotFactory()
    assert pilot.pk in index().public
    assert not kept._index._cached


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 1.0])
def test_any_part_of_any_choice_comes_in_order(share):
    chance = random.Random(3)
    ids = chance.sample(range(1, 1000), 200)
    order = Order(array("I", ids), lambda pk: (ids.index(pk), ""))
    chosen = BitMap(pk for pk in ids if chance.random() < share)
    expected = [pk for pk in ids if pk in chosen]
    for backwards, wanted in ((order, expected), (order.reversed(), expected[::-1])):
        for start in (0, 12, len(chosen) // 2 + 1, len(chosen) - 5, 190):
            start = max(start, 0)
            assert backwards.among(chosen, start, start + 12) == wanted[start : start + 12]
