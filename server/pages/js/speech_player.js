/** @typedef {import('./types.js').Speech} Speech */

/** How long (ms) a sound may take to begin before the captions go on without it. */
const PATIENCE_MS = 2500;

/**
 * Plays one answer at a time and tells where it is, by the clock of the sound itself. Without sound (none was made, it
 * cannot be loaded, the browser forbids it) a silent clock runs instead, so that captions always move.
 */
export class SpeechPlayer {
  /**
   * @param {HTMLAudioElement} audio
   * @param {object} events
   * @param {(ms: number) => void} events.onTime
   * @param {(end: {heard: boolean, ms: number}) => void} events.onEnd   not called after ``stop``
   * @param {() => void} events.onBlocked   the browser wants a touch before it lets a sound out
   */
  constructor(audio, { onTime, onEnd, onBlocked }) {
    this._audio = audio;
    this._onTime = onTime;
    this._onEnd = onEnd;
    this._onBlocked = onBlocked;
    this._speech = /** @type {Speech|null} */ (null);
    this._speed = 1;
    this._silentSince = /** @type {number|null} */ (null);
    this._blocked = false;
    this._frame = 0;
    this._timer = 0;
    audio.addEventListener('ended', () => this._soundEnded());
    audio.addEventListener('error', () => this._goSilent());
    audio.addEventListener('playing', () => this._silentSince === null && clearTimeout(this._timer));
  }

  get speaking() {
    return this._speech !== null;
  }

  /**
   * @param {Speech} speech
   * @param {number} [speed]  1 as recorded, below 1 slower
   */
  play(speech, speed = 1) {
    this.stop();
    this._speech = speech;
    this._speed = speed;
    if (speech.url) this._startSound(speech.url);
    else this._goSilent();
    this._frame = requestAnimationFrame(() => this._tick());
  }

  /** Silence, at once. */
  stop() {
    this._speech = null;
    this._blocked = false;
    this._silentSince = null;
    cancelAnimationFrame(this._frame);
    clearTimeout(this._timer);
    if (!this._audio.paused) this._audio.pause();
  }

  /** Called on a touch: a sound that the browser held back may start now, from its beginning. */
  unblock() {
    if (!this._blocked || !this._speech?.url) return;
    this.play(this._speech, this._speed);
  }

  _startSound(url) {
    const speech = this._speech;
    if (this._audio.getAttribute('src') === url && !this._audio.error) this._audio.currentTime = 0;
    else this._audio.src = url;
    this._audio.playbackRate = this._speed;
    this._timer = setTimeout(() => this._goSilent(), PATIENCE_MS);
    this._audio.play().catch((error) => {
      if (speech !== this._speech || this._silentSince !== null) return;
      if (error.name === 'NotAllowedError') {
        this._blocked = true;
        this._onBlocked();
      }
      if (error.name !== 'AbortError') this._goSilent();
    });
  }

  _goSilent() {
    if (!this._speech || this._silentSince !== null) return;
    const done = this._audio.currentTime > 0 && !this._audio.ended ? this._position() : 0;
    clearTimeout(this._timer);
    if (!this._audio.paused) this._audio.pause();
    this._silentSince = performance.now() - done / this._speed;
    const rest = Math.max(0, this._speech.duration_ms - done) / this._speed;
    this._timer = setTimeout(() => this._finish({ heard: false, ms: done }), rest);
  }

  _position() {
    if (this._silentSince === null) return this._audio.currentTime * 1000;
    return (performance.now() - this._silentSince) * this._speed;
  }

  _tick() {
    if (!this._speech) return;
    this._onTime(this._position());
    this._frame = requestAnimationFrame(() => this._tick());
  }

  _soundEnded() {
    if (!this._speech || this._silentSince !== null) return;
    this._finish({ heard: true, ms: Math.round(this._audio.currentTime * 1000) });
  }

  _finish(end) {
    this._onTime(this._speech?.duration_ms ?? 0);
    this.stop();
    this._onEnd(end);
  }
}
