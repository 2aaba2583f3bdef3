"""From pilots to the drawing of who worked with whom: which of the lines, in which words."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.browse.partnerships import PartnerPilots
from pilots.browse.wording import PilotWording
from pilots.models import OrganisationInvolved, Partner, Pilot
from pilots.models.translation import current_language
from pilots.pictures.network import NARROW, WIDE, draw
from pilots.pictures.ties import Network, Node, Tie
from prepare_portal.phrases import all_of


@dataclass(frozen=True)
class Picture:
    """The drawing for wide and for narrow screens; `sentence` says what of the whole it leaves out."""

    wide: SafeString
    narrow: SafeString
    has_otherwise: bool
    sentence: str


@dataclass(frozen=True)
class NetworkLine:
    """A pilot of a partner; `organisations` are the names under which it took part, none when it was the partner."""

    partner: Partner
    pilot: Pilot
    organisations: tuple[OrganisationInvolved, ...] = ()

    @property
    def ends(self) -> tuple[str, str]:
        """The slugs of partner and authority: pilots with the same ends are one partnership."""
        return self.partner.slug, self.pilot.authority.slug


def picture_of(companies: list[PartnerPilots], trail: str = "", partnerships: int = 0) -> Picture | None:
    """Who worked with whom as a drawing, None when there is nothing to draw. No query when texts are there.

    `trail` is the query string that links to pilots get, `partnerships` of how many these are the strongest, or 0.
    """
    lines = [line for one in companies for line in lines_of(one)]
    if not lines:
        return None
    network = network_of(lines, {one.partner.slug: one.count for one in companies}, trail)
    heads, says = (_("Partners"), _("Authorities")), _("Who worked with whom")
    return Picture(
        draw(network, heads, says, WIDE),
        draw(network, heads, says, NARROW),
        any(line.organisations for line in lines),
        left_out_of_drawing(lines, partnerships) if partnerships else "",
    )


def lines_of(company: PartnerPilots) -> list[NetworkLine]:
    worked = [NetworkLine(company.partner, pilot) for pilot in company.pilots]
    return worked + [NetworkLine(company.partner, one.pilot, one.organisations) for one in company.involved]


def left_out_of_drawing(lines: list[NetworkLine], partnerships: int) -> str:
    """Say which of so many partnerships are drawn."""
    drawn = len({line.ends for line in lines})
    return ngettext(
        "Too many to draw: these are the %(shown)d strongest of %(total)d partnerships, those with the most pilots.",
        "Too many to draw: these are the %(shown)d strongest of %(total)d partnerships, those with the most pilots.",
        drawn,
    ) % {"shown": drawn, "total": partnerships}


def network_of(lines: list[NetworkLine], counts: dict[str, int], trail: str) -> Network:
    """The network of `lines`; `counts` says by slug how many pilots each partner has, drawn or not."""
    drawn = Counter(line.partner.slug for line in lines if not line.organisations)
    partners = {line.partner.slug: line.partner for line in lines}
    authorities = {line.pilot.authority.slug: line.pilot.authority for line in lines}
    return Network(
        {slug: partner_node(partner, drawn[slug], counts[slug]) for slug, partner in partners.items()},
        {slug: authority_node(authority) for slug, authority in authorities.items()},
        [tie_of(line, trail) for line in lines],
    )


def tie_of(line: NetworkLine, trail: str) -> Tie:
    said = {
        "partner": words(line.partner, "name"),
        "names": all_of([words(row, "name") for row in line.organisations]),
        "authority": words(line.pilot.authority, "name"),
        "title": words(line.pilot, "title"),
    }
    worked = _("%(authority)s with %(partner)s: %(title)s")
    took_part = _("%(names)s took part in the pilot of %(authority)s: %(title)s")
    return Tie(
        *line.ends,
        key=line.pilot.slug,
        says=(took_part if line.organisations else worked) % said,
        url=line.pilot.get_absolute_url() + trail,
        otherwise=bool(line.organisations),
    )


def partner_node(partner: Partner, drawn: int, count: int) -> Node:
    """A partner with how many of its pilots are drawn, of how many."""
    name = words(partner, "name")
    detail = ngettext("%(n)d pilot", "%(n)d pilots", count) % {"n": count}
    if not count:
        detail = _("took part otherwise")
    elif drawn < count:
        detail = PilotWording().part(drawn, count)
    says = _("%(name)s: %(detail)s") % {"name": name, "detail": detail}
    return Node(partner.slug, name, detail, says, partner.get_absolute_url(), other_language(partner))


def authority_node(authority: Any) -> Node:
    name, country = words(authority, "name"), str(authority.country.name)
    says = _("%(name)s, %(country)s") % {"name": name, "country": country}
    return Node(authority.slug, name, country, says, authority.get_absolute_url(), other_language(authority))


def other_language(row: Any) -> str:
    """The language of a name that is not in the page's."""
    language = str(row.text_in("name", current_language())[1])
    return "" if language == current_language() else language


def words(row: Any, field: str) -> str:
    """A text of `row` as plain text."""
    return str(row.text_in(field, current_language())[0])
