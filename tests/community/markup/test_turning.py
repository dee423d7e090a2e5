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


@pytest.mark.parametrize("html", ["", "</p></div>", "<p>open <em>never closed", "<" * 5000])
def test_broken_html_is_turned_too(html):
    assert isinstance(to_markdown(html), str)
