"""/practice over HTTP: a card, a plan, and what is wrong with a number."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from played import PlayedConversation

from bot.drills.practice import Reason
from bot.identifiers import DrillOutcome
from bot.practice.cards import CardsUnavailable
from bot.practice.numbers import check_digit, shown
from bot.turn import Answer, Practised, Turn
from server.app import create_app
from server.settings import Settings

CARDS, PLAN = "/api/v1/practice/cards", "/api/v1/practice/plan"


def a_card(client: TestClient) -> str:
    response = client.post(CARDS)
    assert (response.status_code, response.headers["cache-control"]) == (201, "no-store")
    made: dict[str, str] = response.json()
    assert made["shown"] == shown(made["card"])
    return made["card"]


def plan(client: TestClient, card: str | None) -> dict[str, Any]:
    response = client.post(PLAN, json={"card": card})
    assert response.status_code == 200, response.text
    planned: dict[str, Any] = response.json()
    return planned


def test_a_first_timer_and_a_new_card_get_the_same_plan(client: TestClient) -> None:
    first = plan(client, None)
    assert first == plan(client, a_card(client)) == client.post(PLAN, json={}).json()
    assert first["runs"] == 0 and len(first["proposals"]) == 3
    assert first["proposals"][0]["reason"] == "first" and first["proposals"][0]["sentence"]


def test_a_drill_that_ended_is_on_the_card_of_its_visit(client: TestClient, conversation: PlayedConversation) -> None:
    card = a_card(client)
    hashed = client.app.state.parts.cards.find(card)  # type: ignore[attr-defined]
    respond = conversation.respond
    title = plan(client, card)["proposals"][0]["scenario_id"]

    async def ended(turn: Turn) -> Answer:
        return replace(await respond(turn), practised=(Practised(hashed, title, DrillOutcome.SCAMMED, 1),))

    conversation.respond = ended  # type: ignore[method-assign]
    answer = client.post("/api/v1/chat", json={"text": "好"}).json()
    assert hashed not in str(answer) and "practised" not in answer
    client.app.state.parts.records.flush()  # type: ignore[attr-defined]
    planned = plan(client, card)
    assert planned["runs"] == 1
    assert title not in [proposal["scenario_id"] for proposal in planned["proposals"]]


def test_a_forgotten_card_is_unknown(client: TestClient) -> None:
    card = a_card(client)
    assert client.request("DELETE", CARDS, json={"card": shown(card)}).status_code == 204
    for response in (client.post(PLAN, json={"card": card}), client.request("DELETE", CARDS, json={"card": card})):
        assert (response.status_code, response.json()["type"]) == (404, "unknown_card")


@pytest.mark.parametrize("method", ["POST", "DELETE"])
@pytest.mark.parametrize(
    ("card", "status", "kind"),
    [
        ("", 422, "invalid_request"),
        (" \t", 422, "invalid_request"),
        (483920176, 422, "invalid_request"),
        ("12345678", 422, "not_a_card_number"),
        ("<b>123456789</b>", 422, "not_a_card_number"),
        ("/start{}", 422, "not_a_card_number"),
        ("123\x00456789", 422, "mistyped_card_number"),
        ("1" * 10_000, 422, "invalid_request"),
        ("123456789", 422, "mistyped_card_number"),
        ("12345678" + str(check_digit("12345678")), 404, "unknown_card"),
    ],
)
def test_bad_numbers_are_told_apart(client: TestClient, method: str, card: object, status: int, kind: str) -> None:
    response = client.request(method, PLAN if method == "POST" else CARDS, json={"card": card})
    problem = response.json()
    assert (response.status_code, problem["type"]) == (status, kind)
    assert str(card) not in problem["detail"] or not card


def test_guessing_ends_in_waiting(settings: Settings, conversation: PlayedConversation) -> None:
    settings.practice.max_unknown, settings.practice.max_new = 2, 1
    with TestClient(create_app(settings, conversation)) as client:
        card = a_card(client)
        made = client.post(CARDS)
        assert (made.status_code, made.json()["type"]) == (429, "too_many_cards")
        for digits in ("00000001", "00000002"):
            guess = digits + str(check_digit(digits))
            assert client.post(PLAN, json={"card": guess}).status_code == 404
        refused = client.post(PLAN, json={"card": card})
        assert (refused.status_code, refused.json()["type"]) == (429, "too_many_tries")
        assert 1 <= int(refused.headers["retry-after"]) <= 60


def test_a_broken_store_is_a_problem_and_first_timers_still_practise(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise CardsUnavailable("OperationalError")

    card = a_card(client)
    cards = client.app.state.parts.cards  # type: ignore[attr-defined]
    for name in ("new", "find", "forget"):
        monkeypatch.setattr(cards, name, broken)
    for response in (
        client.post(CARDS),
        client.post(PLAN, json={"card": card}),
        client.request("DELETE", CARDS, json={"card": card}),
    ):
        assert (response.status_code, response.json()["type"]) == (503, "cards_unavailable")
    assert len(plan(client, None)["proposals"]) == 3


def test_no_number_is_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        card = a_card(client)
        plan(client, card)
        client.request("DELETE", CARDS, json={"card": card})
        client.post(PLAN, json={"card": card})
    assert card not in caplog.text and shown(card) not in caplog.text


def test_sentences_do_not_tell_whether_a_fraud_is_played(conversation: PlayedConversation) -> None:
    reasons = conversation.words.practice.reasons
    assert reasons[Reason.BALANCE_SCAM] == reasons[Reason.BALANCE_LEGITIMATE]
