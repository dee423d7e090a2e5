"""What was written in Discourse's marks, or is known as HTML alone, reads the same here."""

import time

import pytest
from sqlalchemy import select

from community.database import session
from community.forum.models import Topic
from community.importers.discourse.marks import Neighbours, house_markdown
from community.texts.editing import editable_source
from community.texts.models import Format, Revision
from community.texts.preparation import prepare
from community.threads.actions import edit_post
from community.threads.models import Post
from community.viewer import viewer_of
from tests.community.importers.forum import bring_in, said, topic
from tests.community.markup.judge import faults

AROUND = Neighbours(
    post=lambda topic, number: "k3f9x2ab" if (topic, number) in ((None, 2), (12, 3)) else None,
    member={"mira": "mira", "tom": "tom-2", "gone": ""}.get,
    address="https://bees.example",
)


def post(number: int, title: str) -> Post:
    thread = session.scalars(select(Topic.thread_id).where(Topic.title == title)).one()
    chosen = select(Post).where(Post.thread_id == thread, Post.number == number)
    return session.scalars(chosen).one()


@pytest.mark.parametrize(
    "typed, turned",
    [
        ("**plain** _Markdown_", "**plain** _Markdown_"),
        ("[b]bold[/b] and [i] slanted [/i]", "**bold** and  *slanted* "),
        ("a[i] = b[i]", "a[i] = b[i]"),
        ("[b]open", "[b]open"),
        ("[url=https://a.example/x_(y)]here[/url]", "[here](<https://a.example/x_(y)>)"),
        ("[url]https://a.example[/url]", "https://a.example"),
        ("[img]https://a.example/b.png[/img]", "![](https://a.example/b.png)"),
        ("[color=red][u]red[/u][/color]", "red"),
        ("[list][*]one[*]two[/list]", "- one\n- two"),
        ("[ol][li]one[/li][li]two[/li][/ol]", "1. one\n1. two"),
        ('[details="More"]words[/details]', "**More**\n\nwords"),
        ("[code]a[i][/code]", "`a[i]`"),
        ("[code]\n[b]x[/b] :smile:\n[/code]", "```\n[b]x[/b] :smile:\n```"),
        ("[code]`a`\n```\nb[/code]", "````\n`a`\n```\nb\n````"),
        ("<pre><code>\n<b>x</b>\n</code></pre>", "```\n<b>x</b>\n```"),
        ("`[quote]` ```[b]x[/b]```", "`[quote]` ```[b]x[/b]```"),
        ("```\n[quote]\n```\n[b]x[/b]", "```\n[quote]\n```\n**x**"),
        (":slight_smile: :+1: 12:15:30 :mrgreen:", "🙂 👍 12:15:30 :mrgreen:"),
        ("<b>bold</b><br>next <span style='x'>s</span>", "**bold**\nnext s"),
        ("std::vector<int> v; a < b", "std::vector<int> v; a < b"),
        ('<img src="https://a.example/b.png" width=1>', "![](https://a.example/b.png)"),
        (
            "![hive|690x388, 50%](upload://aBc9.png) ![](upload://d.jpg)",
            "[hive](https://bees.example/uploads/short-url/aBc9.png) "
            "[d.jpg](https://bees.example/uploads/short-url/d.jpg)",
        ),
        ("![hive|690x388](https://a.example/b.png)", "![hive](https://a.example/b.png)"),
        (
            '[quote="mira, post:2"]\nFir.\n\nOr oak.\n[/quote]\nOak.',
            "> [!quote post=k3f9x2ab]\n>\n> Fir.\n>\n> Or oak.\n\n\nOak.",
        ),
        (
            '[quote="mira, post:3, topic:12, full:true"]x[/quote]',
            "> [!quote post=k3f9x2ab]\n>\n> x",
        ),
        ('[quote="tom, post:9, topic:7"]x[/quote]', "> @tom-2:\n>\n> x"),
        ('[quote="gone, post:9"]x[/quote]', "> x"),
        ("[quote=An *old* hand]x[/quote]", "> **An \\*old\\* hand:**\n>\n> x"),
        ("[quote]a[quote]b[/quote][/quote]", "> a\n>\n> > b"),
        ("[quote]\n[code]\na\nb\n[/code]\n[/quote]", "> ```\n> a\n> b\n> ```"),
    ],
)
def test_marks_are_turned_and_code_is_left_alone(typed, turned):
    assert house_markdown(typed, AROUND) == turned


@pytest.mark.parametrize(
    "piece",
    ["[quote]", "[code]", "[b]", "[/b]", "[*]", "`", "` ``", "```\n", "[url=", "<img ", "<a ",
     "![a](upload://", "[quote]a[/quote]", ":a:", "<b>", "[li]x", '[quote="a, post:1"]', "<pre>"],
)  # fmt: skip
def test_no_text_takes_long_to_turn(piece):
    began = time.process_time()
    house_markdown(piece * (130_000 // len(piece)), AROUND)
    assert time.process_time() - began < 10


def test_a_quotation_leads_to_its_post_also_in_another_topic(app, database, tmp_path):
    here = said(2, "tilda", '[quote="mira, post:1, topic:21"]\nFir?\n[/quote]\nOak, @mira.')
    there = said(3, "tilda", '[quote="Jo.Berg, post:2, topic:22"]\nWax.\n[/quote]\nSee there.')
    lost = said(4, "tilda", '[quote="mira, post:2, topic:99"]\nNo.\n[/quote]\nGone.')
    later = topic(22, "Later", said(1, "mira", "Wax?"), said(2, "Jo.Berg", "Wax."))
    forum = topic(21, "Honey", said(1, "mira", "Fir?"), here, there, lost), later
    report = bring_in(tmp_path, *forum)
    for number, quoted in ((2, post(1, "Honey")), (3, post(2, "Later"))):
        text = post(number, "Honey").text
        assert f"[!quote post={quoted.public_id}]" in text.source
        assert f'<a href="/posts/{quoted.public_id}">{quoted.author.name}</a>' in text.html
        revision = select(Revision.source).where(Revision.text_id == text.id)
        assert session.scalars(revision).one() == text.source
    assert post(4, "Honey").text.source.startswith("> @mira:")
    assert (report.written["quotes"], len(report.refused)) == (1, 1)
    assert bring_in(tmp_path, *forum).written.total() == 0


HOSTILE = (
    '<p onclick="alert(1)">Fine <b>honey</b> <script>alert(2)</script>'
    '<a href="javascript:alert(3)">jar</a> <img src="x" onerror="alert(4)">'
    '<img class="emoji" alt=":bee:" title=":bee:" src="https://cdn.example/bee.png"></p>'
    '<aside class="quote no-group" data-username="mira&quot;&gt;&lt;script&gt;" data-post="1" '
    'data-topic="31"><div class="title"><div class="quote-controls"></div>'
    '<img src="/a.png" class="avatar"> mira:</div><blockquote><p>Which?</p></blockquote></aside>'
    '<iframe src="https://evil.example"></iframe><a class="mention" href="/u/mira">@mira</a>'
)


def test_a_post_that_is_html_alone_is_cleaned_and_can_be_edited(app, database, cast, tmp_path):
    cooked = said(2, "tilda", None, cooked=HOSTILE)
    bring_in(tmp_path, topic(31, "Jars", said(1, "mira", "Which?"), cooked))
    kept = post(2, "Jars")
    assert kept.text.format == Format.HTML
    assert faults(kept.text.html) == []
    assert "<b>honey</b>" in kept.text.html
    assert "🐝" in kept.text.html and "alert" not in kept.text.html.replace("alert(4)", "")
    assert '<a href="/t/-/31/1">' in kept.text.html
    source = editable_source(kept.text)
    assert "**honey**" in source and "> Which?" in source and "@mira" in source
    edit_post(kept, prepare(source + "\nMore."), by=viewer_of(cast.al), base=1)
    assert kept.text.format == Format.MARKDOWN
    assert "<strong>honey</strong>" in kept.text.html
