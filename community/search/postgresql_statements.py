"""A plan as one statement for PostgreSQL. No word that was typed ever stands in the statement.

Ranking looks at every candidate, so there are at most so many: the newest that match, and those
that match in their title. They are also what is counted.
"""

from itertools import combinations
from math import log
from typing import Any

from community.search.engine import Scope
from community.search.planning import Plan, Want
from community.search.postgresql_vectors import both, either, forms, matching

NEWEST, TITLED = 3_000, 1_000
# How much a word in the text, in the tags and in the title counts: D, C, B, A.
WEIGHTS = "{0.2, 0.2, 0.6, 1}"
# As in BM25 (see bench/search_relevance.py): how soon repetition counts no more, and how much less
# a word counts in a long text.
SATURATION, LENGTH = 0.25, 0.5
PAIRED = 5

FOUND = """
WITH {candidates},
weighed AS (
    SELECT number, page, popularity, created, {score} AS score
    FROM (SELECT found.*, %(saturation)s * (1 - %(flat)s + %(flat)s * length / %(mean)s) AS damping
          FROM candidate JOIN search_index_document AS found USING (number)) AS found),
best AS (SELECT *, row_number() OVER (PARTITION BY page ORDER BY {order}) AS place FROM weighed),
chosen AS (SELECT number, score, row_number() OVER (ORDER BY {order}) AS place
           FROM best WHERE place = 1 ORDER BY {order} LIMIT %(limit)s OFFSET %(after)s)
SELECT 'kind', kind, count(DISTINCT page)::float, 0 AS place FROM {counted} GROUP BY kind
UNION ALL SELECT 'total', '', count(DISTINCT page), 0 FROM candidate
UNION ALL SELECT 'hit', document, score, chosen.place
          FROM chosen JOIN search_index_card USING (number) ORDER BY place
"""
CANDIDATES = """
{name} AS MATERIALIZED (
    (SELECT number, kind, page FROM search_index_document AS document WHERE {words} AND {conditions}
     ORDER BY created DESC LIMIT %(newest)s)
    UNION
    (SELECT number, kind, page FROM search_index_document AS document WHERE {title} AND {conditions}
     ORDER BY created DESC LIMIT %(titled)s))
"""
BEST = "score DESC, popularity DESC, created DESC, number"
LATEST = "created DESC, score DESC, number"


class Frequencies:
    """In how many of the documents the terms stand."""

    def __init__(self, documents: int, mean_length: float, known: dict[str, int]) -> None:
        self.documents, self.mean_length, self.known = documents, mean_length, known

    def of(self, want: Want) -> int:
        """At most, for a phrase; a beginning counts with its star."""
        rarest = sum(min(self.known.get(term, 0) for term in form) for form in want.forms)
        return rarest + self.known.get(f"{want.prefix}*", 0)

    def weight(self, terms: tuple[str, ...]) -> float:
        """How much it says that a document holds this phrase."""
        holding = min(self.known.get(term, 0) for term in terms)
        return log(1 + (max(self.documents - holding, 0) + 0.5) / (holding + 0.5))


def statement_for(
    plan: Plan, scope: Scope, frequencies: Frequencies, *, latest: bool
) -> tuple[str, dict[str, Any]]:
    """What finds, filters, groups and counts, and its values, which are all bound."""
    values: dict[str, Any] = {
        "newest": NEWEST,
        "titled": TITLED,
        "saturation": SATURATION,
        "flat": LENGTH,
        "mean": frequencies.mean_length or 1.0,
    }
    conditions = _within(scope, values)
    _filter(plan, conditions, values)
    values["match"] = _telling(plan, frequencies)
    name = "candidate" if not scope.kinds else "counted"
    candidates = [_candidates(name, plan, conditions, values)]
    if scope.kinds:
        values["kinds"] = sorted(scope.kinds)
        of_kind = [*conditions, "document.kind = ANY(%(kinds)s)"]
        candidates.append(_candidates("candidate", plan, of_kind, values))
    statement = FOUND.format(
        candidates=",\n".join(candidates),
        counted=name,
        score=_score(plan, frequencies, values),
        order=LATEST if latest else BEST,
    )
    return statement, values


def _candidates(name: str, plan: Plan, conditions: list[str], values: dict[str, Any]) -> str:
    title = "document.title @@ %(match)s::tsquery"
    words = title if plan.query.in_title else "document.words @@ %(match)s::tsquery"
    if not values["match"]:
        words, title = "true", "false"
    return CANDIDATES.format(
        name=name, words=words, title=title, conditions=" AND ".join(conditions)
    )


def _within(scope: Scope, values: dict[str, Any]) -> list[str]:
    values["audiences"], values["states"] = sorted(scope.audiences), sorted(scope.states)
    conditions = [
        "document.audience = ANY(%(audiences)s::bigint[])",
        "document.state = ANY(%(states)s::text[])",
    ]
    if scope.hidden:
        values["hidden"] = [f"{kind}:{row_id}" for kind, row_id in scope.hidden]
        conditions.append("document.kind || ':' || document.id <> ALL(%(hidden)s::text[])")
    return conditions


def _filter(plan: Plan, conditions: list[str], values: dict[str, Any]) -> None:
    for place, one in enumerate(plan.narrowing):
        values[f"filter{place}"] = list(one.values)
        among = f"%(filter{place})s::text[]"
        column = f"document.{one.name} = ANY({among})"
        if one.name == "tag":
            column = f"document.tags && {among}"
        conditions.append(f"NOT ({column})" if one.excluded else column)
    for name, sign, moment in plan.moments:
        values[f"{name}_moment"] = moment
        conditions.append(f"document.created {sign} %({name}_moment)s")
    if plan.without:
        values["without"] = either(plan.without)
        column = "title" if plan.query.in_title else "words"
        conditions.append(f"NOT document.{column} @@ %(without)s::tsquery")


def _telling(plan: Plan, frequencies: Frequencies) -> str:
    """What makes a candidate: any of the words, and where these are too many, the telling ones.

    The rarest words do by themselves, of the others two together.
    """
    if sum(map(frequencies.of, plan.welcome)) <= NEWEST:
        return matching(plan)
    rare, others, holding = [], [], 0
    for want in sorted(plan.welcome, key=frequencies.of):
        holding += frequencies.of(want)
        (rare if holding <= NEWEST else others).append(want)
    pairs = [both(either([one]) for one in pair) for pair in combinations(others[:PAIRED], 2)]
    parts = [either([want]) for want in rare] + pairs or [either(others)]
    needed = [either([want]) for want in plan.needed]
    return both([*needed, f"({' | '.join(parts)})"])


def _score(plan: Plan, frequencies: Frequencies, values: dict[str, Any]) -> str:
    """BM25 over what `ts_rank` makes of one word's places."""
    column = "title" if plan.query.in_title else "words"
    parts = []
    for want in plan.wants:
        terms = [*want.forms, (f"{want.prefix}*",)]
        for form, known in zip(forms(want), terms, strict=False):
            name = f"form{len(parts)}"
            values[name], values[f"{name}_weight"] = form, frequencies.weight(known)
            rank = f"ts_rank('{WEIGHTS}', found.{column}, %({name})s::tsquery)"
            parts.append(f"%({name}_weight)s * (1 - damping / ({rank} + damping))")
    return " + ".join(parts) or "0.0"
