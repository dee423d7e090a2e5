"""What a text becomes."""

import json
import re

import pytest

from community.markup import rename_mention
from tests.community.markup.corpora import shared

CONFORMANCE_FLOOR = 370


def test_emphasis_code_and_struck_words(compose):
    assert (
        compose("*a* **b** ~~c~~ `d`")
        == "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>"
    )


def test_a_tag_is_shown_and_not_obeyed(compose):
    assert (
        compose("<b>x</b> <script>alert(1)</script>")
        == "<p>&lt;b&gt;x&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )


def test_a_block_of_html_is_shown_and_not_obeyed(compose):
    assert "<div onclick" not in compose('<div onclick="x()">\n\nwords\n\n</div>')


def test_a_line_ends_where_it_was_typed(compose):
    assert (
        compose("one\ntwo") == "<p>one<br>\ntwo</p>" or compose("one\ntwo") == "<p>one<br>two</p>"
    )


def test_a_wrapped_import_has_no_line_breaks(compose):
    assert compose("one\ntwo", line_breaks=False) == "<p>one\ntwo</p>"


def test_a_list_may_follow_its_introduction_directly(compose):
    html = compose("Three things:\n- a\n- b")
    assert html.startswith("<p>Three things:</p>") and html.count("<li>") == 2


def test_a_lazy_line_does_not_cut_a_list_in_two(compose):
    assert compose("- a\nand more\n- b").count("<ul>") == 1


def test_a_dash_in_a_quote_or_code_stays_where_it_is(compose):
    assert "<ul>" not in compose("    code\n    - not a list in here")
    assert compose("> said\n> more").count("<blockquote>") == 1


def test_code_names_its_language_or_is_left_plain(compose):
    assert '<span class="k">def</span>' in compose("```python\ndef f(): pass\n```")
    assert "<span class" not in compose("```\ndef f(): pass\n```")


def test_a_fence_may_stand_in_a_list(compose):
    assert "<pre>" in compose("- a\n\n    ```\n    code\n    ```\n")


def test_task_items_have_a_box_without_being_form_fields(compose):
    html = compose("- [ ] open\n- [x] done\n- not one")
    assert (
        html.count('<li class="task">') == 2
        and "☐" in html
        and "☑" in html
        and "<input" not in html
    )


def test_task_items_in_a_loose_list(compose):
    assert compose("- [ ] open\n\n- [X] done").count('class="task"') == 2


def test_an_empty_item_is_no_task(compose):
    assert "task" not in compose("- \n- x")


def test_table_columns_are_aligned_without_style(compose):
    html = compose("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert '<td align="right">2</td>' in html and "style" not in html


def test_a_bare_address_is_a_link_outside(compose):
    assert compose("see https://example.com/x.") == (
        '<p>see <a href="https://example.com/x" rel="nofollow ugc noopener noreferrer">https://example.com/x</a>.</p>'
    )


def test_an_address_of_ours_is_no_outside_link(compose):
    assert "rel=" not in compose("https://ours.example/t/1", home="https://ours.example")
    assert "rel=" in compose("https://ours.example.evil.org/", home="https://ours.example")


def test_a_picture_from_elsewhere_is_a_link(compose):
    html = compose("![a cat](https://example.com/cat.png)")
    assert "<img" not in html and ">a cat</a>" in html


def test_a_picture_of_ours_is_shown(compose):
    assert compose("![a cat](/attachments/1.png)") == (
        '<p><img alt="a cat" src="/attachments/1.png" loading="lazy" decoding="async"></p>'
    )


def test_a_linked_picture_from_elsewhere_leaves_its_words(compose):
    assert compose("[![a cat](https://x.org/c.png)](/t/1)") == '<p><a href="/t/1">a cat</a></p>'


def test_headings_stand_below_those_of_the_page(compose):
    html = compose("# a\n## b\n##### c")
    assert re.findall(r"<h(\d)", html) == ["3", "4", "6"]
    assert compose("# a", top_heading=2).startswith("<h2")


def test_headings_have_names_of_their_own(compose):
    assert re.findall('id="([^"]*)"', compose("# Same\n# Same\n# ¡!")) == [
        "t1-same",
        "t1-same-2",
        "t1-section",
    ]


def test_a_link_to_a_heading_of_the_text_finds_it(compose):
    assert '<a href="#t1-how-to">' in compose(
        "[there](#how-to) [no](#other) [t](how-to)\n\n# How to"
    )


def test_headings_are_listed_for_a_table_of_contents(writer):
    assert writer.compose("# A `b` & c", key="t1")["headings"] == [[3, "t1-a-b-c", "A b & c"]]


def test_footnotes_of_two_posts_never_share_an_id(compose):
    first, second = (compose("a[^1] b[^1]\n\n[^1]: note", key=key) for key in ("t1", "t2"))
    assert set(re.findall('id="([^"]*)"', first)).isdisjoint(re.findall('id="([^"]*)"', second))
    assert {f"#{name}" for name in re.findall('id="([^"]*)"', first)} >= set(
        re.findall('href="(#[^"]*)"', first)
    )


@pytest.mark.parametrize(
    "source", ["@ada", "(@ada)", "hi @ada, you", "**@ada**", "@ADA.", "- @ada", "@ada's"]
)
def test_a_member_is_mentioned(writer, source):
    assert writer.compose(source, known={"ada": "ada"})["mentions"] == ["ada"]


@pytest.mark.parametrize(
    "source",
    [
        "`@ada`",
        "    @ada",
        "```\n@ada\n```",
        "x@ada",
        "https://x.org/@ada",
        "@nobody",
        r"\@ada",
        "[@ada](/t/1)",
    ],
)
def test_not_everything_with_an_at_sign_is_a_mention(writer, source):
    assert writer.compose(source, known={"ada": "ada"})["mentions"] == []


def test_a_mention_links_to_the_person(compose):
    assert (
        compose("@Ada", known={"ada": "ada"})
        == '<p><a class="mention" href="/people/ada">@ada</a></p>'
    )


def test_quoting_a_mention_is_not_mentioning_again(writer):
    answer = writer.compose("> @ada\n\n@ben @ben", known={"ada": "ada", "ben": "ben"})
    assert answer["mentions"] == ["ben"] and 'href="/people/ada"' in answer["html"]


def test_a_new_name_reaches_old_mentions():
    source = "@Ada and @adamant, a@ada @ben `@ada`"
    assert (
        rename_mention(source, username="ada", to="@eve") == "@eve and @adamant, a@ada @ben `@eve`"
    )


def test_page_links_lead_to_pages_and_to_those_not_yet_written(compose):
    pages = {"Home": ["/wiki/a/home", True], "New one": ["/wiki/a/new-one", False]}
    html = compose("[[Home]] [[New one|write it]] [[Secret]]", pages=pages)
    assert '<a class="page-link" href="/wiki/a/home">Home</a>' in html
    assert '<a class="page-link page-link--missing" href="/wiki/a/new-one">write it</a>' in html
    assert "[[Secret]]" in html


def test_a_quotation_names_its_source(writer):
    answer = writer.compose(
        "> [!quote post=k3f9x2ab]\n> words", quotes={"k3f9x2ab": ["/t/a?post=2", "Ben <b>"]}
    )
    assert '<cite><a href="/t/a?post=2">Ben &lt;b&gt;</a></cite>' in answer["html"]
    assert "words" in answer["html"] and "[!quote" not in answer["html"]
    assert answer["quotes"] == ["k3f9x2ab"]


def test_a_quotation_without_a_known_source_is_a_plain_quote(compose):
    assert (
        compose("> [!quote post=k3f9x2ab]\n> words").replace("\n", "")
        == "<blockquote><p>words</p></blockquote>"
    )


def test_a_quotation_may_consist_of_its_mark_or_of_blocks(compose):
    assert compose("> [!quote post=k3f9x2ab]").replace("\n", "") == "<blockquote></blockquote>"
    assert "<ul>" in compose("> - a\n> - b")


def test_links_are_listed_without_mentions_and_fragments(writer):
    answer = writer.compose('[a](/x "t") https://e.org/?a=1&b=2 @ada [f](#f)', known={"ada": "ada"})
    assert answer["links"] == ["/x", "https://e.org/?a=1&b=2"]


def test_a_writer_keeps_nothing_from_one_text_to_the_next(writer, compose):
    compose("a[^1] [b] @ada\n\n[^1]: note\n[b]: /b", known={"ada": "ada"})
    assert compose("a[^1] [b] @ada") == "<p>a[^1] [b] @ada</p>"


def test_conformance_with_commonmark_does_not_fall(writer, record_property):
    examples = json.loads((shared("commonmark") / "spec.json").read_text())
    plain = [
        e
        for e in examples
        if _comparable(writer.compose(e["markdown"], line_breaks=False, top_heading=1)["html"])
        == _comparable(e["html"])
    ]
    record_property("commonmark", f"{len(plain)}/{len(examples)}")
    print(f"CommonMark 0.31.2: {len(plain)} of {len(examples)} (raw HTML, which is off, included)")
    assert len(plain) >= CONFORMANCE_FLOOR


def _comparable(html: str) -> str:
    """Without what is ours on purpose (ids, rel, highlighting) and without space between tags."""
    html = (
        re.sub(r' (?:id|rel|class|loading|decoding)="[^"]*"', "", html)
        .replace(" />", ">")
        .replace("&quot;", '"')
    )
    html = re.sub(r"<(?:/?div|span)>(?:</span>)?|</span>", "", html)
    return re.sub(r">\s+<", "><", re.sub(r"\s*\n\s*", "\n", html)).strip()
