"""The identifiers of the public contract, one enumeration each.

They are strings on the wire, so every enumeration is a ``str`` too and can be written to JSON as it is.
"""

from __future__ import annotations

from enum import Enum


class ScamType(str, Enum):
    """What kind of fraud it is. Chinese names are content: see ``data/knowledge/scam_types``."""

    BRUSHING = "brushing"
    INVESTMENT = "investment"
    SHOPPING = "shopping"
    CUSTOMER_SERVICE = "customer_service"
    LOAN = "loan"
    CREDIT = "credit"
    LEADER_ACQUAINTANCE = "leader_acquaintance"
    POLICE = "police"
    ROMANCE = "romance"
    GAME = "game"
    FAMILY_EMERGENCY = "family_emergency"
    PHISHING_NOTICE = "phishing_notice"
    PRIZE = "prize"
    ELDER_SERVICES = "elder_services"
    HEALTH_PRODUCT = "health_product"
    DOORSTEP = "doorstep"
    RECOVERY = "recovery"
    MONEY_MULE = "money_mule"
    OTHER = "other"


class Verdict(str, Enum):
    """What is said of a situation. There is no value that means safe, on purpose."""

    SCAM = "scam"
    CAUTION = "caution"
    CLEAR = "clear"


class Stage(str, Enum):
    """How far it has gone. ``paid`` and ``in_progress`` put 110 first."""

    UNPAID = "unpaid"
    IN_PROGRESS = "in_progress"
    PAID = "paid"
    LEAKED = "leaked"
    UNKNOWN = "unknown"


class Dialect(str, Enum):
    """What somebody speaks. ``wuu-jx`` marks forms that are specifically Jiaxing's."""

    CMN = "cmn"
    WUU = "wuu"
    WUU_JX = "wuu-jx"
    YUE = "yue"
    NAN = "nan"
    HAK = "hak"
    CMN_SW = "cmn-sw"
    CMN_NE = "cmn-ne"
    CMN_ZY = "cmn-zy"
    CMN_JH = "cmn-jh"
    UNKNOWN = "unknown"


class DrillOutcome(str, Enum):
    """How a drill ended. A running drill has none."""

    REPORTED = "reported"
    TRUSTED = "trusted"
    SCAMMED = "scammed"
    MISREPORTED = "misreported"
    QUIT = "quit"


class Gesture(str, Enum):
    """What the digital human's body does while it speaks."""

    IDLE = "idle"
    WAVE = "wave"
    LISTEN = "listen"
    THINK = "think"
    EXPLAIN = "explain"
    WARN = "warn"
    PRAISE = "praise"
    COMFORT = "comfort"
    ROLEPLAY = "roleplay"
