"""Sentences in residents' and scammers' own words against evidence and rules, without the classifier."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evidence.context import load_context_words
from bot.evidence.items import load_evidence
from bot.evidence.pipeline import EvidencePipeline
from bot.fold import Folder
from bot.identifiers import Stage, Verdict
from bot.judge.rules import Rule, load_rules, present_names

KNOWLEDGE = Path(__file__).resolve().parents[2] / "data" / "knowledge"


class Reader:
    """Evidence and rules of one text."""

    def __init__(self) -> None:
        self._folder = Folder({})
        items = load_evidence(KNOWLEDGE / "evidence", lambda text: self._folder.fold(text).text)
        self._pipeline = EvidencePipeline(items, load_context_words(KNOWLEDGE / "negation.yml"))
        self._rules = load_rules(KNOWLEDGE / "rules", {item.id: item.group for item in items})

    def rules(self, text: str, verdict: Verdict) -> list[Rule]:
        found = self._pipeline.find(self._folder.fold(text))
        present = present_names({piece.id: piece.item.group for piece in found if not piece.negated})
        return [rule for rule in self._rules if rule.verdict is verdict and rule.fires(present)]

    def stage(self, text: str) -> Stage:
        """The stage that ids tell, the gravest first, as the judge reads them."""
        happened = [p.id for p in self._pipeline.find(self._folder.fold(text)) if not p.negated and not p.hypothetical]
        for stage in (Stage.PAID, Stage.IN_PROGRESS, Stage.LEAKED):
            if any(name.startswith(f"{stage.value}_") for name in happened):
                return stage
        return Stage.UNKNOWN


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


SCAMS = [
    ("police", "有个男的打电话来讲伊是公安局的，讲我涉嫌洗钱，要把钱转到安全账户"),
    ("police", "檢察官說我健保卡被盜用，要監管帳戶，叫我不要告訴家人，把錢匯到安全帳戶"),
    ("police", "自称民警的人说马上派人上门取现金，还不让我挂电话"),
    ("family_emergency", "孙子打电话来说撞了人要赔钱，千万别告诉爸爸妈妈，等下朋友来拿钱"),
    ("family_emergency", "有人自称孩子的律师，说要交保释金才能放人"),
    ("brushing", "群里叫我点赞做任务，先垫付三千才能返佣金"),
    ("brushing", "做完三连单才能提现，客服说我操作失误要再充值"),
    ("investment", "老师带我们炒股，说有内幕消息稳赚不赔，叫我下载一个软件充值"),
    ("customer_service", "抖音客服打电话来说百万保障不关每月扣八百，叫我打开屏幕共享"),
    ("customer_service", "快递客服说包裹丢了三倍理赔，叫我下载会议软件"),
    ("loan", "贷款公司说我银行卡号填错了，要先交一万解冻金才放款"),
    ("credit", "自称银保监会的说我校园贷没注销影响征信，叫我把贷款转到他们账户"),
    ("leader_acquaintance", "老领导加我微信说不方便出面，让我先帮他垫五万给客户"),
    ("romance", "网上认识的男朋友没见过面，说来看我要路费，叫我转五千"),
    ("game", "孙子说领皮肤要扫码付款，不付就要抓爸爸"),
    ("phishing_notice", "您的医保卡已停用，请点击链接http://xx.cc重新激活"),
    ("phishing_notice", "银行打电话来问我要短信验证码"),
    ("prize", "恭喜您被抽中一等奖，领奖要先交手续费和个人所得税"),
    ("elder_services", "养老公寓的业务员说预存十万每年返利息，收益比银行高得多"),
    ("health_product", "讲座的专家说这个床垫能根治高血压，叫我买一个疗程，送鸡蛋听课"),
    ("doorstep", "自称燃气公司的上门检查，说软管不合格必须换，收了我三百块"),
    ("recovery", "网警说能帮我追回被骗的钱，要先交律师费"),
    ("money_mule", "有人收购银行卡，出租一天给三百块"),
    ("other", "路上有个大师说我家里有血光之灾，叫我把现金首饰拿出来消灾"),
]

HONEST = [
    "银行卡怎么挂失",
    "花呗怎么还款",
    "借呗额度是多少",
    "医保卡怎么激活",
    "我去银行柜台取两万块钱",
    "女儿给我转了五百块生活费",
    "派出所打电话叫我去领身份证",
    "我孙子昨天当面问我要了五百块交书费",
    "社区通知明天上午停水",
    "【菜鸟驿站】您的包裹已到，取件码3-2-1088，请及时领取",
    "【工商银行】您尾号1234的卡入账养老金3520.00元，余额8000.50元",
    "您的验证码是483920，5分钟内有效，请勿泄露给他人",
    "今天菜场的鱼很新鲜",
    "燃气公司贴了通知明天安检，不收费的",
    "老伴住院，护士叫我去窗口交押金",
    "孙子在外地读书，我给他寄了两箱粽子",
    "警方提醒：凡是叫你把钱转到安全账户的，一律是诈骗",
    "什么是杀猪盘",
    "手机怎么调大音量",
    "超市会员日全场满100减20，欢迎光临",
]

STAGES = [
    (Stage.PAID, "我已经把五万块转给他了"),
    (Stage.PAID, "钱被骗走了，两万块"),
    (Stage.PAID, "金条已经交给来拿的人了"),
    (Stage.PAID, "李阿姨信以为真，向对方账户转账5万元"),
    (Stage.PAID, "卡里的钱被转走了"),
    (Stage.PAID, "我没多想就转给他了"),
    (Stage.IN_PROGRESS, "电话还没挂，他不让我挂"),
    (Stage.IN_PROGRESS, "我在银行准备转给他"),
    (Stage.IN_PROGRESS, "等下有人来拿钱"),
    (Stage.IN_PROGRESS, "现在正在共享屏幕"),
    (Stage.LEAKED, "验证码已经告诉他了"),
    (Stage.LEAKED, "我把身份证号和卡号报给他了"),
    (Stage.UNKNOWN, "他叫我转钱，我还没转"),
    (Stage.UNKNOWN, "有人叫我把钱转到安全账户"),
    (Stage.UNKNOWN, "我没有转给他"),
    (Stage.UNKNOWN, "要是我把钱转给他了怎么办"),
    (Stage.UNKNOWN, "我昨天去超市买了两斤苹果"),
    (Stage.UNKNOWN, "怕被骗，先来问问你们"),
]


@pytest.mark.parametrize(("scam_type", "text"), SCAMS)
def test_scams_fire_a_rule_of_their_type(reader: Reader, scam_type: str, text: str) -> None:
    fired = reader.rules(text, Verdict.SCAM)
    assert scam_type in {rule.type.value for rule in fired if rule.type}, [rule.id for rule in fired]


@pytest.mark.parametrize("text", HONEST)
def test_honest_texts_fire_no_accusing_rule(reader: Reader, text: str) -> None:
    clear = max((rule.weight for rule in reader.rules(text, Verdict.CLEAR)), default=0)
    accusing = [r.id for v in (Verdict.SCAM, Verdict.CAUTION) for r in reader.rules(text, v) if r.weight > clear]
    assert accusing == []


@pytest.mark.parametrize(("stage", "text"), STAGES)
def test_stage_is_what_was_said_to_have_happened(reader: Reader, stage: Stage, text: str) -> None:
    assert reader.stage(text) is stage


@pytest.mark.parametrize("text", [text for _, text in SCAMS])
def test_scams_are_not_cleared(reader: Reader, text: str) -> None:
    assert [rule.id for rule in reader.rules(text, Verdict.CLEAR)] == []
