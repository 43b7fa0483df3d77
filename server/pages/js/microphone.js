import { Recording } from './recording.js';

/** The server takes 15 s; a little less, so that the last block never goes over. */
const LONGEST_MS = 14800;
const SHORTEST_MS = 400;
/** A press shorter than this (ms) starts a recording that a second press ends; a longer one is held to speak. */
const TAP_MS = 500;

/**
 * The microphone button: tap, speak, be silent for a while or tap again; or hold, speak, let go.
 *
 * @typedef {'off'|'none'|'denied'|'short'|'failed'|'unheard'} Trouble   keys ``mic.*`` of the texts
 * @typedef {{text: string, dialect: string}} Heard
 */
export class Microphone {
  /**
   * @param {HTMLButtonElement} button
   * @param {object} events
   * @param {() => void} events.onStart
   * @param {(seconds: number) => void} events.onLeft     seconds left to speak
   * @param {() => void} events.onWorking                 recorded, being recognised
   * @param {(heard: Heard) => void} events.onHeard
   * @param {(trouble: Trouble) => void} events.onTrouble
   */
  constructor(button, events) {
    this._button = button;
    this._events = events;
    this._recording = /** @type {Recording|null} */ (null);
    this._touched = 0;
    this._ticker = 0;
    this._request = new AbortController();
    this._held = false;
    this.available = false;
    /** Silence in ms after which somebody who tapped and spoke has finished. */
    this.pauseMs = 1200;
    button.addEventListener('pointerdown', (event) => {
      this._held = true;
      this._touched = event.timeStamp; // of the finger, not of a page that may have been busy
      this._press();
    });
    button.addEventListener('pointerup', (event) => this._release(event));
    button.addEventListener('pointercancel', (event) => this._release(event));
    button.addEventListener('click', (event) => event.detail === 0 && this._press()); // keyboard
    button.addEventListener('contextmenu', (event) => event.preventDefault());
  }

  get busy() {
    return this._recording !== null;
  }

  /** Starts as if the button had been tapped. */
  begin() {
    this._press();
  }

  cancel() {
    this._request.abort();
    this._request = new AbortController();
    this._off()?.cancel();
  }

  async _press() {
    if (this._recording) {
      this._finish();
      return;
    }
    if (!this.available || !Recording.possible()) {
      this._events.onTrouble(this.available ? 'none' : 'off');
      return;
    }
    const recording = new Recording(this.pauseMs);
    this.cancel();
    this._recording = recording;
    this._button.setAttribute('aria-pressed', 'true');
    this._events.onStart();
    try {
      await recording.start();
    } catch (error) {
      recording.cancel();
      if (this._recording !== recording) return;
      this._off();
      this._events.onTrouble(error.name === 'NotAllowedError' ? 'denied' : 'none');
      return;
    }
    if (this._recording !== recording) {
      recording.cancel();
      return;
    }
    this._ticker = setInterval(() => this._tick(), 250);
  }

  /** @param {PointerEvent} event */
  _release(event) {
    this._held = false;
    if (this._recording && event.timeStamp - this._touched > TAP_MS) this._finish();
  }

  _tick() {
    const left = LONGEST_MS - (this._recording?.ms ?? 0);
    if (left <= 0 || (this._recording?.spoken && !this._held)) this._finish();
    else this._events.onLeft(Math.ceil(left / 1000));
  }

  /** @returns {Recording|null} what was being recorded */
  _off() {
    clearInterval(this._ticker);
    this._button.setAttribute('aria-pressed', 'false');
    const recording = this._recording;
    this._recording = null;
    return recording;
  }

  async _finish() {
    const recording = this._off();
    if (!recording) return;
    if (recording.ms < SHORTEST_MS) {
      recording.cancel();
      this._events.onTrouble('short');
      return;
    }
    const wav = recording.finish();
    this._events.onWorking();
    const { signal } = this._request;
    try {
      const response = await fetch('/api/v1/hearing', {
        method: 'POST', headers: { 'content-type': 'audio/wav' }, body: wav,
        signal: AbortSignal.any([signal, AbortSignal.timeout(20000)]),
      });
      const heard = response.ok ? await response.json() : null;
      if (signal.aborted) return;
      if (response.status === 503) this._events.onTrouble('off');
      else if (!heard) this._events.onTrouble('failed');
      else if (!heard.text?.trim()) this._events.onTrouble('unheard');
      else this._events.onHeard({ text: heard.text.trim(), dialect: heard.dialect });
    } catch {
      if (!signal.aborted) this._events.onTrouble('failed');
    }
  }
}
