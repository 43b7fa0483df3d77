"""Announcements of the staff: who may make them, what they may say, and whom they reach."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from played import PlayedConversation, PlayedVoice
from pydantic import SecretStr
from stream import next_of, welcomed

from server.announcement import foreign_numbers
from server.app import create_app
from server.settings import Settings, SettingsError, load_settings

URL = "/api/v1/broadcasts"
TOKEN = "0123456789abcdef"
WARNING = "今天有人冒充社区上门收钱。不要开门，先打110。"
HOTLINES = ("110", "96110", "12315")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    settings.kiosk.broadcast_token = SecretStr(TOKEN)
    return settings


def announce(client: TestClient, text: object = WARNING, token: str | None = TOKEN, **more: object) -> Any:
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    return client.post(URL, json={"text": text, **more}, headers=headers)


def test_an_urgent_one_silences_and_warns_every_screen(client: TestClient, voice: PlayedVoice) -> None:
    with welcomed(client, "hall", parts=True) as first, welcomed(client, "library") as second:
        assert announce(client, urgent=True).json() == {"screens": 2}
        for socket in (first, second):
            next_of(socket, "stop")
            message = next_of(socket, "broadcast")
            assert (message["text"], message["urgent"], message["gesture"]) == (WARNING, True, "warn")
            assert client.get(message["url"]).status_code == 200
    assert WARNING in [text for text, _, _ in voice.spoken]


def test_another_one_is_left_to_the_screens(client: TestClient) -> None:
    with welcomed(client) as socket:
        assert announce(client).json() == {"screens": 1}
        message = next_of(socket, "broadcast")
        assert (message["text"], message["urgent"]) == (WARNING, False)


def test_nobody_is_there(client: TestClient) -> None:
    assert announce(client).json() == {"screens": 0}


def test_without_a_voice_it_can_be_read(client: TestClient, broken_voice: PlayedVoice) -> None:
    with welcomed(client) as socket:
        assert announce(client, urgent=True).status_code == 200
        next_of(socket, "stop")
        assert next_of(socket, "broadcast")["url"] is None


@pytest.mark.parametrize("token", [None, "", "0123456789abcdeF", "0123456789abcde", "密" * 16, TOKEN + "x"])
def test_only_whoever_knows_the_token(client: TestClient, token: str | None) -> None:
    headers = {} if token is None else {"authorization": f"Bearer {token}".encode()}
    response = client.post(URL, json={"text": WARNING}, headers=headers)  # type: ignore[arg-type]
    assert (response.status_code, response.json()["type"]) == (401, "wrong_token")
    assert response.headers["www-authenticate"] == "Bearer"


def test_the_token_comes_before_what_is_said(client: TestClient) -> None:
    assert announce(client, "", token="wrong").status_code == 401


def test_it_is_off_unless_a_token_is_set(
    settings: Settings, conversation: PlayedConversation, voice: PlayedVoice
) -> None:
    settings.kiosk.broadcast_token = SecretStr("")
    with TestClient(create_app(settings, conversation, voice)) as client:
        for token in (None, "", TOKEN):
            response = announce(client, token=token)
            assert (response.status_code, response.json()["type"]) == (403, "broadcasts_off")


@pytest.mark.parametrize(
    "text",
    [
        *("", " \u200b", None, 5, ["a"], "字" * 121, "字" * 10_000, "\x00"),
        *("<b>注意</b>", "{police}", "[点我](a)", "**注意**", "看 http://a.cn", "www.a.cn", "a://b"),
        *("打13800138000问", "打 138 0013 8000 问", "打１３８００１３８０００", "打一三八零零一三八零零零"),
        *("电话0573-82012345", "打114问", "拨打 9 5 5 8 8", "打110或者82012345", "加群123456789"),
    ],
)
def test_what_may_not_be_said(client: TestClient, text: object) -> None:
    with welcomed(client) as socket:
        response = announce(client, text)
        assert response.status_code == 422
        assert response.json()["type"] in ("invalid_request", "foreign_number")
        assert announce(client, "好").json() == {"screens": 1}
        assert next_of(socket, "broadcast")["text"] == "好", "and nothing of the other was sent"


@pytest.mark.parametrize("urgent", ["yes", 1, None])
def test_urgent_is_yes_or_no(client: TestClient, urgent: object) -> None:
    assert announce(client, urgent=urgent).status_code == 422


@pytest.mark.parametrize(
    "text",
    [
        "下午3点在2号楼讲防骗。",
        "11月26日14:30到16:00，二楼活动室。",
        "有人被骗了20000元，拿不准打96110，出事打１１０。",
        "先打九六一一零问一问。",
        "2026年不用再交费。",
        "医保一共有三百八十种药能报。",
        "今天来了1200人，谢谢大家。",
    ],
)
def test_ordinary_numbers_are_no_telephone_numbers(text: str) -> None:
    assert foreign_numbers(text, HOTLINES) == []


@pytest.mark.parametrize("token", ["short", "字" * 16, "with blanks in it", "0123456789abcde\n"])
def test_a_token_that_is_no_use_is_refused(token: str) -> None:
    with pytest.raises(SettingsError, match="16 letters"):
        load_settings(kiosk={"broadcast_token": token})
