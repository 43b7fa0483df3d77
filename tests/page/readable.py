"""What somebody of 75 can read and press, measured in the browser."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TEXT_PX, NUMBER_PX, TARGET_PX = 36, 60, 96
MOST_CHOICES = 4
# Everything that a resident has to take as a warning is held to the stricter contrast.
WARNINGS = (".verdict", ".hotline", ".urgent", ".bar", ".drill-banner", ".offline-numbers")

# Every visible piece of writing that is not part of a drawing, with the size of its letters and whether it is cut.
_WRITING = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    const drawn = holder.closest('svg, script, style, .unseen');
    if (!node.textContent.trim() || drawn || !holder.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const forReaders = getComputedStyle(holder).clipPath !== 'none';
    if (box.width === 0 || forReaders) continue;
    // Who cuts it off? A scroller does not if it says that there is more, nor what shows one end of a long line.
    let cut = false;
    for (let around = holder; around && around !== document.body; around = around.parentElement) {
      const {overflowX, overflowY} = getComputedStyle(around);
      const edge = around.getBoundingClientRect();
      if (overflowX !== 'visible' && overflowX !== 'auto' && (box.right > edge.right + 2 || box.left < edge.left - 2)) {
        cut = true;
      }
      if (/auto|scroll/.test(overflowY)) {
        const hint = around.parentElement.querySelector(':scope > .more');
        if (box.bottom > edge.bottom + 2 && !hint?.checkVisibility()) cut = true;
        break;
      }
      if (overflowY !== 'visible' && (box.bottom > edge.bottom + 2 || box.top < edge.top - 2)) cut = true;
    }
    const outside = box.right > innerWidth + 1 || box.left < -1;
    found.push({text: node.textContent.trim().slice(0, 30), px: parseFloat(getComputedStyle(holder).fontSize),
      number: /^(110|96110|120|123\\d\\d)$/.test(node.textContent.trim()), cut: cut || outside});
  }
  return found;
}"""
# Observers of sizes are told after the next picture, and change the one after it.
_DRAWN = "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn))))"
_TARGETS = """() => [...document.querySelectorAll('button, input.text')].filter(n => n.checkVisibility()).map(node => {
  const box = node.getBoundingClientRect();
  const over = node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1;
  return {name: node.dataset.testid || node.dataset.key || node.className || node.textContent.trim(),
    least: Math.min(box.width, box.height), cut: node.tagName === 'BUTTON' && over};
})"""
_SIDEWAYS = """() => [document.scrollingElement, ...document.querySelectorAll('.kiosk, .kiosk section, .card-scroll')]
  .filter(node => node === document.scrollingElement || getComputedStyle(node).overflowX !== 'visible')
  .filter(node => node.checkVisibility() && node.scrollWidth > node.clientWidth + 1)
  .map(node => node.dataset.testid || node.className || node.tagName)"""
# The numbers at the foot, which nothing may cover.
_NUMBERS = """() => [...document.querySelectorAll('.bar strong')].filter(node => {
  const box = node.getBoundingClientRect();
  if (box.width === 0 || box.left < 0 || box.top < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1) {
    return true;
  }
  const modal = document.querySelector('dialog:modal');
  if (modal) return modal.getBoundingClientRect().bottom > box.top + 1;  // what is behind it can't be hit
  return [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].some(([across, down]) => {
    const top = document.elementFromPoint(box.left + across * box.width, box.top + down * box.height);
    return top === null || !node.closest('.bar').contains(top);
  });
}).map(node => node.textContent)"""
# What nobody can scroll to.
_OUTSIDE = """() => [...document.querySelectorAll('.kiosk button, .kiosk input')].filter(node => {
  if (!node.checkVisibility() || node.closest('.card-scroll')) return false;
  const box = node.getBoundingClientRect();
  const scroller = node.closest('.urgent, .offline, .drill-log');
  const below = scroller === null && (box.bottom > innerHeight + 1 || box.top < -1);
  return box.width > 0 && (below || box.left < -1 || box.right > innerWidth + 1);
}).map(node => node.dataset.testid || node.className)"""
# What says something by its colour also says it in words or with a sign.
_COLOUR_ALONE = """() => {
  const silent = [];
  const need = (selector, says) => document.querySelectorAll(selector).forEach(
    node => node.checkVisibility() && !says(node) && silent.push(selector));
  const sign = node => node.querySelector('svg use') !== null && node.textContent.trim() !== '';
  need('.verdict', sign);
  need('.noticed .debrief-mark, .missed .debrief-mark', sign);
  need('.hotline', sign);
  need('.sizes [aria-pressed=true]', node => getComputedStyle(node).textDecorationLine === 'underline');
  return silent;
}"""


def scale(page: Page) -> float:
    """How much smaller than 1080 pixels the narrow side of the screen is."""
    size = page.viewport_size
    assert size is not None
    return min(size["width"], size["height"]) / 1080


def faults(page: Page) -> list[str]:
    """What an old eye or hand could not manage in what is shown now, as sentences; none when all is well."""
    by = scale(page)
    page.evaluate(_DRAWN)
    found = [f"{where} scrolls sideways" for where in page.evaluate(_SIDEWAYS)]
    found += [f"the number {number} is covered or outside" for number in page.evaluate(_NUMBERS)]
    found += [f"{where} is outside the screen" for where in page.evaluate(_OUTSIDE)]
    for writing in page.evaluate(_WRITING):
        if writing["px"] < TEXT_PX * by - 0.1:
            found.append(f"“{writing['text']}” is {writing['px']:.0f} px")
        if writing["number"] and writing["px"] < NUMBER_PX:
            found.append(f"the number {writing['text']} is {writing['px']:.0f} px")
        if writing["cut"]:
            found.append(f"“{writing['text']}” is cut off")
    for target in page.evaluate(_TARGETS):
        if target["least"] < TARGET_PX * by - 0.5:
            found.append(f"{target['name']} is {target['least']:.0f} px")
        if target["cut"]:
            found.append(f"the writing of {target['name']} does not fit")
    for choices in ("choice", "kept-question"):
        if page.get_by_test_id(choices).locator("visible=true").count() > MOST_CHOICES:
            found.append("more than four choices")
    found += [f"{selector} says it by colour alone" for selector in page.evaluate(_COLOUR_ALONE)]
    return found


def axe_violations(page: Page) -> list[str]:
    """What axe-core finds: names, roles, labels, order, contrast of 4.5:1, and 7:1 in warnings."""
    axe = Axe()
    found = _violations(axe.run(page, options={"rules": {"color-contrast-enhanced": {"enabled": False}}}).response)
    shown = [selector for selector in WARNINGS if page.locator(selector).locator("visible=true").count()]
    if shown:
        only = {"type": "rule", "values": ["color-contrast-enhanced"]}
        context = {"include": [[selector] for selector in shown]}
        found += _violations(axe.run(page, context=context, options={"runOnly": only}).response)
    return found


def _violations(response: dict[str, Any]) -> list[str]:
    return [
        f"{violation['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:160]}"
        for violation in response["violations"]
        for node in violation["nodes"]
    ]
