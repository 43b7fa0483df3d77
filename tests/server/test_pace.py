"""How fast to speak: the last wish counts, in words or by a button."""

from __future__ import annotations

import pytest

from server.pace import Pace

SLOWER, FASTER, ELSE = "speak_slower", "speak_faster", "thanks"


@pytest.mark.parametrize(
    ("turns", "rates"),
    [
        ([(None, ELSE), (None, SLOWER), (None, ELSE)], [150, 120, 120]),
        ([(150, SLOWER), (150, ELSE), (150, FASTER), (150, ELSE)], [120, 120, 150, 150]),
        ([(150, SLOWER), (120, ELSE), (150, ELSE)], [120, 120, 150]),
        ([(120, FASTER), (120, ELSE)], [150, 150]),
        ([(100, SLOWER), (100, ELSE)], [100, 100]),
        ([(200, FASTER), (None, ELSE)], [200, 200]),
    ],
)
def test_the_last_wish_counts(turns: list[tuple[int | None, str]], rates: list[int]) -> None:
    pace = Pace(normal=150, slow=120)
    assert [pace.after(sent, intent) for sent, intent in turns] == rates
