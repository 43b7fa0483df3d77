/** One quiet line for what the page itself has to say. It goes away; nothing has to be pressed. */
export class Notice {
  /** @param {HTMLElement} container */
  constructor(container) {
    this._container = container;
    this._timer = 0;
  }

  /**
   * @param {string} text
   * @param {number} [ms]  0 keeps it until it is cleared
   */
  show(text, ms = 9000) {
    clearTimeout(this._timer);
    this._container.textContent = text;
    this._container.hidden = false;
    if (ms > 0) this._timer = setTimeout(() => this.clear(), ms);
  }

  clear() {
    clearTimeout(this._timer);
    this._container.hidden = true;
    this._container.textContent = '';
  }
}
