"""A plan in Whoosh's queries."""

# Whoosh's own annotations do not fit what it does.
# pyright: reportPrivateImportUsage=false

from itertools import islice

from whoosh import query
from whoosh.searching import Searcher

from community.search.grammar import Filter
from community.search.planning import Plan, Want

PREFIX_FORMS = 40


def query_of(plan: Plan, searcher: Searcher) -> query.Query:
    """What must match, and what adds to the score."""
    name = "title" if plan.query.in_title else "text"
    asked = query.And([_matching(want, name, searcher) for want in plan.needed])
    welcome = query.Or([_matching(want, name, searcher) for want in plan.welcome])
    if not plan.wants:
        asked = query.ConstantScoreQuery(query.Every(), 0.0)
    elif plan.welcome:
        asked = query.AndMaybe(asked, welcome) if plan.needed else welcome
    absent = [_matching(want, name, searcher) for want in plan.without]
    return _filtered(asked, plan, absent).normalize()


def _matching(want: Want, name: str, searcher: Searcher) -> query.Query:
    forms = [
        query.Term(name, form[0]) if len(form) == 1 else query.Phrase(name, list(form))
        for form in want.forms
    ]
    if want.prefix:
        longer = islice(searcher.reader().expand_prefix(name, want.prefix), PREFIX_FORMS)
        forms += [query.Term(name, term.decode()) for term in longer]
    return query.Or(forms)


def _filtered(asked: query.Query, plan: Plan, absent: list[query.Query]) -> query.Query:
    absent = absent + [_either(one) for one in plan.narrowing if one.excluded]
    present = [_either(one) for one in plan.narrowing if not one.excluded]
    if present:
        asked = query.Require(asked, query.And(present))
    return query.AndNot(asked, query.Or(absent)) if absent else asked


def _either(one: Filter) -> query.Query:
    return query.Or([query.Term(one.name, value) for value in one.values])
