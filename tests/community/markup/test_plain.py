"""Plain text, excerpts and unstorable characters."""

import pytest

from community.markup import excerpt, find_unstorable, plain_text, quote, trusted
from community.markup.characters import replace_unstorable
from community.markup.plain import excerpt_of


def test_a_block_is_a_line():
    assert plain_text("<h3>A</h3>\n<p>b  <em>c</em><br>d</p><ul><li>e</li></ul>") == "A\nb c\nd\ne"


def test_cells_stand_apart_and_code_keeps_its_lines():
    assert plain_text("<table><tr><td>1</td><td>2</td></tr></table><pre>a\nb</pre>") == "1 2\na\nb"


def test_pictures_are_their_words_and_way_back_arrows_are_nothing():
    arrow = '<a class="footnote-backref" href="#a">↩</a>'
    html = f'<p><img alt="a cat" src="/x"> <img src="/y">x {arrow} y</p>'
    assert plain_text(html) == "a cat x y"


def test_an_excerpt_says_what_the_author_wrote():
    assert (
        excerpt_of("<blockquote><p>theirs</p></blockquote><p>mine &amp; more</p>") == "mine & more"
    )
    assert excerpt_of("<blockquote><p>theirs</p></blockquote>") == "theirs"


@pytest.mark.parametrize(
    ("text", "length", "cut"),
    [
        ("short", 10, "short"),
        ("one two three", 9, "one two…"),
        ("one two three", 7, "one two…"),
        ("a" * 20, 10, "a" * 9 + "…"),
        (" a\n b ", 9, "a b"),
    ],
)
def test_an_excerpt_ends_between_words(text, length, cut):
    assert excerpt(text, length) == cut


@pytest.mark.parametrize(
    ("text", "place"),
    [("fine ☑", None), ("ab\x00", 2), ("a\ud800", 1), (b"ok", None), (b"ab\xff", 2), (b"a\x00", 1)],
)
def test_what_cannot_be_stored_is_pointed_at(text, place):
    assert find_unstorable(text) == place


def test_what_cannot_be_stored_can_be_replaced():
    assert replace_unstorable("a\x00b\udfff") == "a\ufffdb\ufffd"


def test_a_quotation_is_a_quote_with_its_source_first():
    assert quote("one\n\ntwo\n", post="k3f9x2ab") == "> [!quote post=k3f9x2ab]\n> one\n>\n> two\n\n"


def test_trusted_html_is_not_escaped_again():
    assert trusted("<b>").__html__() == "<b>"
