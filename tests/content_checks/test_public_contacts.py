"""A public contact is the mailbox of a role: what looks like a person's is warned of."""

import pytest
from django.test import Client

from pilots.content_checks.public_contacts import looks_personal
from pilots.models import Authority
from pilots.workflow.check_report import run_checks
from tests import factories
from tests.admin.forms import address, submit


@pytest.mark.parametrize(
    ("mailbox", "is_personal"),
    [
        ("maria.known@town.example", True),
        ("J.Known@town.example", True),
        ("maria_known@town.example", True),
        ("prevention@town.example", False),
        ("prevention.unit@town.example", False),
        ("public.affairs@town.example", False),
        ("radicalisation-desk@town.example", False),
        ("info2@town.example", False),
        ("", False),
    ],
)
def test_first_and_last_name_make_a_person(mailbox: str, *, is_personal: bool) -> None:
    assert looks_personal(mailbox) is is_personal


@pytest.mark.django_db
def test_check_names_the_contact_of_the_authority_and_of_each_partner() -> None:
    pilot = factories.PilotFactory(
        authority__public_contact="maria.known@town.example",
        partners=[
            factories.PartnerFactory(public_contact="j.known@ngo.example"),
            factories.PartnerFactory(public_contact="office@ngo.example"),
        ],
    )
    factories.PartnerFactory(public_contact="not.theirs@ngo.example")
    found = [one for one in run_checks(pilot).open if one.code == "contact.personal"]
    assert {(one.path, one.excerpt, one.level) for one in found} == {
        (("authority",), "maria.known@town.example", "warns"),
        (("partners",), "j.known@ngo.example", "warns"),
    }


@pytest.mark.django_db
def test_admin_says_so_when_it_is_saved(admin_client: Client) -> None:
    row = factories.AuthorityFactory()
    submit(admin_client, address(row), public_contact=" Maria.Known@town.example ", website="town.example")
    saved = Authority.objects.get(pk=row.pk)
    assert (saved.public_contact, saved.website) == ("Maria.Known@town.example", "https://town.example")
    assert "looks like the address of a person" in admin_client.get(address(row)).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"public_contact": "no address"}, {"website": "javascript:alert(1)"}, {"website": "ftp://town.example"}]
)
def test_what_is_no_address_is_refused(admin_client: Client, wrong: dict[str, str]) -> None:
    row = factories.AuthorityFactory()
    assert submit(admin_client, address(row), **wrong).status_code == 200
    assert Authority.objects.get(pk=row.pk).website == ""
