"""Packs as PDF: by Typst, tagged for screen readers (PDF/UA-1) and fit to be kept (PDF/A-2a)."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from pilots.exports.documents.glyphs import shown
from pilots.exports.documents.pack import Pack

TEMPLATE = Path(__file__).with_name("pack.typ")


def to_pdf(pack: Pack) -> bytes:
    """The pack as a PDF, the same bytes on every machine: nothing of the system and nothing of the network is used."""
    import typst  # 80 MB, needed only when a pack is made

    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        font_paths=_fonts(),
        sys_inputs={"pack": to_json(pack)},
    )


def to_json(pack: Pack) -> str:
    """What the template is given."""
    return json.dumps(_shown(asdict(pack)) | {"day": [pack.day.year, pack.day.month, pack.day.day]}, default=str)


def _shown(value: Any) -> Any:
    """The values with signs in them that the fonts have."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {key: _shown(one) for key, one in value.items()}
    return [_shown(one) for one in value] if isinstance(value, list | tuple) else value


@cache
def _fonts() -> Any:
    """The fonts that come with Typst."""
    import typst

    return typst.Fonts(include_system_fonts=False)
