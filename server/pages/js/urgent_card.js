import { element, icon } from './element.js';
import { hotlineName } from './hotlines.js';

const URGENT_STAGES = ['paid', 'in_progress'];

/** The full-screen "call 110 now". Closed once, it stays closed for the same stage of the same visit. */
export class UrgentCard {
  /**
   * @param {HTMLElement} container
   * @param {import('./texts.js').Texts} texts
   * @param {{onSilence: () => void, onClosed: () => void}} events
   */
  constructor(container, texts, { onSilence, onClosed }) {
    this._container = container;
    this._texts = texts;
    this._onSilence = onSilence;
    this._onClosed = onClosed;
    this._stage = '';
    this._closed = /** @type {Set<string>} */ (new Set());
    container.addEventListener('keydown', (event) => event.key === 'Escape' && this.close());
  }

  get open() {
    return !this._container.hidden;
  }

  /** @param {import('./types.js').Assessment|null} assessment */
  consider(assessment) {
    const urgent = assessment?.hotlines?.[0] === '110' && URGENT_STAGES.includes(assessment.stage);
    if (!urgent || this._closed.has(assessment.stage)) {
      this._hide();
      return;
    }
    this._stage = assessment.stage;
    this._fill(assessment);
    this._container.hidden = false;
    this._container.querySelector('button')?.focus({ preventScroll: true });
  }

  close() {
    if (!this.open) return;
    this._closed.add(this._stage);
    this._hide();
    this._onClosed();
  }

  /** Forgets the visit. */
  reset() {
    this._closed.clear();
    this._hide();
  }

  _hide() {
    this._container.hidden = true;
    this._container.replaceChildren();
  }

  /** @param {import('./types.js').Assessment} assessment */
  _fill({ stage, hotlines, advice }) {
    const text = (key) => this._texts.get(key);
    const close = element('button', { type: 'button', class: 'urgent-close', 'data-testid': 'urgent-close' },
      icon('close'), text('urgent.close'));
    close.addEventListener('click', () => this.close());
    const silence = element('button', { type: 'button', class: 'urgent-silence' }, icon('stop'), text('urgent.silence'));
    silence.addEventListener('click', () => this._onSilence());
    this._container.replaceChildren(
      element('p', { class: 'urgent-why', id: 'urgent-why' }, text(`urgent.now.${stage}`)),
      element('div', { class: 'urgent-call' },
        element('span', { class: 'urgent-title' }, icon('phone'), text('urgent.title')),
        element('strong', { class: 'urgent-number' }, '110')),
      element('p', { class: 'urgent-help' }, text('urgent.help')),
      element('ol', { class: 'urgent-advice' }, ...(advice ?? []).slice(0, 3).map((line) => element('li', {}, line))),
      ...(hotlines[1] ? [element('p', { class: 'urgent-then' }, `${text('urgent.then')} `,
        `${hotlineName(this._texts, hotlines[1])} `, element('strong', {}, hotlines[1]))] : []),
      element('div', { class: 'urgent-buttons' }, close, silence),
    );
  }
}
