"""Signs that the fonts of a PDF have. Others cannot stand in a document that has to be readable for ever."""

# Code points, by Libertinus Serif, New Computer Modern and DejaVu Sans Mono as Typst brings them.
COVERED = """
20-7e a0-377 37a-37f 384-38a 38c 38e-3a1 3a3-4ff 510-513 51a-51d 531-556 559-58a 58d-58f 591-5c7 5d0-5ea 5ef-5f4
606-60c 615 61b 61f 621-63a 640-655 65a 660-66d 674 679-67b 67e-680 683-684 686-687 691 698 6a4 6a9 6af 6be 6cc
6f0-6f9 900-950 955-97f e3f e81-e82 e84 e87-e88 e8a e8d e94-e97 e99-e9f ea1-ea3 ea5 ea7 eaa-eab ead-eb9 ebb-ebc
ec8-ecd 10d0-10ff 13a0-13f5 13f8-13fd 1ab0-1ace 1d00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57 1f59 1f5b 1f5d
1f5f-1f7d 1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff2-1ff4 1ff6-1ffe 2000-2027 2029 202f-2040 2042
2044-2052 2054-2064 2070-2071 2074-208e 2090-209c 20a0-20c0 20d0-20f0 2100-211e 2120 2122 2124 2126-2151 2153-2184
2189 2190-23ff 2422-2423 2460-262f 2638-268b 2690-269c 26a0-26a7 26aa-26b2 2701-2704 2706-2709 270c-2727 2729-274b
274d 274f-2752 2756 2758-275e 2761-277f 2794 2798-27af 27b1-2b73 2b76-2b95 2b97-2bff 2c60-2cf3 2cf9-2cff 2e02-2e05
2e08-2e0a 2e17-2e18 2e1f 2e22-2e25 2e2e 3012 3016-3017 301a-301b 3030 3036 306e a46a-a46b a640-a641 a648-a649
a656-a657 a708-a716 a71b-a727 a72d a730 a735 a765 a789-a78e a790-a791 a793 a7aa a7f8-a7f9 ab52 ab66 ab70-abbf
fb00-fb06 fb13-fb17 fb1d-fb36 fb38-fb3c fb3e fb40-fb41 fb43-fb44 fb46-fb4f fb52-fb81 fb8a-fb95 fb9e-fb9f fbaa-fbad
fbe8-fbe9 fbfc-fbff fe00-fe01 fe20-fe2f fe66 fe70-fe74 fe76-fefc feff fff9-fffd
"""
# Stands for a sign that no font has.
MISSING = "□"
# Acts on the sign before it, or joins two; means nothing without them.
INVISIBLE = frozenset("\u200c\u200d\ufe0e\ufe0f\u00ad\u200b\u2060\ufeff")


def _code_points() -> frozenset[int]:
    ends = ((int(first, 16), int(last or first, 16)) for first, _, last in (r.partition("-") for r in COVERED.split()))
    return frozenset(code for first, last in ends for code in range(first, last + 1))


_COVERED = _code_points()


def shown(text: str) -> str:
    """A text with a box for each sign that the fonts do not have."""
    if text.isascii():
        return text
    return "".join(sign if ord(sign) in _COVERED or sign == "\n" else MISSING for sign in text if sign not in INVISIBLE)
