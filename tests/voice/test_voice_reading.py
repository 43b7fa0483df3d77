"""What is said for a text, syllable by syllable. Staff may add lines to the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.voice.errors import VoiceContentError
from server.voice.lexicon import load_lexicon
from server.voice.reading import Language, Reader

TABLE = """
# hotlines and telephone numbers: digit by digit, yao1 for 1
请打96110 | qing3 da3 jiu3 liu4 yao1 yao1 ling2
快打110 | kuai4 da3 yao1 yao1 ling2
打12315或者12381 | da3 yao1 er4 san1 yao1 wu3 huo4 zhe3 yao1 er4 san1 ba1 yao1
119和120 | yao1 yao1 jiu3 he2 yao1 er4 ling2
96110来电 | jiu3 liu4 yao1 yao1 ling2 lai2 dian4
95588 | jiu3 wu3 wu3 ba1 ba1
10086 | yao1 ling2 ling2 ba1 liu4
12345热线 | yao1 er4 san1 si4 wu3 re4 xian4
拨打12345号码 | bo1 da3 yao1 er4 san1 si4 wu3 hao4 ma3
手机13812345678 | shou3 ji1 yao1 san1 ba1 yao1 er4 san1 si4 wu3 liu4 qi1 ba1
0573-82083110 | ling2 wu3 qi1 san1 ba1 er4 ling2 ba1 san1 yao1 yao1 ling2
400-800-1234 | si4 ling2 ling2 ba1 ling2 ling2 yao1 er4 san1 si4
138****1234 | yao1 san1 ba1 xing1 xing1 xing1 xing1 yao1 er4 san1 si4
９６１１０ | jiu3 liu4 yao1 yao1 ling2
# the same digits as an amount
120个人 | yi4 bai3 er4 shi2 ge4 ren2
110元 | yi4 bai3 yi1 shi2 yuan2
120多人 | yi4 bai3 er4 shi2 duo1 ren2
12345元 | yi2 wan4 liang3 qian1 san1 bai3 si4 shi2 wu3 yuan2
# codes and card tails: digit by digit, yi1 for 1
验证码123456 | yan4 zheng4 ma3 yi1 er4 san1 si4 wu3 liu4
验证码是110119 | yan4 zheng4 ma3 shi4 yi1 yi1 ling2 yi1 yi1 jiu3
尾号1101的卡 | wei3 hao4 yi1 yi1 ling2 yi1 de5 ka3
密码8080 | mi4 ma3 ba1 ling2 ba1 ling2
警号012345 | jing3 hao4 ling2 yi1 er4 san1 si4 wu3
验证码5分钟内有效 | yan4 zheng4 ma3 wu3 fen1 zhong1 nei4 you3 xiao4
单号20240625001 | dan1 hao4 er4 ling2 er4 si4 ling2 liu4 er4 wu3 ling2 ling2 yi1
# money, quantities, percentages
5万元 | wu3 wan4 yuan2
2,000元 | liang3 qian1 yuan2
100万 | yi4 bai3 wan4
3.8% | bai3 fen1 zhi1 san1 dian3 ba1
98%的 | bai3 fen1 zhi1 jiu3 shi2 ba1 de5
¥500 | wu3 bai3 yuan2
￥1,299.50 | yi1 qian1 er4 bai3 jiu3 shi2 jiu3 dian3 wu3 ling2 yuan2
1.5亿 | yi1 dian3 wu3 yi4
2个2万 | liang3 ge4 liang3 wan4
22000元 | liang3 wan4 liang3 qian1 yuan2
3-5天 | san1 dao4 wu3 tian1
2~3万元 | liang3 dao4 san1 wan4 yuan2
1/3的人 | san1 fen1 zhi1 yi1 de5 ren2
第2次 | di4 er4 ci4
2号楼 | er4 hao4 lou2
60多岁 | liu4 shi2 duo1 sui4
24小时 | er4 shi2 si4 xiao3 shi2
-5度 | fu4 wu3 du4
# dates and times
2024年6月25日 | er4 ling2 er4 si4 nian2 liu4 yue4 er4 shi2 wu3 ri4
2024-06-25 | er4 ling2 er4 si4 nian2 liu4 yue4 er4 shi2 wu3 ri4
2月2日 | er4 yue4 er4 ri4
上午9:30 | shang4 wu3 jiu3 dian3 ban4
9:05 | jiu3 dian3 ling2 wu3 fen1
20:00 | er4 shi2 dian3
2点 | liang3 dian3
# characters of several readings
还款 | huan2 kuan3
还钱 | huan2 qian2
催还 | cui1 huan2
还贷 | huan2 dai4
还是要还 | hai2 shi4 yao4 hai2
重庆 | chong2 qing4
重要 | zhong4 yao4
银行 | yin2 hang2
银行行长 | yin2 hang2 hang2 zhang3
银行长期 | yin2 hang2 chang2 qi1
行员 | hang2 yuan2
行骗 | xing2 pian4
转账 | zhuan3 zhang4
数据 | shu4 ju4
调查 | diao4 cha2
长辈 | zhang3 bei4
会计 | kuai4 ji4
您得先问 | nin2 dei3 xian1 wen4
慢慢地说 | man4 man4 de5 shuo1
着急 | zhao2 ji2
朋友 | peng2 you5
妈妈奶奶 | ma1 ma5 nai3 nai5
熊和穷兄弟 | xiong2 he2 qiong2 xiong1 di4
没收到验证码 | mei2 shou1 dao4 yan4 zheng4 ma3
本金都会退 | ben3 jin1 dou1 hui4 tui4
戴着手铐 | dai4 zhe5 shou3 kao4
转了账 | zhuan3 le5 zhang4
您打的电话 | nin2 da3 de5 dian4 hua4
问得好 | wen4 de5 hao3
手机弹出广告 | shou3 ji1 tan2 chu1 guang3 gao4
中了大奖 | zhong4 le5 da4 jiang3
养老金发放 | yang3 lao3 jin1 fa1 fang4
# 一 and 不
一个一定第一一起 | yi2 ge4 yi2 ding4 di4 yi1 yi4 qi3
十一月一日 | shi2 yi1 yue4 yi1 ri4
不要不是不行 | bu2 yao4 bu2 shi4 bu4 xing2
星期一 | xing1 qi1 yi1
# Jiaxing
嘉兴南湖秀洲 | jia1 xing1 nan2 hu2 xiu4 zhou1
嘉善西塘 | jia1 shan4 xi1 tang2
海盐武原 | hai3 yan2 wu3 yuan2
海宁硖石 | hai3 ning2 xia2 shi2
盐官 | yan2 guan1
平湖乍浦 | ping2 hu2 zha4 pu3
桐乡乌镇 | tong2 xiang1 wu1 zhen4
濮院 | pu2 yuan4
新塍 | xin1 cheng2
王江泾 | wang2 jiang1 jing1
魏塘 | wei4 tang2
干窑 | gan1 yao2
澉浦 | gan3 pu3
屠甸 | tu2 dian4
长安镇 | chang2 an1 zhen4
# Latin letters, addresses, what cannot be said
国家反诈中心APP | guo2 jia1 fan3 zha4 zhong1 xin1 ei1 pi1 pi1
5G手机 | wu3 ji4 shou3 ji1
AI换脸 | ei1 ai4 huan4 lian3
ETC停用 | yi1 ti1 xi1 ting2 yong4
wifi密码 | wifi mi4 ma3
点https://abc.com/x?y=1领取 | dian3 wang3 zhi3 ling3 qu3
www.jx.gov.cn | wang3 zhi3
没事😀👍🏽了 | mei2 shi4 le5
"""
LINES = [
    tuple(part.strip() for part in line.split("|")) for line in TABLE.splitlines() if line and not line.startswith("#")
]


@pytest.mark.parametrize(("text", "said"), LINES)
def test_reading(reader: Reader, text: str, said: str) -> None:
    assert " ".join(token.text for token in reader.read(text).tokens()) == said


def test_punctuation_becomes_pauses(reader: Reader) -> None:
    tokens = reader.read("“您好！”（别急），好吗？……走。").tokens()
    assert [(token.text, token.pause) for token in tokens if token.pause] == [
        ("hao3", "!"),
        ("ji2", ","),
        ("ma5", "?"),
        ("zou3", "."),
    ]


def test_every_visible_character_is_shown_once_and_in_order(reader: Reader) -> None:
    text = "转2,000元 到 http://a.cn/b，😀打 96110！\x00\u200b APP"
    shown = [each for piece in reader.read(text).pieces for each in piece.shown]
    assert shown == [*"转2,000元到", "http://a.cn/b", *"，😀打96110！", "APP"]


def test_cantonese_is_given_as_hanzi_with_plain_ones(reader: Reader) -> None:
    tokens = reader.read("請打96110，2個人", Language.CANTONESE).tokens()
    assert "".join(token.text for token in tokens) == "請打九六一一零两個人"


def test_long_text_is_cut_at_sentences_and_nothing_is_lost(reader: Reader) -> None:
    reading = reader.read("您先别急，骗子就是要您急。" * 60)
    chunks = list(reading.chunks())
    assert tuple(piece for chunk in chunks for piece in chunk.pieces) == reading.pieces
    assert all(chunk.tokens()[-1].pause == "." for chunk in chunks)
    assert max(len(chunk.tokens()) for chunk in chunks) <= 160


def test_text_without_punctuation_is_cut_all_the_same(reader: Reader) -> None:
    chunks = list(reader.read("好" * 2000).chunks())
    assert sum(len(chunk.tokens()) for chunk in chunks) == 2000
    assert max(len(chunk.tokens()) for chunk in chunks) <= 80


def test_only_what_is_said_in_one_breath_is_cut_short(reader: Reader) -> None:
    commas = list(reader.read("您先挂断电话，" * 14 + "好。").chunks())
    assert [len(chunk.tokens()) for chunk in commas] == [85]
    run = list(reader.read("您先挂断电话，" + "再问一问家里人" * 20).chunks())
    assert "".join(shown for chunk in run for piece in chunk.pieces for shown in piece.shown).endswith("家里人")
    assert [len(chunk.tokens()) for chunk in run] == [86, 60]


@pytest.mark.parametrize("number", ["9" * 200, "9" * 200 + "%", "9.9" * 70, "1" + "x" * 200])
def test_an_endless_number_is_cut_too(reader: Reader, number: str) -> None:
    chunks = list(reader.read(number).chunks())
    assert max(len(chunk.tokens()) for chunk in chunks) <= 80
    assert "".join(shown for chunk in chunks for piece in chunk.pieces for shown in piece.shown) == number


def test_full_width_letters_are_shown_as_they_were_written(reader: Reader) -> None:
    assert [piece.shown for piece in reader.read("ＡＢＣ　９６好").pieces] == [("ＡＢＣ",), ("９", "６"), ("好",)]


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("0123456789.-:%￥年万验证码一不还"), max_size=60))
def test_any_text_can_be_read(reader: Reader, text: str) -> None:
    shown = "".join(each for piece in reader.read(text).pieces for each in piece.shown)
    # Nothing is shown that was not written, and the order is kept.
    remaining = iter(text)
    assert all(character in remaining for character in shown)


@pytest.mark.parametrize("written", ["huan2", "huan2 kuan", "huan2 kuan3 a1", "HUAN2 kuan3", ""])
def test_a_wrong_pronunciation_is_named(tmp_path: Path, written: str) -> None:
    table = tmp_path / "table.yml"
    table.write_text(f"words:\n  还款: {written}\n", "utf-8")
    with pytest.raises(VoiceContentError, match="还款"):
        load_lexicon(table)


def test_a_correction_wins(tmp_path: Path) -> None:
    table = tmp_path / "table.yml"
    table.write_text("words:\n  银行: ying2 hang2\n", "utf-8")
    assert load_lexicon(table).read("去银行") == ["qu4", "ying2", "hang2"]


def test_a_sentence_is_the_same_alone_and_among_others(reader: Reader) -> None:
    sentences = ["他是骗子。", "“专家”说您有病！", "（别信）挂电话？", "打96110。"]
    alone = [chunk for sentence in sentences for chunk in reader.read(sentence).chunks()]
    assert list(reader.read("".join(sentences)).chunks()) == alone
