import { element, icon } from './element.js';

const TIP_MS = 8000;

/** What the card shows while nobody is there: a call to speak and tips in turn. */
export class Attract {
  /**
   * @param {HTMLElement} container
   * @param {import('./texts.js').Texts} texts
   * @param {() => void} onStart
   */
  constructor(container, texts, onStart) {
    this._container = container;
    this._texts = texts;
    this._onStart = onStart;
    this._tips = /** @type {string[]} */ ([]);
    this._next = 0;
    this._timer = 0;
  }

  /** @param {string[]} tips */
  setTips(tips) {
    this._tips = tips;
    this._next = 0;
    if (this._timer) this.show();
  }

  show() {
    this.stop();
    const start = element('button', { type: 'button', class: 'attract-start', 'data-testid': 'start' },
      icon('hand'), this._texts.get('attract.button'));
    start.addEventListener('click', () => this._onStart());
    const tip = element('p', { class: 'tip-text', 'data-testid': 'tip' });
    const box = element('div', { class: 'tip' },
      element('span', { class: 'tip-title' }, icon('lamp'), this._texts.get('attract.tips')), tip);
    this._container.replaceChildren(
      element('h2', { class: 'attract-title' }, this._texts.get('attract.title')), start, box);
    const turn = () => {
      // Tips go on from where they were when the last resident came.
      box.hidden = this._tips.length === 0;
      tip.textContent = this._tips[this._next % Math.max(1, this._tips.length)] ?? '';
      this._next += 1;
    };
    turn();
    this._timer = setInterval(turn, TIP_MS);
  }

  stop() {
    clearInterval(this._timer);
    this._timer = 0;
  }
}
