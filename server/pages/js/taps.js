/** How long (ms) a button looks pressed at least; a finger may be quicker than an old eye. */
const SHOWN_MS = 300;

/**
 * Does something once what has been changed so far is on the screen: for work that whoever pressed need not wait for to
 * see that it was heard.
 *
 * @param {() => void} act
 */
export function afterPaint(act) {
  requestAnimationFrame(() => setTimeout(act));
}

/**
 * Has whichever button is touched look pressed from the first moment: a browser waits with that to see whether a finger
 * is going to scroll. Buttons do so with ``data-heard``.
 *
 * @param {Document} page
 */
export function showPresses(page) {
  page.addEventListener('pointerdown', (event) => {
    const button = /** @type {Element} */ (event.target).closest?.('button');
    if (button instanceof HTMLElement) press(button, event);
  }, { capture: true, passive: true });
}

/** @param {HTMLElement} button @param {PointerEvent} down */
function press(button, down) {
  button.dataset.heard = '';
  const listening = new AbortController();
  const over = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId !== down.pointerId) return;
    listening.abort();
    setTimeout(() => delete button.dataset.heard, event.type === 'pointerup' ? SHOWN_MS : 0);
  };
  for (const kind of ['pointerup', 'pointercancel']) {
    document.addEventListener(kind, over, { capture: true, passive: true, signal: listening.signal });
  }
}
