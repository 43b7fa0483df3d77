import { element, icon } from './element.js';
import { hotlineName } from './hotlines.js';

const URGENT_STAGES = ['paid', 'in_progress'];

/** Stands for a warning that staff sent to every screen. */
const ANNOUNCED = 'announced';

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
      if (this._stage !== ANNOUNCED) this._hide();
      return;
    }
    const { stage, hotlines, advice } = assessment;
    this._show(stage, { why: this._texts.get(`urgent.now.${stage}`), second: hotlines[1], advice: advice ?? [] });
  }

  /** @param {string} warning  of the staff, to everybody */
  announce(warning) {
    this._show(ANNOUNCED, { why: warning, second: '96110', advice: [] });
  }

  close() {
    if (!this.open) return;
    if (this._stage !== ANNOUNCED) this._closed.add(this._stage);
    this._hide();
    this._onClosed();
  }

  /** Forgets the visit. */
  reset() {
    this._closed.clear();
    this._hide();
  }

  /** @param {string} stage @param {{why: string, second: string|undefined, advice: string[]}} content */
  _show(stage, content) {
    this._stage = stage;
    this._fill(content);
    this._container.hidden = false;
    this._container.querySelector('button')?.focus({ preventScroll: true });
  }

  _hide() {
    this._stage = '';
    this._container.hidden = true;
    this._container.replaceChildren();
  }

  /** @param {{why: string, second: string|undefined, advice: string[]}} content */
  _fill({ why, second, advice }) {
    const text = (key) => this._texts.get(key);
    const close = element('button', { type: 'button', class: 'urgent-close', 'data-testid': 'urgent-close' },
      icon('close'), text('urgent.close'));
    close.addEventListener('click', () => this.close());
    const silence = element('button', { type: 'button', class: 'urgent-silence' }, icon('stop'), text('urgent.silence'));
    silence.addEventListener('click', () => this._onSilence());
    this._container.replaceChildren(
      element('p', { class: 'urgent-why', id: 'urgent-why' }, why),
      element('div', { class: 'urgent-call' },
        element('span', { class: 'urgent-title' }, icon('phone'), text('urgent.title')),
        element('strong', { class: 'urgent-number' }, '110')),
      element('p', { class: 'urgent-help' }, text('urgent.help')),
      element('ol', { class: 'urgent-advice' }, ...advice.slice(0, 3).map((line) => element('li', {}, line))),
      ...(second ? [element('p', { class: 'urgent-then' }, `${text('urgent.then')} `,
        `${hotlineName(this._texts, second)} `, element('strong', {}, second))] : []),
      element('div', { class: 'urgent-buttons' }, close, silence),
    );
  }
}
