"""XLSX files made by hand, as other programs and attackers write them."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATED = "http://purl.oclc.org/ooxml/officeDocument/relationships"
LISTED = "http://schemas.openxmlformats.org/package/2006/relationships"


def inline(*cells: str) -> str:
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells) + "</row>"


PLAIN = inline("slug", "title") + inline("one", "x")


def packed(members: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return data.getvalue()


def workbook(rows: str = PLAIN, *, head: str = "", strict: bool = False, **parts: str) -> bytes:
    """A workbook with these rows; `parts` are the insides of `styles` and `sharedStrings`."""
    main, related = (STRICT, STRICT_RELATED) if strict else (MAIN, RELATED)
    kinds = {"worksheet": "sheet", **{name: name for name in parts}}
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{related}/{kind}" Target="{name}.xml"/>'
        for n, (kind, name) in enumerate(kinds.items())
    )
    members = {
        "_rels/.rels": f'<Relationships xmlns="{LISTED}"><Relationship Id="r" Type="{related}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LISTED}">{relations}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{related}"><sheets><sheet name="a" sheetId="1" '
        'r:id="r0"/></sheets></workbook>',
        "xl/sheet.xml": f'{head}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    roots = {"styles": "styleSheet", "sharedStrings": "sst"}
    for name, part in parts.items():
        members[f"xl/{name}.xml"] = f'<{roots[name]} xmlns="{main}">{part}</{roots[name]}>'
    return packed(members)
