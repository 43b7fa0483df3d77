/** A button that appears when a card is longer than its place: nobody has to know how to scroll. */
export class MoreBelow {
  /**
   * @param {HTMLElement} scroller
   * @param {HTMLButtonElement} button
   * @param {{down: string, up: string}} labels
   */
  constructor(scroller, button, labels) {
    this._scroller = scroller;
    this._button = button;
    this._labels = labels;
    button.addEventListener('click', () => this._go());
    scroller.addEventListener('scroll', () => this.update(), { passive: true });
    this._sizes = new ResizeObserver(() => this.update());
    new MutationObserver(() => this._watch()).observe(scroller, { childList: true, subtree: true });
    this._watch();
  }

  /** The place may shrink, and what stands in it may grow, as when larger writing is chosen. */
  _watch() {
    this._sizes.disconnect();
    for (const node of [this._scroller, ...this._scroller.children]) this._sizes.observe(node);
    this.update();
  }

  update() {
    const { scrollTop, scrollHeight, clientHeight } = this._scroller;
    const over = scrollHeight - clientHeight > 8;
    const atEnd = scrollTop + clientHeight >= scrollHeight - 8;
    this._button.hidden = !over;
    this._button.dataset.direction = atEnd ? 'up' : 'down';
    this._button.querySelector('span')?.replaceChildren(atEnd ? this._labels.up : this._labels.down);
  }

  _go() {
    const { clientHeight } = this._scroller;
    const up = this._button.dataset.direction === 'up';
    if (up) this._scroller.scrollTo({ top: 0 });
    else this._scroller.scrollBy({ top: clientHeight * 0.8 });
  }
}
