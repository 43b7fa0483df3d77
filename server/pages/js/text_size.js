const SIZES = ['large', 'larger', 'largest'];

/** The switch between three sizes of text. */
export class TextSize {
  /** @param {HTMLElement} group  with a button for each size */
  constructor(group) {
    this._buttons = /** @type {HTMLButtonElement[]} */ ([...group.querySelectorAll('button[data-size]')]);
    for (const button of this._buttons) button.addEventListener('click', () => this._set(button.dataset.size ?? ''));
    this.reset();
  }

  reset() {
    this._set(SIZES[0]);
  }

  _set(size) {
    document.documentElement.dataset.size = SIZES.includes(size) ? size : SIZES[0];
    for (const button of this._buttons) button.setAttribute('aria-pressed', String(button.dataset.size === size));
  }
}
