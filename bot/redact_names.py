"""Names of persons: after words that introduce one (我叫, 姓名是), before a title (王阿姨), after 叫, 找, 给.

Without a segmenter nobody can tell every name from a word; so a name needs a surname, and the weaker the
words around it, the clearer it must end. Words that begin like a name (安全, 马上) are known and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.redact_spans import Span

NAME = "姓名"

_COMPOUND = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|端木|南宫"
_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤倪俞章鲁葛韶裘屠费岑凌霍虞柯支管卜翁荀羊惠甄曲封储靳邢施殷詹闵季强路娄"
    "危童颜梅盛刁骆樊窦娜祝华嵇柏柳岳齐康伍卞安常乐"
)
# Characters that seldom follow inside a given name, and words that begin like a name but are none.
_FUNCTION = (
    "的了说讲打来去在是给把被汇转借要和跟同呀啊吧呢吗嘛他她我你您它们这那"
    "就也都又还不没有会能可让叫找问对从到过着哉伐格个"
)
_WORDS = re.compile(
    "马上|马路|钱[款包财数给都就要也还已]|安[全心装排置检]|高[兴中考级利息额薪铁血龄]|方[便法式案面向]|"
    "黄金|金[融额店子牌条银币]|白[天条色跑]|任[务何意性]|平[台安时]|时[候间]|"
    "周[末围转一二三四五六日期年]|万[一元块事能]|何[时必况苦]|路[上费边口由过]|管[理家用]|强[调制迫烈]|"
    "江[苏西南北浙湖]|华[为侨]|常[见常用客熟州]|安徽|严[重格肃]|程序|成[都功]|石[油头]|田里|曾经|"
    "许[多可愿]|余[额款下姚]|贾汪|顾[客虑问]|向[他她我你您]|毛[病巾利]|封[控号锁]|支[付持撑出行]|盛行|"
    "康复|乐[意观于]|季[度节]|施工|齐全|路径|童年|温州|史上|章程|夏天|秋天|冬天|宋朝|唐朝|陆续|陆军|"
    "费用|费心|储蓄|储存|惠民|翁婿|祝您|祝你|祝大|危险|柏油|梅花|龙头|雷达|雷电|熊猫|贺卡|武汉|武警|"
    "段时|段子|韩国|汤里|曲线|武器|叶子|林业|郑重|罗列|谢谢|谢[您你]|胡说|胡乱|胡同|于是|于[此他她]|"
    "尹始|夏季|向来|管他|管她|江边|孔子|路人|卜卦|强行|强盗|安乐|高手|高档|高科|万万|周到|周边|黎明|"
    "杜绝|戴[上着]|单位|常[年来]|安家|安居|安保|安稳|安抚|方[才正]|齐[了来]|支部|康[健师]|乐呵|"
    "华[东南北]|白[白头酒]"
)
_TITLE = (
    "先生|女士|小姐|阿姨|师傅|大爷|大妈|大姐|大哥|大伯|大娘|大叔|奶奶|爷爷|伯伯|叔叔|婶婶|警官|经理|"
    "主任|老师|医生|大夫|律师|护士|同志|科长|局长|队长|处长|所长|院长|书记|教授|专员|会计|老板"
)
_COUNT = "0-9一二三四五六七八九十两几"
_HAN = "[\u4e00-\u9fff]"
_SURNAME = rf"(?:{_COMPOUND}|[{_SINGLE}])"

_INTRODUCED = re.compile(
    rf"(?:名字就?是|名字叫|大名叫?|(?:姓名|户名|收款人|联系人|收件人)\s?[是为叫:]?|"
    rf"本人叫?|我叫|我名叫|我是叫|他叫|她叫|名叫|叫做|叫作|儿子叫|女儿叫|孙子叫|孙女叫|老公叫|老婆叫|"
    rf"老伴叫|老头叫)\s{{0,3}}"
    rf"({_SURNAME}{_HAN}(?:(?![{_FUNCTION}]){_HAN})?)"
)
_I_AM = re.compile(rf"(?:我是|我系|这是|本人是)({_SURNAME}{_HAN}{{1,2}})(?=$|[^\w]|今年|住|[是的])")
_ADDRESSED = re.compile(rf"[叫找给替帮跟向问喊骗救]({_SURNAME}{_HAN}{{1,2}}?)(?=$|[^\w]|[{_FUNCTION}{_COUNT}])")
_TITLES = re.compile(rf"(?:{_TITLE})")
_SURNAME_AT = re.compile(_SURNAME)
_EDGE = re.compile(rf"[^\w]|[{_FUNCTION}]|[叫找替帮问喊救姓小老阿位]")


def _introduced(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    for match in pattern.finditer(text):
        if not _WORDS.match(text, match.start(1)):
            yield Span(match.start(1), match.end(1), NAME)


def _before_titles(text: str) -> Iterator[Span]:
    """王阿姨, 王建国先生: the name goes, the role stays, because it says who called."""
    for title in _TITLES.finditer(text):
        end = title.start()
        starts = [
            start
            for start in range(end - 1, max(-1, end - 5), -1)
            if (surname := _SURNAME_AT.match(text, start)) and end - surname.end() <= 2
            if surname.end() <= end and re.fullmatch(rf"{_HAN}+", text[start:end])
        ]
        if not starts:
            continue
        clear = [start for start in starts if start == 0 or _EDGE.match(text, start - 1)]
        start = min(clear) if clear else starts[0]
        if not _WORDS.match(text, start):
            yield Span(start, end, NAME)


def names(text: str) -> Iterator[Span]:
    """All names to hide in ``text``, strongest evidence first."""
    yield from _introduced(_INTRODUCED, text)
    yield from _before_titles(text)
    yield from _introduced(_I_AM, text)
    yield from _introduced(_ADDRESSED, text)
