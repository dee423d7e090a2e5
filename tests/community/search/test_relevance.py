"""How well the engines rank on sets that others have judged, by a formula of the test's own."""

from math import log
from pathlib import Path

import pytest

from bench.search_relevance import (
    SITES,
    cranfield,
    cranfield_rankings,
    ndcg,
    questions,
    similar_rankings,
)

DATA = Path(__file__).parents[3] / ".." / "shared" / "data"
# A little under what was measured: these fall when the analysis or the weights get worse.
CRANFIELD_AT_LEAST = 0.35
SIMILAR_AT_LEAST = {
    "se-beer": (0.28, 0.24),
    "se-meta-bicycles": (0.33, 0.30),
    "se-meta-conlang": (0.70, 0.52),
}

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is absent"),
]


def gain_at_ten(ranked, judged):
    """nDCG@10 from its definition: sum of rel / log2(1 + rank) over that of the ideal order."""

    def gains(relevances):
        return sum(rel * log(2) / log(1 + rank) for rank, rel in enumerate(relevances, start=1))

    ideal = sorted(judged.values(), reverse=True)[:10]
    return gains(judged.get(one, 0) for one in ranked[:10]) / gains(ideal)


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def test_questions_about_aerodynamics_find_their_papers(kind, home):
    engine = kind.create(home, cranfield(DATA / "search-cranfield"))
    rankings = list(cranfield_rankings(engine, DATA / "search-cranfield"))
    assert len(rankings) == 225
    assert mean(gain_at_ten(*one) for one in rankings) >= CRANFIELD_AT_LEAST
    assert [gain_at_ten(*one) for one in rankings] == pytest.approx(
        [ndcg(*one) for one in rankings]
    )


@pytest.mark.parametrize("site", SITES)
def test_a_title_finds_the_questions_it_repeats(kind, site, home):
    asked = list(questions(DATA / site))
    engine = kind.create(home, asked)
    rankings = list(similar_rankings(engine, DATA / site, asked))
    recalls = (
        len({one for one in judged if judged[one]} & set(ranked[:5]))
        / sum(map(bool, judged.values()))
        for ranked, judged in rankings
    )
    recall_at_least, gain_at_least = SIMILAR_AT_LEAST[site]
    assert mean(recalls) >= recall_at_least
    assert mean(gain_at_ten(*one) for one in rankings) >= gain_at_least
