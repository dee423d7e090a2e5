"""Imported HTML, turned into the Markdown one would have typed."""

import pytest

from community.markup import render, to_markdown

TEXTS = [
    "Plain *words* and **loud** ones.\n",
    "# A heading\n\nThen text.\n",
    "- one\n- two\n",
    "1. first\n1. second\n",
    "> quoted\n>\n> twice\n",
    "```\nx = 1\n\ny = a * b * c\n```\n",
    "Call `a * b`, see [here](https://example.org/x).\n",
    "Not \\*emphasis\\*, not a \\[link\\].\n",
]


@pytest.mark.parametrize("source", TEXTS)
def test_turned_and_rendered_again_it_looks_the_same(source):
    html = render(source, key="k").html
    assert render(to_markdown(html), key="k").html == html


def test_lists_within_lists_stay_within():
    html = "<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>"
    assert to_markdown(html) == "- one\n  - inner\n- two\n"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>one<br>two</p>", "one\ntwo\n"),
        ("<p>before</p><hr><p>after</p>", "before\n\n---\n\nafter\n"),
        ('<p><img src="/files/a/b.png" alt="a map"></p>', "![a map](/files/a/b.png)\n"),
        ("<p><img></p>", "![]()\n"),
        ("<table><tr><th>Year</th><td>1923</td></tr></table>", "Year 1923\n"),
        ("<dl><dt>Rook</dt><dd>a bird</dd></dl>", "Rook a bird\n"),
        (
            "<p>a <sup>raised</sup> word, <em> </em>and <a>no link</a></p>",
            "a raised word,  and no link\n",
        ),
    ],
)
def test_breaks_rules_pictures_and_tables_keep_their_words(html, markdown):
    assert to_markdown(html) == markdown


@pytest.mark.parametrize("html", ["", "</p></div>", "<p>open <em>never closed", "<" * 5000])
def test_broken_html_is_turned_too(html):
    assert isinstance(to_markdown(html), str)
