"""Terms: what words are searched by, and which of a text's words are marked."""

import pytest
from whoosh.lang import languages

from community.search.seeking import terms_among
from community.search.words import CHANGE_INITIALS, reduce_word, terms_of

WORDS = {
    "en": "Dying skies happily lied ugly generic yellow",
    "de": "Überraschung Häuser größten Straßen ungefähr",
    "fr": "Écoles élèves œuvres été généralement",
    "sv": "Människorna åren öppnade ärligt",
    "tr": "Türkiye İstanbul çalışmak",
    "ru": "выборы мёд объявления",
}


@pytest.mark.parametrize("language", sorted(set(languages) - CHANGE_INITIALS))
def test_a_word_and_its_term_begin_alike(language):
    for word in " ".join(WORDS.values()).split():
        assert reduce_word(word, language)[:1] == reduce_word(word[0])[:1]


@pytest.mark.parametrize("language", WORDS)
def test_the_terms_among_a_text_are_those_that_are_wanted(language):
    text = WORDS[language]
    terms = list(terms_of(text, language))
    wanted = {terms[0].text, terms[-1].text}
    assert terms_among(text, wanted, language=language) == [terms[0], terms[-1]]
    assert terms_among(text, set(), (terms[1].text[:3],), language) == [terms[1]]
    assert terms_among(text, set(), language=language) == []


SURROUNDED = (
    ("hoping", "Hope, hopes and don't-hope's: hoped. Shophopes no hope"),
    ("dying", "They die; dies2.7dying a1die, 'died' o'died ﬁdie"),
    ("straße", "STRASSE Straßen Strassenbau naïve-straße"),
    ("2.7.4", "v2.7.4, 2.7.4 and 12.7.4"),
    ("日本", "日本hope 本日"),
    ("don't", "don’t DON'T do n't"),
    ("C++", "C++hope c# C+ c++"),
)


@pytest.mark.parametrize(("typed", "text"), SURROUNDED)
@pytest.mark.parametrize("language", ["", "en", "de", "ru"])
def test_no_word_is_overlooked_whatever_stands_around_it(typed, text, language):
    wanted = {term.text for term in terms_of(typed, language)}
    every = [term for term in terms_of(text, language) if term.text in wanted]
    assert terms_among(text, wanted, language=language) == every
