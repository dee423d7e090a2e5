"""How templates call macros and write values."""

import pytest
from flask import current_app
from flask_babel import get_babel
from markupsafe import Markup
from werkzeug.local import LocalProxy

from community.calling import Remembered
from community.i18n import PseudoDomain

MACROS = """
{% macro named(first, second="two") -%}{{ first }}, {{ second }}{%- endmacro %}
{% macro around(word) -%}<b>{{ word }}</b>{{ caller() if caller is defined }}{%- endmacro %}
{% macro greeting(name) -%}{{ _("Home") }} {{ name }}{%- endmacro %}
"""


@pytest.fixture
def page(sqlite_app):
    def render(source: str, **context) -> str:
        return current_app.jinja_env.from_string(MACROS + source).render(context).strip()

    with sqlite_app.test_request_context():
        yield render


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("<b> & 'x'", "&lt;b&gt; &amp; &#39;x&#39;"),
        (Markup("<b>"), "<b>"),
        (7, "7"),
        (True, "True"),
        (None, "None"),
        (LocalProxy(lambda: "<b>"), "&lt;b&gt;"),
    ],
)
def test_values_are_escaped(page, value, shown):
    assert page("{{ value }}", value=value) == shown
    assert page("{{ named(value, second='') }}", value=value) == f"{shown},"


def test_what_a_sentence_is_given_is_escaped(page):
    said = page('{{ _("for %(title)s", title=title) }}', title="<b>")
    assert said == "for &lt;b&gt;"
    count = LocalProxy(lambda: 3)
    assert page('{{ ngettext("%(num)d vote", "%(num)d votes", count) }}', count=count) == "3 votes"


def test_macros_take_names_defaults_and_a_body(page):
    assert page("{{ named(second=1, first=2) }}; {{ named(3) }}") == "2, 1; 3, two"
    assert page("{% call around('in') %}<i>{% endcall %}{{ around('out') }}") == (
        "<b>in</b><i><b>out</b>"
    )
    with pytest.raises(TypeError):
        page("{{ named(1, third=3) }}")
    with pytest.raises(TypeError):
        page("{{ named(1, 2, 3) }}")


def test_a_remembered_macro_says_it_in_the_language_of_the_page(sqlite_app, monkeypatch):
    greeting = Remembered(sqlite_app.jinja_env.from_string(MACROS).module.greeting)
    with sqlite_app.app_context(), sqlite_app.test_request_context():
        assert greeting("<Ada>") == "Home &lt;Ada&gt;"
    monkeypatch.setattr(get_babel().instance, "domain_instance", PseudoDomain())
    with sqlite_app.app_context(), sqlite_app.test_request_context():
        assert greeting("<Ada>") == "⟦Home⟧ &lt;Ada&gt;"


def test_a_remembered_macro_takes_no_rows(sqlite_app, cast):
    greeting = Remembered(sqlite_app.jinja_env.from_string(MACROS).module.greeting)
    with sqlite_app.test_request_context(), pytest.raises(TypeError):
        greeting(cast.ada)
