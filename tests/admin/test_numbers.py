"""Coordinates and figures are read as people write them; what can be read in two ways is refused with a sentence."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from pilots.admin.pilot.numbers import DecimalInput, LatitudeInput, LongitudeInput
from pilots.models import Authority
from tests.admin.forms import address, change, errors, submit
from tests.factories import AuthorityFactory, KeyFigureFactory, PilotFactory

READ = [
    (LatitudeInput, "36.72016", "36.72016"),
    (LatitudeInput, "36,72016", "36.72016"),
    (LatitudeInput, "51,34", "51.34"),
    (LatitudeInput, "51,340", "51.34"),
    (LatitudeInput, " 36.72° ", "36.72"),
    (LatitudeInput, "36.72 ° N", "36.72"),
    (LatitudeInput, "N 36,72°", "36.72"),
    (LatitudeInput, "36.72s", "-36.72"),
    (LatitudeInput, "36.721273880457075", "36.72127"),
    (LatitudeInput, "+43", "43"),
    (LatitudeInput, "３６.７２", "36.72"),
    (LatitudeInput, "36.72\u00a0", "36.72"),
    (LatitudeInput, "\u200b36.72\u200e", "36.72"),
    (LatitudeInput, "\u202a36,72\u202c", "36.72"),
    (LatitudeInput, "36.72º N", "36.72"),
    (LatitudeInput, "36.72˚", "36.72"),
    (LongitudeInput, "\u22124.42", "-4.42"),
    (LongitudeInput, "–4,42", "-4.42"),
    (LongitudeInput, "- 4.42", "-4.42"),
    (LongitudeInput, "4.42° W", "-4.42"),
    (LongitudeInput, "W4.42", "-4.42"),
    (LongitudeInput, "4.42e", "4.42"),
    (LongitudeInput, "0", "0"),
    (DecimalInput, "2,5", "2.5"),
    (DecimalInput, "51,34", "51.34"),
    (DecimalInput, "1 200", "1200"),
    (DecimalInput, "12\u202f000\u00a0000", "12000000"),
    (DecimalInput, "0,125", "0.125"),
    (DecimalInput, "1200", "1200"),
    (DecimalInput, "0.125", "0.125"),
    (DecimalInput, "1200.125", "1200.125"),
]
REFUSED = [
    *[(LatitudeInput, said) for said in ("36 72016", "36.72016, -4.42034", "36° 43' 12\"", "36.72 E", "-36.72 S")],
    *[(LatitudeInput, said) for said in ("N36.72N", "36.72.1", "1.234,5", "1,234,5", "abc", "1e5", "NaN", "٣٦", "--4")],
    *[(LatitudeInput, said) for said in ("9" * 5000, "N", "°", "36,", ",5", "36.72 O")],
    *[(LongitudeInput, said) for said in ("4.42 N", "4.42 O", "-4.42 W", "4 42")],
    *[
        (DecimalInput, said)
        for said in ("1,200", "1.200", "-1.200", "12.345", "1.200,5", "12 00", "1,2,3", "about 5", "Infinity", "1_000")
    ],
]


@pytest.mark.parametrize(("field", "said", "number"), READ)
def test_plain_numbers_are_read(field: type[DecimalInput], said: str, number: str) -> None:
    assert field(max_digits=14, decimal_places=5).clean(said) == Decimal(number)


@pytest.mark.parametrize(("field", "said"), REFUSED)
def test_what_is_not_plain_is_refused_with_what_was_said_and_how_to_write_it(
    field: type[DecimalInput], said: str
) -> None:
    form_field = field(max_digits=14, decimal_places=5)
    with pytest.raises(Exception, match=r"cannot be read as one number|can be read in two ways") as refusal:
        form_field.clean(said)
    assert said[:20].replace("\0", "") in " ".join(refusal.value.messages).replace("\0", "")  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_coordinates_with_commas_and_a_true_minus_are_saved(admin_client: Client) -> None:
    authority = AuthorityFactory()
    change(admin_client, authority, latitude="36,72016", longitude="\u22124.42")
    row = Authority.objects.get()
    assert (row.latitude, row.longitude) == (Decimal("36.72016"), Decimal("-4.42"))
    page = admin_client.get(address(row)).content.decode()
    assert 'inputmode="decimal"' in page
    assert 'type="number" name="latitude"' not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "words"), [({"latitude": "91"}, "90"), ({"latitude": "5134", "longitude": "4"}, "90")]
)
def test_places_that_are_not_on_earth_are_refused(typed: dict[str, Any], words: str, admin_client: Client) -> None:
    response = submit(admin_client, address(AuthorityFactory()), **typed)
    assert response.status_code == 200
    assert words in errors(response)


@pytest.mark.django_db
def test_figure_with_a_decimal_comma_is_saved_and_an_unclear_one_refused(admin_client: Client) -> None:
    pilot = PilotFactory()
    KeyFigureFactory(pilot=pilot, number=1, value=15)
    change(admin_client, pilot, **{"key_figures-0-value": "2,5"})
    assert pilot.key_figures.get().value == Decimal("2.5")
    for unclear, ways in (("1,200", "Write 1200, or 1.2."), ("1.200", "Write 1200, or 1.2."), ("1.234", "or 1.23.")):
        response = submit(admin_client, address(pilot), **{"key_figures-0-value": unclear})
        assert f"“{unclear}” can be read in two ways." in errors(response)
        assert ways in errors(response)
