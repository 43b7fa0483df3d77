"""Names of persons: after words that introduce one (我叫, 姓名是), before a title (王阿姨), after 叫, 找, 给.

A name needs a surname, and the weaker the words around it, the clearer it must end. Where nothing around it
tells, the tags of the segmenter do, together with the characters that given names are made of. Words that begin
like a name (安全, 马上) are known and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.redact_spans import Span
from bot.redact_words import Word, words

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
    "华[东南北]|白[白头酒]|安[静康逸宁吉国]|石[英榴林]|杨[梅柳浦树]|高[峰雄明强山]|金[华山元花玉星刚秋珠]|"
    "黄[梅山岩石花河海]|白[玉云兰莲菊]|祝福|惠[东州]|乐清|严明|文明|平[阳江]|江[山海]|海[宁盐]|方[圆正]|温泉|"
    "梅[雨花]|柳[州树叶]|龙[泉华]|叶[子片]|林[海地]|万[里年宁]|章[丘鱼]|康[宁养]|齐[心鲁]|常[州德春宁]|童[星心]|"
    "孔雀|孟[母子]|谢[谢意]|安[庆阳]|安居|庄[家稼]|路[宽远]|莫[非名]|武[夷清平]|曹操|付清|莫信|毛毛|史诗|祝寿|雷[雨电]|高清|钱花|袁花|张[贴家口嘴望]|单[元子]"
)
_TITLE = (
    "先生|女士|小姐|阿姨|师傅|大爷|大妈|大姐|大哥|大伯|大娘|大叔|奶奶|爷爷|伯伯|叔叔|婶婶|警官|经理|"
    "主任|老师|医生|大夫|律师|护士|同志|科长|局长|队长|处长|所长|院长|书记|教授|专员|会计|老板"
)
_KIN = (
    "老公|老婆|老伴|爱人|丈夫|妻子|女儿|囡儿|囡囡|儿子|孙子|孙女|外孙|外孙女|女婿|媳妇|儿媳|哥哥|弟弟|姐姐|妹妹|"
    "侄子|侄女|外甥|外甥女|表哥|表弟|表姐|表妹|堂哥|堂弟|亲家|爸爸|妈妈|邻居|隔壁|朋友|同事|同学|战友|老乡|房东|保姆"
)
# Characters of given names. Those that words often begin with are names only where another follows.
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅琴凤珍珠莲莉菊香云春花秋月雪晓燕建国志文武斌彬兵"
    "峰锋丰鹏飞龙虎林森海江波浩洪清源泉润泽宇轩辰晨阳旭东升亮辉光耀昌荣贵富福禄寿康宁德仁义礼智信忠诚孝良善"
    "美慧惠淑贞婉婷婵媛媚妍妮姗婧娥娇嫣妹珊珺琳琪瑶瑾瑜瑞璐璇琼玲珏莹萍萱蓉蓓蕾薇芬芸茜菲萌英莎怡悦欣欢心思"
    "佳嘉俊豪帅凯恺楠栋梁柱松柏桐树根生祥庆喜顺利发达友朋民乐伦纪维绍绪祖宗耀庭廷立坚毅恒永远健雄力帆航舟"
    "翔翰博学哲睿聪颖灵雨露霖雯雷震霄虹霓冰洁清涵洲淼洋湘沁沛渊潇澜炎炜烨煜焕焱灿晗晖晴昊昕昆晶曼景曦琦玮"
    "珂珉岚岩峻巍嵘川山石磐钧铭锐钢铁银鑫锦钰镇坤堃培城垣圣奎奇泰骏骥腾跃威宏宝宾寅宸容寒富向尚岳崇巧巩希帆"
    "彦彤彩影征徽忆怀恩恬悦惟慕戈扬振捷政敬昌昭显晋普朔朗权材杏枫柔柯栩桃楚榕槐樱歆毓水池治法淳滨漪濛爱牧"
    "甜男畅益盈真睦硕磬禹秉稳竹笑筠粤纯绮纲绢缨羽翎翠耘聪艺芝芮苗若茂茹荷莺菁葵蒙蓝薪蝶言诗谦谊豫贝贤赫超轶"
    "迅迎逸邦郁银长阿陵雁雅青韵顺颂飘馨骁魁鲲鸣鸿鹃鹤麒麟黛齐岭妙妤娣媚囡毛伢"
)
_FIRST_GIVEN = _GIVEN + "大小金有来成天世子学新正中少克同守传继承兆其卫家春冬夏彩幼亚思以如之一乃"
# Surnames that words seldom begin with: what the segmenter takes for a name of three characters is one.
_CLEAR = (
    "王李刘陈杨吴赵徐朱胡郭罗郑梁宋唐韩冯邓曹彭董袁潘蒋蔡杜苏魏吕沈姚卢姜崔谭陆汪范廖贾韦邹孟秦邱尹薛闫侯"
    "陶黎郝龚邵覃顾俞鲁葛裘屠岑凌虞翁荀嵇柯殷詹樊窦骆"
)
_NO_NAME_END = "某总伯姐哥叔婶姨局嫂妈媽爸爷奶公婆说讲家庄村镇乡县区市路街桥店泾浜汇嘴人钱款卡"
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
_OF_KIN = re.compile(rf"(?:{_KIN})({_SURNAME}(?:[{_FIRST_GIVEN}][{_GIVEN}]|[{_GIVEN}]))")
_FAMILY = re.compile(rf"(?<!百)姓({_SURNAME})(?!名)")
_SURE_GIVEN = re.compile(rf"{_SURNAME}(?:[{_FIRST_GIVEN}][{_GIVEN}]|[{_GIVEN}])")
_GUESSED = re.compile(rf"(?:{_COMPOUND}|[{_CLEAR}])(?:(?![{_FUNCTION}]){_HAN}){{2}}(?<![{_NO_NAME_END}])")
_GIVEN_AFTER = re.compile(rf"[{_FIRST_GIVEN}][{_GIVEN}]|[{_GIVEN}]")
_MEASURED = re.compile(r"[0-9一两二三四五六七八九十几这那每半了有写发开办买寄订]$")  # 三张, 办张: no surname
_TITLES = re.compile(rf"(?:{_TITLE})")
_SURNAME_AT = re.compile(_SURNAME)
_EDGE = re.compile(rf"[^\w]|[{_FUNCTION}]|[叫找替帮问喊救姓小老阿位]")


def _introduced(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    for match in pattern.finditer(text):
        if not _WORDS.match(text, match.start(1)):
            yield Span(match.start(1), match.end(1), NAME)


def _before_titles(text: str, begins: frozenset[int]) -> Iterator[Span]:
    """王阿姨, 王建国先生: the name goes, the role stays, because it says who called. ``begins``: of words."""
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
        clear = [start for start in starts if start in begins or _EDGE.match(text, start - 1)]
        start = min(clear) if clear else starts[0]
        if not _WORDS.match(text, start):
            yield Span(start, end, NAME)


def _tagged(text: str, found: list[Word]) -> Iterator[Span]:
    """张桂芳转了五万: what the segmenter takes for a person, if it is made like a name."""
    ends = frozenset(word.end for word in found)
    for word in found:
        start, end = word.start, word.end
        surname = _SURNAME_AT.match(text, start, end)
        if surname is None:
            continue
        sure = word.person and _SURE_GIVEN.fullmatch(text, start, end)
        if _WORDS.match(text, start) and (word.known or end - start < 3 or not sure):
            continue
        if text[start] == "张" and _MEASURED.search(text, max(0, start - 1), start):
            continue
        if surname.end() == end:  # 沈|建国, 王|秀英, 欧阳|建国
            given = _GIVEN_AFTER.match(text, end)
            if given is not None and given.end() in ends and (word.person or end - start == 2):
                yield Span(start, given.end(), NAME)
        elif sure or (word.person and not word.known and _GUESSED.fullmatch(text, start, end)):
            yield Span(start, end, NAME)


def names(text: str) -> Iterator[Span]:
    """All names to hide in ``text``, strongest evidence first."""
    found = list(words(text))
    yield from _introduced(_INTRODUCED, text)
    yield from _before_titles(text, frozenset(word.start for word in found))
    yield from _introduced(_FAMILY, text)
    yield from _introduced(_OF_KIN, text)
    yield from _introduced(_I_AM, text)
    yield from _tagged(text, found)
    yield from _introduced(_ADDRESSED, text)
