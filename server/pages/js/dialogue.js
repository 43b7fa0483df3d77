import { QuestionRefused, askByHttp } from './chat.js';
import { TurnGuard } from './turn_guard.js';

/** @typedef {import('./types.js').Say} Say */

/** How long (ms) to wait for an answer over the stream. */
const PATIENCE_MS = 12000;

/**
 * Questions out, answers in, over the stream or without it. At most one question is open at a time.
 */
export class Dialogue {
  /**
   * @param {object} options
   * @param {import('./connection.js').Connection} options.stream
   * @param {string} options.kioskId
   * @param {() => number|undefined} options.rate   words a minute, if the resident chose
   * @param {(say: Say) => void} options.onSay
   * @param {(trouble: 'slow'|'problem'|'offline') => void} options.onTrouble
   */
  constructor({ stream, kioskId, rate, onSay, onTrouble }) {
    this._stream = stream;
    this._kioskId = kioskId;
    this._rate = rate;
    this._onSay = onSay;
    this._onTrouble = onTrouble;
    this._guard = new TurnGuard();
    this._open = /** @type {{text: string, dialect?: string}|null} */ (null);
    this._patience = 0;
    this._unconfirmed = 0; // interruptions that the server has yet to answer with a stop
    this._request = new AbortController();
    this.sessionId = /** @type {string|null} */ (null);
  }

  /** Whether an answer is being waited for. */
  get waiting() {
    return this._open !== null;
  }

  /**
   * @param {'text'|'choice'} type
   * @param {string} text
   * @param {string} [dialect]  if somebody knows it better than the text shows
   */
  ask(type, text, dialect) {
    if (this.waiting) this.interrupt(null); // only the newest question is of interest
    this._settle();
    this._guard.asked();
    this._open = { text, dialect };
    const message = { type, text, rate: this._rate(), ...(type === 'text' && dialect ? { dialect } : {}) };
    if (!this._stream.send(message)) {
      this._askWithoutStream();
      return;
    }
    this._patience = setTimeout(() => {
      this._settle();
      this._onTrouble('slow');
    }, PATIENCE_MS);
  }

  /** @param {Say} say  from the stream */
  receive(say) {
    if (!this._guard.accept(say.turn_id)) return;
    this._settle();
    this._onSay(say);
  }

  /** The server could not take the last message. */
  refused() {
    if (!this.waiting) return;
    this._settle();
    this._onTrouble('problem');
  }

  /** The stream is gone: an open question goes by HTTP, the resident need not ask again. */
  streamLost() {
    this._unconfirmed = 0;
    if (this.waiting) this._askWithoutStream();
  }

  /** @param {string|null} turnId  the answer that is being spoken, if any */
  interrupt(turnId) {
    this._guard.interrupted(this.waiting);
    this._settle();
    if (this._stream.send(turnId ? { type: 'interrupt', turn_id: turnId } : { type: 'interrupt' })) this._unconfirmed += 1;
  }

  /**
   * The server said stop.
   *
   * @returns {boolean} whether it only confirms an interruption of this screen, after which something new may be said
   */
  confirmed() {
    if (this._unconfirmed === 0) return false;
    this._unconfirmed -= 1;
    return true;
  }

  /** Forgets the visit. */
  reset() {
    this._settle();
    this._guard.reset();
    this.sessionId = null;
  }

  _settle() {
    clearTimeout(this._patience);
    this._request.abort();
    this._request = new AbortController();
    this._open = null;
  }

  async _askWithoutStream() {
    clearTimeout(this._patience);
    const question = /** @type {{text: string, dialect?: string}} */ (this._open);
    const { signal } = this._request;
    try {
      const answer = await askByHttp({ ...question, sessionId: this.sessionId, kioskId: this._kioskId }, signal);
      if (signal.aborted) return;
      this.sessionId = answer.sessionId;
      this.receive(answer.say);
    } catch (error) {
      if (signal.aborted) return;
      this._settle();
      this._onTrouble(error instanceof QuestionRefused ? 'problem' : 'offline');
    }
  }
}
