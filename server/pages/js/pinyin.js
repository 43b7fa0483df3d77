const CANDIDATES_URL = '/api/v1/input/candidates';
const MOST = 40;
const PATIENCE_MS = 3000;
/** After how long (ms) a server that could not tell, as just after its start, is asked again. */
const AGAIN_MS = 1000;

/** @typedef {{text: string, typed: number}} Candidate  ``typed``: letters that it stands for */

/** What is being typed and not yet chosen, with the candidates for it. Candidates for older letters are dropped. */
export class Pinyin {
  /** @param {() => void} onChange  letters or candidates have changed */
  constructor(onChange) {
    this._onChange = onChange;
    this._request = new AbortController();
    this.letters = '';
    this.candidates = /** @type {Candidate[]} */ ([]);
  }

  /** @param {string} letter  a–z or ``'`` */
  add(letter) {
    if (letter === "'" && !this.letters) return;
    this._set(this.letters + letter);
  }

  removeLast() {
    this._set(this.letters.slice(0, -1));
  }

  clear() {
    this._set('');
  }

  /**
   * @param {Candidate} candidate
   * @returns {string} what is to be written; the letters that it does not stand for stay
   */
  choose(candidate) {
    this._set(this.letters.slice(candidate.typed).replace(/^'+/, ''));
    return candidate.text;
  }

  /** @returns {string} the best guess for everything that was typed, which is then over */
  finish() {
    const [best] = this.candidates;
    const text = best && best.typed === this.letters.replace(/'+$/, '').length ? best.text : this.letters;
    this.clear();
    return text;
  }

  /** @param {string} letters */
  _set(letters) {
    this._request.abort();
    this._request = new AbortController();
    this.letters = letters;
    this.candidates = [];
    if (letters) this._look(this._request.signal);
    this._onChange();
  }

  /** @param {AbortSignal} overtaken  the letters are others by now */
  async _look(overtaken) {
    let found = null;
    while (!found && !overtaken.aborted) {
      found = await this._ask(overtaken);
      // The letters themselves can still be written meanwhile.
      if (!found) await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); });
    }
    if (overtaken.aborted) return;
    this.candidates = found ?? [];
    this._onChange();
  }

  /**
   * @param {AbortSignal} overtaken
   * @returns {Promise<Candidate[]|null>} nothing when the server can't tell now
   */
  async _ask(overtaken) {
    const query = new URLSearchParams({ pinyin: this.letters, most: String(MOST) });
    try {
      const response = await fetch(`${CANDIDATES_URL}?${query}`, {
        signal: AbortSignal.any([overtaken, AbortSignal.timeout(PATIENCE_MS)]),
      });
      if (response.status >= 500) return null;
      return response.ok ? (await response.json()).candidates : [];
    } catch {
      return null;
    }
  }
}
