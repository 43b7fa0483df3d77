import { captionSegments } from './caption_segments.js';
import { captionTokens } from './caption_tokens.js';
import { element } from './element.js';
import { indexAt } from './timeline.js';

/** @param {import('./caption_tokens.js').Token[][]|undefined} clauses */
const textOf = (clauses) => (clauses ?? []).flat().map((token) => token.text).join('\0');

/** Shows what is being said, one sentence at a time, and colours it word by word. */
export class Captions {
  /**
   * @param {HTMLElement} container
   * @param {{roleLabel: () => string}} labels  who speaks when He'an plays somebody
   */
  constructor(container, { roleLabel }) {
    this._container = container;
    this._roleLabel = roleLabel;
    this._segments = /** @type {import('./caption_tokens.js').Token[][][]} */ ([]);
    this._starts = /** @type {number[]} */ ([]);
    this._shown = -1;
    this._spoken = -1;
    this._spans = /** @type {HTMLElement[]} */ ([]);
  }

  /** @param {import('./types.js').Say} say */
  begin(say) {
    this._cut(say);
    this._shown = -1;
    this.update(this._starts[0] ?? 0);
  }

  /** @param {import('./types.js').Say} say  that which is being said, with more of its timing than before */
  extend(say) {
    const shown = textOf(this._segments[this._shown]);
    this._cut(say);
    if (textOf(this._segments[this._shown]) !== shown) this._shown = -1;
  }

  /** @param {number} time  ms */
  update(time) {
    if (this._segments.length === 0) return;
    const index = Math.max(0, indexAt(this._starts, time));
    if (index !== this._shown) this._show(index);
    const tokens = this._segments[index].flat();
    let spoken = this._spoken;
    while (spoken + 1 < tokens.length && tokens[spoken + 1].start <= time) spoken += 1;
    for (let at = this._spoken + 1; at <= spoken; at += 1) this._spans[at].className = 'spoken';
    this._spoken = spoken;
  }

  /** @param {string} text  something that is not being spoken */
  note(text) {
    this._segments = [];
    this._container.removeAttribute('data-speaker');
    if (this._container.textContent !== text) this._container.replaceChildren(text);
  }

  /** @param {import('./types.js').Say} say */
  _cut(say) {
    this._segments = captionSegments(captionTokens(say), this._line());
    this._starts = this._segments.map((clauses) => clauses[0][0].start);
  }

  /** How many characters fit in a line, at the present size of text. */
  _line() {
    const { fontSize, paddingLeft, paddingRight } = getComputedStyle(this._container);
    const width = this._container.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    return Math.max(6, Math.floor(width / parseFloat(fontSize)));
  }

  _show(index) {
    this._shown = index;
    this._spoken = -1;
    const clauses = this._segments[index];
    const { speaker } = clauses[0][0];
    this._container.dataset.speaker = speaker;
    // A line breaks between clauses rather than within a word.
    const shown = clauses.map((clause) => element('span', { class: 'clause' },
      ...clause.map((token) => element('span', {}, token.text))));
    this._spans = shown.flatMap((clause) => /** @type {HTMLElement[]} */ ([...clause.children]));
    const who = speaker === 'role' ? [element('b', { class: 'who' }, this._roleLabel())] : [];
    this._container.replaceChildren(...who, ...shown);
  }
}
