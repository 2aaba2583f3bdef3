"""Addresses as others change them, and what they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilots.browse.address_cleaning import PARAMETERS, Address, clean_query, ends_oddly, tidy_addresses, tidy_query

TRACKERS = [
    *["utm_source", "utm_medium", "UTM_CAMPAIGN", "utm_id", "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid"],
    *["gad_source", "gad_campaignid", "srsltid", "msclkid", "mc_cid", "mc_eid", "mtm_campaign", "matomo_kwd"],
    *["pk_campaign", "piwik_kwd", "yclid", "twclid", "ttclid", "igshid", "li_fat_id", "mkt_tok", "_hsenc", "_hsmi"],
    *[
        "hsCtaTracking",
        "hsa_acc",
        "vero_id",
        "oly_enc_id",
        "_ga",
        "_gl",
        "ref",
        "ref_src",
        "si",
        "epik",
        "fb_action_ids",
    ],
    *[
        "at_campaign",
        "wt_zmc",
        "wt.mc_id",
        "s_cid",
        "trk",
        "elqTrackId",
        "__hstc",
        "%75tm_source",
        "ml_subscriber_hash",
    ],
]
ADMIN = [
    "_popup",
    "_to_field",
    "_changelist_filters",
    "_facets",
    "e",
    "o",
    "all",
    "next",
    "id",
    "status__exact",
    "language",
]


@pytest.mark.parametrize("name", TRACKERS)
def test_what_tracks_people_is_dropped(name):
    assert clean_query(f"{name}=IwAR0x-_.%3D") == ""
    assert clean_query(f"country=FR&{name}=1&q=a") == "country=FR&q=a"
    assert clean_query(name) == ""


@pytest.mark.parametrize("name", [*sorted(PARAMETERS), *ADMIN, "colour", "reference", "attack", "format"])
def test_what_is_no_tracking_stays(name):
    assert clean_query(f"{name}=a%26b+c") == f"{name}=a%26b+c"


@pytest.mark.parametrize(
    ("changed", "meant"),
    [
        ("country=FR&amp;activity=training", "country=FR&activity=training"),
        ("country=FR&amp;amp;q=a", "country=FR&q=a"),
        ("country=FR&amp%3Bq=a&AMP;page=2", "country=FR&q=a&page=2"),
        ("amp;country=FR", "country=FR"),
        ("country=FR?utm_source=a&page=2", "country=FR&page=2"),
        ("country=FR&&.&=x&", "country=FR"),
        ("q=R%26amp%3BD", "q=R%26amp%3BD"),
        ("q=why?", "q=why?"),
    ],
)
def test_query_is_read_as_it_was_meant(changed, meant):
    assert clean_query(changed) == meant


@pytest.mark.parametrize(
    ("changed", "meant"),
    [
        *[("page=1.", "page=1"), ("country=FR&partner=efus).", "country=FR&partner=efus"), ("page=2%C2%A0", "page=2")],
        *[("country=FR%E2%80%9D", "country=FR"), ("keep=a/", "keep=a"), ("q=what?", "q=what?"), ("sort=-place", None)],
        *[("next=/admin/", None), ("page=1", None), ("", None), ("page", None), ("page=1.&x", None)],
        *[("country=<b>a</b>", None), ("sort=.", None), ("keep=%22x%22", None)],
    ],
)
def test_punctuation_behind_the_last_value_is_dropped(changed, meant):
    assert tidy_query(changed) == (changed if meant is None else meant)


@pytest.mark.parametrize(
    "end",
    [
        *[
            ".",
            ",",
            ")",
            ").",
            "”",
            "…",
            "\u00a0",
            "!",
            "?",
            ";",
            ":",
            "'",
            '"',
            "’",
            "»",
            ">",
            "]",
            "**",
            "|",
            "*)",
        ],
        *[
            "/.",
            "/,",
            "/)",
            "/).",
            "/”",
            "/…",
            "/\u00a0",
            "/…/",
            "//",
            "/./",
            "/ ",
            "/\u200b",
            "\ufeff",
            "/\u00ad",
            "/-",
            "_",
        ],
        *[
            "%20",
            "%2C",
            "/%E2%80%9D",
            "&quot;",
            "/&gt;",
            "/%C2%A0",
            "\\",
            "/index.html",
            "/Index.HTM",
            "/\u2019.",
            "/\n",
        ],
        *["/🙂", "✔️", "/\ufffd", "/?", "/#"],
    ],
    ids=ascii,
)
def test_what_stands_behind_a_path_is_no_part_of_it(end):
    assert Address("/pilots/avignon", "") in list(tidy_addresses(f"/pilots/avignon{end}", ""))


@pytest.mark.parametrize(
    ("changed", "meant"),
    [
        *[("//pilots/", "/pilots"), ("/pilots//avignon/", "/pilots/avignon"), ("/Pilots/AVIGNON/", "/pilots/avignon")],
        *[("/pilots/málaga/", "/pilots/malaga"), ("/pilots/ma\u0301laga/", "/pilots/malaga"), ("/", "/"), ("", "/")],
        *[("/pilots/<avignon>/", "/pilots/avignon"), ("/pilots/“avignon”/", "/pilots/avignon")],
        *[("/pilots/the hague/", "/pilots/the-hague"), ("/pilots/avi\u00adgnon/", "/pilots/avignon")],
        *[
            ("/pilots/Ærø/", "/pilots/aero"),
            ("/fr/Pilots/Málaga.", "/fr/pilots/malaga"),
            ("/robots.txt/", "/robots.txt"),
        ],
        *[("/.well-known/security.txt,", "/.well-known/security.txt"), ("\\\\evil.example\\", "/evil.example")],
    ],
)
def test_spelling_of_a_path_is_mended(changed, meant):
    assert [address.path for address in tidy_addresses(changed, "")][1] == meant


def test_nearest_comes_first_so_that_capitals_of_a_link_to_a_draft_stay():
    assert next(tidy_addresses("/preview/aB-_c-_.", "")).path == "/preview/aB-_c-_"


def test_encoded_marks_are_read_as_what_they_are():
    assert next(tidy_addresses("/pilots/?country=FR&page=2.", "keep=a")).location == "/pilots?country=FR&page=2.&keep=a"
    assert next(tidy_addresses("/pilots/avignon/#lessons", "keep=a")).location == "/pilots/avignon?keep=a#lessons"
    assert next(tidy_addresses('/pilots/avignon/#"><b>', "")).location == "/pilots/avignon"


@pytest.mark.parametrize("path", ["/", "/pilots/", "/pilots/avignon", "/preview/aB-_c-_/", "/robots.txt"])
def test_plain_address_is_left_as_it_is(path):
    assert not ends_oddly(path)
    assert next(tidy_addresses(path, "country=FR")) == Address(path.rstrip("/") or "/", "country=FR")


@given(path=st.text(max_size=40).map("/{}".format), query=st.text(st.characters(max_codepoint=255), max_size=40))
def test_no_address_leads_off_the_site_or_into_another_header(path, query):
    for address in tidy_addresses(path, query):
        where = address.location
        assert where.startswith("/")
        assert not where.startswith(("//", "/\\"))
        assert where.isascii()
        assert where.isprintable()
