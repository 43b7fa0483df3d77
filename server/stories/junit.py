"""Results as JUnit XML, which every CI system shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from server.stories.account import account
from server.stories.play import Result

# What XML 1.0 cannot hold, however it is written.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def junit_xml(results: Sequence[Result]) -> bytes:
    """One suite with a test case a story; times in seconds."""
    failed = [result for result in results if not result.holds]
    suites = ElementTree.Element("testsuites")
    suite = ElementTree.SubElement(
        suites,
        "testsuite",
        name="conversations",
        tests=str(len(results)),
        failures=str(len(failed)),
        errors="0",
        skipped="0",
        time=f"{sum(result.seconds for result in results):.3f}",
    )
    for result in results:
        where, _, name = result.loaded.id.partition(": ")
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=where.replace("/", "."),
            name=name,
            file=str(result.loaded.path),
            line=str(result.line),
            time=f"{result.seconds:.3f}",
        )
        if not result.holds:
            message = "; ".join(str(wrong) for wrong in result.wrong)
            failure = ElementTree.SubElement(case, "failure", message=_plain(message), type="mismatch")
            failure.text = _plain(account(result))
    ElementTree.indent(suites)
    return bytes(ElementTree.tostring(suites, encoding="utf-8", xml_declaration=True))


def _plain(text: str) -> str:
    return _NOT_XML.sub("�", text)
