"""Every choice of every select: the page that the form leads to shows what was chosen, also where it is sent empty."""

from urllib.parse import urlencode

import pytest

from tests.pages.reading import Element, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)

PAGES = ("/pilots/", "/pilots/?q=training", "/lessons/", "/lessons/?q=training", "/lessons/?per_page=12", "/matrix/")


def chosen(select: Element) -> Element:
    """The option that a browser shows as chosen: the one marked, else the first."""
    options = select.all("option")
    return next((option for option in options if "selected" in option.attributes), options[0])


def sent(form: Element, changed: dict[str, str]) -> str:
    """The query string that a browser sends with a form, some fields changed."""
    hidden = [(field["name"], field["value"]) for field in form.all("input", type="hidden")]
    selects = {select["name"]: chosen(select)["value"] for select in form.all("select")}
    return urlencode([*hidden, *(selects | changed).items()])


@pytest.mark.parametrize("address", PAGES)
def test_each_option_of_each_select_is_chosen_on_the_page_it_leads_to(client, address):
    page = read(client.get(address))
    tried = 0
    for form in page.all("form"):
        words = [(box["name"], box["value"]) for box in page.all("input", type="search") if box.get("name")]
        for select in form.all("select"):
            for option in select.all("option"):
                query = f"{sent(form, {select['name']: option['value']})}&{urlencode(words)}"
                answer = read(client.get(f"{form['action']}?{query}"))
                assert chosen(answer.one("select", id=select["id"])).text == option.text, (select["id"], option.text)
                assert answer.texts("p", class_="note") == []
                tried += 1
    assert tried >= 7


@pytest.mark.parametrize(("address", "usual"), [("/pilots/", "12"), ("/lessons/", "24")])
def test_usual_size_of_the_page_is_left_out_of_the_address(client, address, usual):
    select = read(client.get(address)).one("select", id="per_page")
    assert [option.text for option in select.all("option")] == ["12", "24", "48", "96"]
    assert [option.text for option in select.all("option") if not option["value"]] == [usual]
    assert chosen(select).text == usual
