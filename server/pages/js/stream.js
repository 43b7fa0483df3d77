import { backoff } from './backoff.js';

/** A stream over which nothing came for so long (ms) is dead even if the socket does not say so. */
const SILENCE_MS = 90000;
const OPENING_MS = 8000;

/**
 * The kiosk's WebSocket: says hello, answers pings, comes back after a loss.
 */
export class KioskStream {
  /**
   * @param {object} options
   * @param {string} options.url
   * @param {() => string|null} options.session   the visit to go on with
   * @param {(message: any) => void} options.onMessage   every message but ``ping``
   * @param {() => void} options.onLost   the connection is gone or could not be made; another try follows by itself
   */
  constructor({ url, session, onMessage, onLost }) {
    this._url = url;
    this._session = session;
    this._onMessage = onMessage;
    this._onLost = onLost;
    this._socket = /** @type {WebSocket|null} */ (null);
    this._attempt = 0;
    this._retry = 0;
    this._watch = 0;
    this._welcomed = false;
  }

  /** Whether the server has welcomed this screen. */
  get open() {
    return this._welcomed && this._socket?.readyState === WebSocket.OPEN;
  }

  connect() {
    clearTimeout(this._retry);
    this._drop();
    const socket = new WebSocket(this._url);
    this._socket = socket;
    this._expect(OPENING_MS);
    socket.addEventListener('open', () => this._write({ type: 'hello', session_id: this._session(), parts: true }));
    socket.addEventListener('message', (event) => this._read(socket, event));
    socket.addEventListener('close', () => this._lost(socket));
  }

  /**
   * @param {object} message
   * @returns {boolean} whether it went out
   */
  send(message) {
    return this.open && this._write(message);
  }

  _write(message) {
    if (this._socket?.readyState !== WebSocket.OPEN) return false;
    this._socket.send(JSON.stringify(message));
    return true;
  }

  _read(socket, event) {
    if (socket !== this._socket) return;
    this._expect(SILENCE_MS);
    let message;
    try {
      message = JSON.parse(event.data);
    } catch {
      return;
    }
    if (message?.type === 'ping') {
      this._write({ type: 'pong' });
      return;
    }
    if (message?.type === 'welcome') {
      this._welcomed = true;
      this._attempt = 0;
    }
    this._onMessage(message);
  }

  /** Closes the connection unless something comes within ``ms``. */
  _expect(ms) {
    clearTimeout(this._watch);
    const socket = this._socket;
    this._watch = setTimeout(() => {
      socket?.close();
      if (socket) this._lost(socket); // a dead network may hold the close event back for minutes
    }, ms);
  }

  _lost(socket) {
    if (socket !== this._socket) return;
    this._drop();
    this._retry = setTimeout(() => this.connect(), backoff(this._attempt));
    this._attempt += 1;
    this._onLost();
  }

  _drop() {
    clearTimeout(this._watch);
    const socket = this._socket;
    this._socket = null;
    this._welcomed = false;
    socket?.close();
  }
}
