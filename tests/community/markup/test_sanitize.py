"""Nothing that anybody writes or imports may run, load from elsewhere or deceive."""

import pytest

from community.markup.addresses import is_external, permitted_address
from community.markup.cleaning import TooLarge, clean
from community.markup.composing import purify
from tests.community.markup.corpora import combinations, payloads
from tests.community.markup.judge import faults

KNOWN = {"ada": "ada"}
QUOTES = {"k3f9x2ab": ["/t/a", "<img src=x onerror=alert(1)>"]}


class AnyPage(dict):
    """Every title is a page, at an address made of it: worse than any resolver we have."""

    def __contains__(self, title):
        return True

    def __getitem__(self, title):
        return [title, False]


def _composed(writer, text):
    return writer.compose(text, key="t1", known=KNOWN, pages=AnyPage(), quotes=QUOTES)["html"]


def test_no_payload_survives_in_any_container(writer):
    bad = [
        (name, payload, found)
        for payload, name, text in combinations(every=4)
        if (found := faults(_composed(writer, text)))
    ]
    assert bad == []


@pytest.mark.soak
def test_no_payload_survives_in_every_container(writer):
    bad = [
        (name, payload, found)
        for payload, name, text in combinations()
        if (found := faults(_composed(writer, text)))
    ]
    assert bad == []


def test_no_payload_survives_an_import():
    assert [(p, found) for p in payloads() if (found := faults(purify(p)["html"]))] == []


def test_cleaning_twice_changes_nothing(writer):
    texts = [_composed(writer, text) for _, _, text in combinations(every=40)] + [
        clean(p) for p in payloads()
    ]
    assert [html for html in texts if clean(html, key="t1") != html] == []


def test_the_judge_sees_what_must_not_be():
    for bad in (
        "<script>x</script>",
        "<a href='java\tscript:x'>",
        "<b onclick=x>",
        "<img src=//e.org/x>",
        "<img src='https://e.org'>",
        "<a href='https://e.org'>",
        "<!-- x -->",
        "<p style='x'>",
        "<a href='\x01javascript:x'>",
        "<a href='data:x'>",
        "<svg>",
    ):
        assert faults(bad), bad


@pytest.mark.parametrize(
    ("address", "becomes"),
    [
        ("https://e.org/a", "https://e.org/a"),
        ("HTTP://e.org", "HTTP://e.org"),
        ("mailto:a@e.org?bcc=x@y.z", "mailto:a@e.org"),
        ("/t/a?b=c:d#e", "/t/a?b=c:d#e"),
        ("page", "page"),
        (" /t/a ", "/t/a"),
        ("/a b", "/a%20b"),
        ("javascript:x", None),
        ("JaVa\tScript:x", None),
        ("data:text/html,x", None),
        ("ftp://e.org", None),
        ("https:e.org", None),
        ("1a:b", None),
        ("/\\e.org", None),
        ("https://e.org/\u202egpj.exe", "https://e.org/%E2%80%AEgpj.exe"),
    ],
)
def test_an_address_is_kept_repaired_or_refused(address, becomes):
    assert permitted_address(address) == becomes


def test_what_is_outside():
    assert is_external("//e.org", "") and is_external("https://e.org", "https://ours.org")
    assert not is_external("https://ours.org/x", "https://ours.org") and not is_external(
        "https://ours.org", "https://ours.org"
    )
    assert not is_external("/x", "") and not is_external("mailto:a@b", "")


def test_imported_headings_stand_below_those_of_the_page():
    assert purify("<h1>a</h1><h2>b</h2><h5>c</h5>")["html"] == "<h3>a</h3><h3>b</h3><h5>c</h5>"


def test_imported_ids_and_foreign_classes_are_dropped():
    assert clean('<h2 id="main" class="evil">a</h2><p id="x" class="quote__source evil">b</p>') == (
        '<h2>a</h2><p class="quote__source">b</p>'
    )


def test_imported_pictures_of_others_become_links_and_smileys_words():
    assert (
        clean('<img src="/a.png">') == '<img src="/a.png" alt="" loading="lazy" decoding="async">'
    )
    assert clean('<img src="//e.org/a.png" alt="a">').startswith('<a href="//e.org/a.png" rel=')
    assert clean('<img src="https://e.org/s.png" alt=":smile:">') == ":smile:"
    assert clean('<img alt="no source">') == "no source"
    assert clean('<img src="mailto:x@y.z" alt="odd">') == "odd"
    assert clean('<img src="https://e.org/a.png">').endswith(">https://e.org/a.png</a>")
    assert clean('<a href="/x"><img src="/a.png" alt="a"></a>').count("<img") == 1


def test_imported_sizes_and_alignments_are_numbers_and_names():
    assert clean('<img src="/a" alt="" width="10" height="9e9">').count('width="10"') == 1
    assert "height" not in clean('<img src="/a" alt="" height="9e9">')
    table = "<table><tbody><tr><td{}>a</td><td{}>b</td></tr></tbody></table>"
    assert clean(table.format(' align="left"', ' align="x"')) == table.format(' align="left"', "")
    assert clean('<a href="/x" title="">x</a>') == '<a href="/x">x</a>'


def test_markup_inside_an_attribute_is_not_taken_for_markup():
    html = clean(
        '<a href="/x" title="<img src=https://e.org/x.png><a href=&quot;https://e.org&quot;>">x</a>'
    )
    assert faults(html) == [] and html.count("rel=") == 0


def test_a_page_of_nothing_but_tags_is_not_begun():
    with pytest.raises(TooLarge):
        clean("<b>" * 80_001)
