import { element, icon } from './element.js';

/** @typedef {import('./types.js').Say} Say */

/** Room (px) left above a line that is longer than the card. */
const ABOVE = 12;

/** A drill, so marked that nobody can take it for real, and what was to be learned from it. */
export class DrillView {
  /**
   * @param {object} parts
   * @param {HTMLElement} parts.banner
   * @param {HTMLElement} parts.title    of the scenario, within the banner
   * @param {HTMLElement} parts.panel    where lines and debrief are shown
   * @param {import('./texts.js').Texts} texts
   */
  constructor({ banner, title, panel }, texts) {
    this._banner = banner;
    this._title = title;
    this._panel = panel;
    this._texts = texts;
    this._run = /** @type {string|null} */ (null);
    this._log = element('div', { class: 'drill-log' });
    // Other buttons below, larger writing: the place of the card changes, the newest line stays in view.
    new ResizeObserver(() => this._follow()).observe(panel);
  }

  get running() {
    return document.body.dataset.drill === 'running';
  }

  /**
   * @param {Say} say  one with a drill
   */
  show(say) {
    const drill = /** @type {import('./types.js').Drill} */ (say.drill);
    if (drill.run_id !== this._run) {
      this._run = drill.run_id;
      this._log.replaceChildren();
    }
    if (drill.status === 'running') this._play(say, drill);
    else this._debrief(say, drill);
  }

  /** @param {string} words  what the resident pressed; never what was typed or said freely */
  echo(words) {
    if (!this.running) return;
    this._add('you', this._texts.get('drill.you'), words);
  }

  clear() {
    this._run = null;
    this._log.replaceChildren();
    this._panel.replaceChildren();
    this._frame('');
  }

  /** @param {string} status */
  _frame(status) {
    document.body.dataset.drill = status;
    this._banner.hidden = status !== 'running';
  }

  /** @param {Say} say @param {import('./types.js').Drill} drill */
  _play(say, drill) {
    this._frame('running');
    this._title.textContent = drill.title;
    for (const line of this._log.children) line.classList.add('past');
    const lines = say.lines.length > 0 ? say.lines : [{ speaker: 'hean', text: say.text }];
    for (const line of lines) {
      const speaker = line.speaker === 'role' ? 'role' : 'hean';
      this._add(speaker, this._texts.get(`drill.${speaker}`), line.text);
    }
    // The whole text stays readable for screen readers and for tests; the bubbles show it line by line.
    this._panel.replaceChildren(this._log,
      element('p', { class: 'unseen', 'data-testid': 'answer-text' }, say.text));
    this._follow();
  }

  /** Shows the newest line, from its beginning should it be longer than the card. */
  _follow() {
    const newest = /** @type {HTMLElement|null} */ (this._log.lastElementChild);
    if (!this.running || !newest) return;
    const top = newest.getBoundingClientRect().top - this._panel.getBoundingClientRect().top + this._panel.scrollTop;
    this._panel.scrollTop = Math.min(this._panel.scrollHeight - this._panel.clientHeight, top - ABOVE);
  }

  _add(speaker, name, words) {
    this._log.append(element('div', { class: `bubble bubble-${speaker}`, 'data-testid': 'drill-line',
      'data-speaker': speaker }, element('span', { class: 'bubble-name' }, name), element('p', {}, words)));
    while (this._log.children.length > 12) this._log.firstElementChild?.remove();
  }

  /** @param {Say} say @param {import('./types.js').Drill} drill */
  _debrief(say, drill) {
    this._frame('finished');
    const outcome = `drill.outcome.${drill.outcome}`;
    const score = typeof drill.score === 'number' ? [element('p', { class: 'debrief-score' },
      `${this._texts.get('drill.score')} `, element('strong', { 'data-testid': 'drill-score' }, String(drill.score)),
      ` ${this._texts.get('drill.points')}`)] : [];
    const items = (drill.debrief ?? []).map((item) => this._item(item));
    this._panel.replaceChildren(element('section', { class: 'debrief', 'data-testid': 'drill-debrief',
      'data-outcome': drill.outcome ?? '' },
    element('header', { class: 'debrief-head' },
      element('h2', {}, this._texts.get(this._texts.has(outcome) ? outcome : 'drill.over')), ...score),
    element('p', { class: 'answer-text', 'data-testid': 'answer-text' }, say.text),
    ...(items.length > 0 ? [element('h3', {}, this._texts.get('drill.clues')),
      element('ul', { class: 'debrief-list' }, ...items)] : [])));
  }

  /** @param {import('./types.js').DebriefItem} item */
  _item({ clue, noticed, advice }) {
    const word = this._texts.get(noticed ? 'drill.noticed' : 'drill.missed');
    return element('li', { class: noticed ? 'noticed' : 'missed' },
      element('span', { class: 'debrief-mark' }, icon(noticed ? 'tick' : 'ring'), word),
      element('strong', {}, clue), element('p', {}, advice));
  }
}
