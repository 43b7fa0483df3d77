"""Personal data does not survive redaction; what a record needs does."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.practice.numbers import check_digit
from bot.redact import redact

CASES = [
    # Mobile numbers, however they are written
    ("打13800138000", "打〔电话〕"),
    ("我的号码是138 0013 8000。", "我的号码是〔电话〕。"),
    ("138-0013-8000打来的", "〔电话〕打来的"),
    ("１３８００１３８０００", "〔电话〕"),
    ("１３８　００１３　８０００", "〔电话〕"),
    ("+86 138 0013 8000", "+〔电话〕"),
    ("008613800138000", "〔电话〕"),
    ("一三八零零一三八零零零", "〔电话〕"),
    ("幺三八，零零幺三，八零零零", "〔电话〕"),
    ("壹叁捌零零壹叁捌零零零", "〔电话〕"),
    ("13800138000和13900139000", "〔电话〕和〔电话〕"),
    ("13800138000 13900139000", "〔电话〕 〔电话〕"),
    ("打110或者13900139000", "打110或者〔电话〕"),
    ("13900139000 110", "〔电话〕 110"),
    ("1 3 8 0 0 1 3 8 0 0 0", "〔电话〕"),
    ("13800138000元", "〔电话〕元"),
    # Landlines
    ("0573-82821234", "〔电话〕"),
    ("(0573)82821234", "(〔电话〕"),
    ("家里电话82821234", "家里电话〔电话〕"),
    ("零五七三八二八二一二三四", "〔电话〕"),
    # Identity cards
    ("身份证330402195001011234", "身份证〔身份证〕"),
    ("33040219500101123X", "〔身份证〕"),
    ("33040219500101123x是我的", "〔身份证〕是我的"),
    ("330402 1950 0101 123 X", "〔身份证〕"),
    ("330402 19500101 1234", "〔身份证〕"),
    ("３３０４０２１９５００１０１１２３Ｘ", "〔身份证〕"),
    ("330402500101123", "〔身份证〕"),
    ("110101194901011234", "〔身份证〕"),
    # Bank cards
    ("卡号6222021234567890123", "卡号〔卡号〕"),
    ("6222 0212 3456 7890 123", "〔卡号〕"),
    ("6222-0212-3456-7890", "〔卡号〕"),
    ("六二二二零二一二三四五六七八九零", "〔卡号〕"),
    ("转到6222021234567890上", "转到〔卡号〕上"),
    ("卡号是123456789012", "卡号是〔卡号〕"),
    # Verification codes and passwords
    ("验证码是123456，别告诉人", "验证码是〔验证码〕，别告诉人"),
    ("她要我的验证码 8842", "她要我的验证码 〔验证码〕"),
    ("您的验证码为：654321", "您的验证码为：〔验证码〕"),
    ("验证码一二三四五六", "验证码〔验证码〕"),
    ("123456是我的验证码", "〔验证码〕是我的验证码"),
    ("验证码12 34 56", "验证码〔验证码〕"),
    ("验证码12345678", "验证码〔验证码〕"),
    ("密码是abc123", "密码是〔密码〕"),
    ("密码888888", "密码〔密码〕"),
    ("我把583921报给他了", "我把〔验证码〕报给他了"),
    ("把五八三九二一念给他听", "把〔验证码〕念给他听"),
    ("我告诉他583921", "我告诉他〔验证码〕"),
    # Parts of numbers
    ("把身份证号330402发给他", "把身份证号〔身份证〕发给他"),
    ("卡号622202", "卡号〔卡号〕"),
    # Addresses
    ("我住在中山东路123号501室", "我住在〔地址〕"),
    ("家在阳光小区3幢2单元501室", "家在〔地址〕"),
    ("嘉兴市南湖区中山东路123号阳光小区3幢2单元501室", "〔地址〕"),
    ("住3幢2单元501室", "住〔地址〕"),
    ("送到勤俭路88号", "送到〔地址〕"),
    ("住在十八号楼三单元", "住在〔地址〕"),
    ("我住中山东路18号3幢501", "我住〔地址〕"),
    ("阳光小区3幢501，麻烦来一趟", "〔地址〕，麻烦来一趟"),
    ("住3幢2单元501", "住〔地址〕"),
    ("住3幢2-501", "住〔地址〕"),
    # Names
    ("我叫张建国", "我叫〔姓名〕"),
    ("我叫张建国今年七十三", "我叫〔姓名〕今年七十三"),
    ("我叫李明，你好", "我叫〔姓名〕，你好"),
    ("名字是欧阳建国", "名字是〔姓名〕"),
    ("户名：王小明", "户名：〔姓名〕"),
    ("我是李明。", "我是〔姓名〕。"),
    ("找王阿姨", "找〔姓名〕阿姨"),
    ("张建国先生打来的", "〔姓名〕先生打来的"),
    ("公安局张警官说", "公安局〔姓名〕警官说"),
    ("刘女士和陈师傅", "〔姓名〕女士和〔姓名〕师傅"),
    ("李大爷被骗了", "〔姓名〕大爷被骗了"),
    ("叫张三去拿", "叫〔姓名〕去拿"),
    ("转给张三丰五千块", "转给〔姓名〕五千块"),
    ("张桂芳转了五万", "〔姓名〕转了五万"),
    ("我老公沈建国被骗了", "我老公〔姓名〕被骗了"),
    ("我女儿周婷在杭州", "我女儿〔姓名〕在杭州"),
    ("转给我女儿周婷三千", "转给我女儿〔姓名〕三千"),
    ("我是嘉兴南湖区的张桂芳", "我是嘉兴南湖区的〔姓名〕"),
    ("他叫我转给张桂芳卡里", "他叫我转给〔姓名〕卡里"),
    ("陈建国和王秀英都去了", "〔姓名〕和〔姓名〕都去了"),
    ("欧阳建国转了钱", "〔姓名〕转了钱"),
    ("金秀英和钱文斌", "〔姓名〕和〔姓名〕"),
    ("我姓陈", "我姓〔姓名〕"),
    ("姓王的叫我转账", "姓〔姓名〕的叫我转账"),
    ("李强警官", "〔姓名〕警官"),
    ("他说是南湖分局李强警官", "他说是南湖分局〔姓名〕警官"),
    ("老婆" * 600 + "，我女儿周婷三千", "老婆" * 600 + "，我女儿〔姓名〕三千"),
    # Accounts, mail, links
    ("微信号abc_12345", "微信号〔账号〕"),
    ("加我微信：hello2024", "加我微信：〔账号〕"),
    ("QQ号12345678", "QQ号〔账号〕"),
    ("发到lao.wang@example.com", "发到〔邮箱〕"),
    ("https://t.cn/abc?phone=1&id=2 点开", "https://t.cn/abc?〔参数〕 点开"),
    ("点www.abc.cn/x?token=zzz", "点www.abc.cn/x?〔参数〕"),
]

STAYS = [
    "打96110，或者110 12315",
    "打九六一一零",
    "95588发来短信",
    "10086说我欠费",
    "12381短信提醒",
    "我转了50000元，2023年又转了3万",
    "转了1000000",
    "余额12,345.67元",
    "投了12345678块",
    "2024-03-15 12:30:45转了5000元",
    "2019-2024年",
    "一九五零年生人",
    "三千五百块钱",
    "1、2、3、4、5、6、7、8",
    "别把验证码给人，打96110",
    "他要验证码，我转了5000元",
    "微信转账5000元",
    "骗子叫我马上打钱",
    "给钱就行",
    "马上转到安全账户",
    "我是高兴的",
    "我叫他不要来",
    "有人打电话讲是公安局个,叫我拿钞票转过去",
    "老师叫大家交钱",
    "http://bank-safe.cn/login",
    "买黄金能赚钱吗？真的吗?",
    "有个客服说我开通了百万保障，一个月扣2000块",
    "我把50000发给他了",
    "把96110告诉邻居",
    "我告诉他2023年的事",
    "3幢五百块",
    "老百姓钱来得不容易",
    "嘉兴嘉善平湖海宁海盐桐乡",
    "徐家汇、陆家嘴、周庄、王江泾",
    "他办了张卡，写了张收条",
    "我买了三张桌子",
    "支付宝客服、京东白条、小红书",
    "我女儿安心了，老公高兴",
    "高清视频要付清尾款",
    "",
    "😀",
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_hides(text: str, expected: str) -> None:
    assert redact(text) == expected


@pytest.mark.parametrize("text", STAYS)
def test_leaves(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_second_time_changes_nothing(text: str) -> None:
    assert redact(redact(text)) == redact(text)


SEPARATORS = st.text(alphabet=" \u3000\t\n-－—.·,，、()（）/_\u200b\u00a0", max_size=4)
FORMS = ("0123456789", "０１２３４５６７８９", "零一二三四五六七八九", "〇幺二三四五六七八九")
WORDS = ["", "我的电话是", "打", "，", "转到卡上", "他说", "验证码", "110", "收5000元", "微信", "元", "年"]


@st.composite
def _spelt(draw: st.DrawFn, number: str) -> str:
    """A number with any separators, in one of the ways to write digits."""
    form = draw(st.sampled_from(FORMS))
    parts: list[str] = []
    for i, character in enumerate(number):
        if i:
            parts.append(draw(SEPARATORS))
        parts.append(form[int(character)] if character.isdigit() else character)
    return "".join(parts)


@st.composite
def _in_sentence(draw: st.DrawFn, number: st.SearchStrategy[str]) -> tuple[str, str]:
    digits = draw(number)
    return digits, draw(st.sampled_from(WORDS)) + draw(_spelt(digits)) + draw(st.sampled_from(WORDS))


MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
IDENTITY = st.from_regex(
    r"[1-6][1-9]0[1-9]0[1-9]19[3-9][0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}[0-9X]", fullmatch=True
)


def _digits(text: str) -> str:
    """Every digit of a text whatever its form, and nothing else."""
    for form in FORMS[1:]:
        text = text.translate(str.maketrans(form, FORMS[0]))
    return re.sub(r"[^0-9X]", "", text)


@settings(max_examples=400)
@given(_in_sentence(MOBILE))
def test_no_mobile_number_survives(sentence: tuple[str, str]) -> None:
    number, text = sentence
    assert number not in _digits(redact(text))
    assert not re.search(re.escape(number[-8:]), _digits(redact(text)))


@settings(max_examples=400)
@given(_in_sentence(IDENTITY))
def test_no_identity_number_survives(sentence: tuple[str, str]) -> None:
    number, text = sentence
    assert number[:17] not in _digits(redact(text))
    assert number[6:14] not in _digits(redact(text)), "the date of birth is personal too"


@settings(max_examples=200)
@given(
    st.integers(0, 10**8 - 1).map(lambda n: f"{n:08d}").map(lambda digits: f"{digits}{check_digit(digits)}"),
    st.sampled_from(["", " ", "-", "、"]),
    st.sampled_from([(3, 6), (5, 9), (4, 8), (1, 4), (3, 5)]),
    st.sampled_from(["", "我的练习卡是", "练习卡号码", "这是您的练习卡号码：\n", "您好，"]),
    st.booleans(),
)
def test_no_card_number_survives(number: str, between: str, cuts: tuple[int, int], before: str, spelt: bool) -> None:
    parts = (number[: cuts[0]], number[cuts[0] : cuts[1]], number[cuts[1] :])
    said = between.join(part for part in parts if part)
    if spelt:
        said = said.translate(str.maketrans("0123456789", "零幺二三四五六七八九"))
    text = f"{before}{said}，我想练一练"
    assert said not in redact(text)
    assert not re.search(r"[0-9幺二三四五六七八九]{2}", redact(text))


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_takes_any_text(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


HOSTILE = [
    *("1", "1 ", "1,", "2024-", "a.", "a@", "?a=", "http://"),
    *("路一", "叫张", "张先生", "密码", "验证码1234 ", "一一号", "微信", "张", "龘", "女儿张", "583921报", "3幢5"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length_only(piece: str) -> None:
    """Four times the text takes about four times the work: sixteen times would be a pattern that tries in squares."""

    def work(length: int) -> float:
        text = (piece * length)[:length]
        times = []
        for _ in range(3):
            start = time.thread_time()  # this thread's own work, whoever else uses the machine
            redact(text)
            times.append(time.thread_time() - start)
        return min(times)

    assert work(10_000) < 9 * max(work(2_500), 0.002)
