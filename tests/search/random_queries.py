"""Searches as people type them, and as nobody should: words of entries, and the signs of query languages."""

from hypothesis import strategies as st

WORDS = """
avignon Avinon ROTTERDAM malaga Málaga training trained probation prison l'hospitalet de-radicalisation
clichy-sous-bois PJJ MAR formers France sweden the of de la young offenders risk-assessment 2019 x
""".split()  # noqa: SIM905
SIGNS = r"""
AND OR NOT NEAR NEAR(a,5) near/3 * ^ : ( ) { } [ ] + - -- & | ! !! <-> <2> \ / ' '' " "" “ ” „ « » ` ; % _
title: {title}: title:prison names:a :* prison* ^prison -{title}:a "a"* pri*son $1 %s ?1 :all :en:train
:activity_types:1 &amp; <mark> <script> '; DROP TABLE x; -- 🙂 ﷽ ̀ İ ß ﬁ Ⅳ ½ ˈ ʼ ０１ 日本語 עברית
""".split()  # noqa: SIM905
SIGNS += ["\u200b", "\u00ad", "\u0301", "\u200d", "\ufeff", "x\u0301y", "👩\u200d👧"]

pieces = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(SIGNS),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12),
    st.builds("-{}".format, st.sampled_from(WORDS)),
    st.builds('"{} {}"'.format, st.sampled_from(WORDS), st.sampled_from(WORDS + SIGNS)),
    st.builds("{}{}".format, st.sampled_from(SIGNS), st.sampled_from(WORDS)),
)
queries = st.lists(pieces, max_size=30).flatmap(lambda some: st.sampled_from([" ".join(some), "".join(some)]))
