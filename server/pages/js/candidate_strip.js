import { element, icon } from './element.js';

/** @typedef {{label: string, act: () => void, wide?: boolean}} Offer */

/** One line of large buttons; what does not fit comes with the arrow. */
export class CandidateStrip {
  /**
   * @param {HTMLElement} container
   * @param {import('./texts.js').Texts} texts
   */
  constructor(container, texts) {
    this._container = container;
    this._texts = texts;
    this._offers = /** @type {Offer[]} */ ([]);
    this._first = 0;
    this._next = 0;
  }

  /**
   * @param {Offer[]} offers
   * @param {{kind: string, note?: string}} look  ``note`` stands before them
   */
  show(offers, { kind, note = '' }) {
    this._offers = offers;
    this._first = 0;
    this._container.dataset.kind = kind;
    this._note = note;
    this._draw();
  }

  /** @param {number} place  from 0, among those that can be seen */
  press(place) {
    if (this._first + place < this._next) this._offers[this._first + place].act();
  }

  _draw() {
    const line = element('div', { class: 'strip-line' });
    const more = element('button', { type: 'button', class: 'strip-more', 'data-testid': 'candidates-more',
      'aria-label': this._texts.get('keyboard.more') }, icon('down'));
    more.addEventListener('click', () => {
      this._first = this._next < this._offers.length ? this._next : 0;
      this._draw();
    });
    const note = element('p', { class: 'strip-note', 'data-testid': 'composing' }, this._note ?? '');
    this._container.replaceChildren(note, line, more);
    this._next = this._first;
    for (const offer of this._offers.slice(this._first)) {
      const button = element('button', { type: 'button', class: 'candidate', 'data-testid': 'candidate' }, offer.label);
      button.addEventListener('click', offer.act);
      line.append(button);
      if (line.scrollWidth > line.clientWidth + 1 && line.childElementCount > 1) {
        button.remove();
        break;
      }
      this._next += 1;
    }
    more.hidden = this._offers.length <= this._next - this._first;
  }
}
