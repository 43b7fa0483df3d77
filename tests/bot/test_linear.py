from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.linear import CharNgrams, LinearModel, joined, unit

TEXTS = ["转到安全账户", "点赞返现金", "今天天气好", "取件码一二三", "老师带你炒股", "饭吃过了吗"] * 3
LABELS = ["a", "b", "c", "c", "b", "c"] * 3


@pytest.mark.parametrize(
    ("solver", "labels"), [("lbfgs", LABELS), ("liblinear", LABELS), ("liblinear", ["x", "y"] * 9)]
)
def test_one_row_scores_as_scikit_learn_would(solver: str, labels: list[str]) -> None:
    ngrams = CharNgrams(1, 3)
    matrix = ngrams.fit(TEXTS)
    trained = LogisticRegression(solver=solver, C=3.0).fit(matrix, labels)
    reference = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, lowercase=False).fit(TEXTS)
    model = LinearModel(trained)
    for text in ["转到安全账户", "天气", "返现", "点赞"]:  # every n-gram of these is known
        expected = trained.predict_proba(reference.transform([text]))[0]
        assert np.allclose(model.probabilities(ngrams.vector(text)), expected, atol=1e-5)


def test_nothing_known_is_no_error() -> None:
    ngrams = CharNgrams(1, 2)
    ngrams.fit(["甲乙", "丙丁"])
    indices, values = joined(ngrams.vector("zz"), ngrams.size, [0.0, 0.5])
    assert indices.tolist() == [ngrams.size + 1]
    assert values.tolist() == [0.5]


def test_clause_edges_count_beside_the_n_grams_that_run_across() -> None:
    ngrams = CharNgrams(1, 2, edges=2)
    assert ngrams.grams("他叫|转了") == [
        *"他叫转了",
        "他叫",
        "叫转",
        "转了",
        "|他",
        "|他叫",
        "叫|",
        "他叫|",
        "|转",
        "|转了",
        "了|",
        "转了|",
    ]
    assert CharNgrams(1, 2).grams("他叫|转了") == [*"他叫转了", "他叫", "叫转", "转了"]


def test_unknown_n_grams_shorten_the_vector() -> None:
    ngrams = CharNgrams(1, 1)
    ngrams.fit(["甲乙", "甲丙"])
    assert np.linalg.norm(ngrams.vector("甲乙")[1]) == pytest.approx(1.0)
    assert np.linalg.norm(ngrams.vector("甲子丑寅")[1]) < 0.5
    assert np.linalg.norm(unit(ngrams.vector("甲子丑寅"))[1]) == pytest.approx(1.0)


def test_rare_n_grams_have_no_column_but_count_in_the_length() -> None:
    ngrams = CharNgrams(1, 1, min_texts=2)
    matrix = ngrams.fit(["甲乙", "甲丙"])
    assert matrix.shape == (2, 1)
    assert np.allclose(matrix.toarray().ravel(), [ngrams.vector(text)[1][0] for text in ("甲乙", "甲丙")])
    assert matrix.max() < 1.0
