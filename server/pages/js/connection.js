import { KioskStream } from './stream.js';

/** The way to the server: its stream, and whether it can be reached at all. */
export class Connection {
  /**
   * @param {object} options
   * @param {string} options.kioskId
   * @param {() => Promise<unknown>} options.probe   rejects when the server cannot be reached
   * @param {() => string|null} options.session   the visit to go on with
   * @param {(message: any) => void} options.onMessage
   * @param {() => void} options.onLost   the stream is gone; it comes back by itself
   * @param {() => void} options.onReach   ``offline`` has changed
   */
  constructor({ kioskId, probe, session, onMessage, onLost, onReach }) {
    this._probe = probe;
    this._onReach = onReach;
    this._offline = false;
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this._stream = new KioskStream({
      url: `${scheme}://${location.host}/api/v1/kiosks/${encodeURIComponent(kioskId)}/stream`,
      session,
      onMessage: (message) => {
        if (message?.type === 'welcome') this._reached(true);
        onMessage(message);
      },
      onLost: () => {
        onLost();
        this._check();
      },
    });
  }

  /** Whether the server cannot be reached, neither by the stream nor otherwise. */
  get offline() {
    return this._offline;
  }

  connect() {
    this._stream.connect();
  }

  /** Tries at once what would be tried again later. */
  retry() {
    this._stream.connect();
    this._check();
  }

  /**
   * @param {object} message
   * @returns {boolean} whether it went out
   */
  send(message) {
    return this._stream.send(message);
  }

  /** A question could not be asked by any way. */
  failed() {
    this._reached(false);
  }

  async _check() {
    try {
      await this._probe();
      this._reached(true);
    } catch {
      if (!this._stream.open) this._reached(false);
    }
  }

  /** @param {boolean} reached */
  _reached(reached) {
    if (this._offline === !reached) return;
    this._offline = !reached;
    this._onReach();
  }
}
