from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.linear import CharNgrams, LinearModel, joined

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
    for text in ["把钱转到安全账户去", "天气", "返现", "完全没见过"]:
        expected = trained.predict_proba(reference.transform([text]))[0]
        assert np.allclose(model.probabilities(ngrams.vector(text)), expected, atol=1e-5)


def test_nothing_known_is_no_error() -> None:
    ngrams = CharNgrams(1, 2)
    ngrams.fit(["甲乙", "丙丁"])
    indices, values = joined(ngrams.vector("zz"), ngrams.size, [0.0, 0.5])
    assert indices.tolist() == [ngrams.size + 1]
    assert values.tolist() == [0.5]
