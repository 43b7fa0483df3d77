"""What a screen keeps for the time when the server is gone: made of content, of nobody's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

from fastapi.testclient import TestClient
from played import PlayedConversation

from bot.live.state import ContentState
from bot.turn import Choice
from server.settings import Settings

PATH = "/api/v1/kept-answers"


def test_lookups_and_questions_with_their_answers(client: TestClient, conversation: PlayedConversation) -> None:
    response = client.get(PATH)
    assert response.headers["cache-control"] == "no-cache"
    answers = response.json()["answers"]
    asked = [*conversation.words.lookups, *conversation.words.questions]
    assert [answer["title"] for answer in answers] == [choice.title for choice in asked]
    assert [answer["reply"]["text"] for answer in answers] == [f"1: {choice.text}" for choice in asked]
    paid = answers[0]
    assert paid["assessment"]["verdict"] == "scam"
    assert paid["assessment"]["scam_name"] == "name of police"
    assert set(paid) == {"title", "reply", "assessment"}, "no session and no turn: nobody has asked"


def test_what_asks_back_is_left_out(client: TestClient, conversation: PlayedConversation) -> None:
    asks = replace(conversation.words, lookups=(Choice("a", "什么事？"), Choice("b", "转账")), questions=())
    conversation.words = asks
    assert [answer["title"] for answer in client.get(PATH).json()["answers"]] == ["b"]


def test_nothing_is_remembered_recorded_or_counted(
    client: TestClient, conversation: PlayedConversation, settings: Settings
) -> None:
    client.get(PATH)
    assert conversation.said == {}
    assert all(session.startswith("kept-") for session in conversation.forgotten)
    assert "hean_turns_total{" not in client.get("/api/v1/metrics").text


def test_they_are_made_anew_when_content_changes(client: TestClient, conversation: PlayedConversation) -> None:
    client.get(PATH)
    made = len(conversation.forgotten)
    client.get(PATH)
    assert len(conversation.forgotten) == made
    conversation.content = ContentState(datetime.now(timezone.utc))
    client.get(PATH)
    assert len(conversation.forgotten) == 2 * made


def test_without_a_conversation_the_screen_keeps_what_it_has(
    client: TestClient, conversation: PlayedConversation
) -> None:
    conversation.fail = RuntimeError("gone")
    response = client.get(PATH)
    assert (response.status_code, response.json()["type"]) == (503, "answers_not_ready")
    conversation.fail = None
    assert client.get(PATH).json()["answers"]
