/** @typedef {import('./types.js').Speech} Speech */

/** How long (ms) a sound may take to begin before the captions go on without it. */
const PATIENCE_MS = 2500;
/** How long (ms) the next part of a speech may take to come; the server gives up a little earlier. */
const LATE_MS = 12000;

/**
 * Plays one answer at a time, part after part, and tells where it is, by the clock of the sound itself. Without sound
 * (none was made, it cannot be loaded, the browser forbids it) a silent clock runs instead, so that captions always move.
 */
export class SpeechPlayer {
  /**
   * @param {HTMLAudioElement} audio
   * @param {object} events
   * @param {(ms: number) => void} events.onTime
   * @param {(heard: {speech: Speech, ms: number}) => void} events.onHeard   so much was really heard; it ended or was
   *   stopped. Not called when nothing was
   * @param {() => void} events.onEnd   not called after ``stop``
   * @param {() => void} events.onLate   the next part does not come
   * @param {() => void} events.onBlocked   the browser wants a touch before it lets a sound out
   */
  constructor(audio, { onTime, onHeard, onEnd, onLate, onBlocked }) {
    this._audio = audio;
    this._onTime = onTime;
    this._onHeard = onHeard;
    this._onEnd = onEnd;
    this._onLate = onLate;
    this._onBlocked = onBlocked;
    this._speech = /** @type {Speech|null} */ (null);
    this._speed = 1;
    this._part = 0;
    this._between = false; // the part is over and the next one has not begun
    this._over = 0; // when the part was over
    this._heard = 0; // ms of the parts before
    this._silentSince = /** @type {number|null} */ (null);
    this._blocked = false;
    this._frame = 0;
    this._timer = 0;
    audio.addEventListener('ended', () => this._soundEnded());
    audio.addEventListener('error', () => this._goSilent());
    audio.addEventListener('playing', () => this._sounding && clearTimeout(this._timer));
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
    this._heard = 0;
    this._begin(0);
    this._frame = requestAnimationFrame(() => this._tick());
  }

  /** @param {Speech} speech  that which is being said, with the parts that have come since */
  extend(speech) {
    if (!this._speech) return;
    const waited = this._between && !this._speech.sounds[this._part + 1];
    this._speech = speech;
    if (waited) this._goOn();
  }

  /** Silence, at once. */
  stop() {
    const speech = this._speech;
    const ms = this._heard + (this._sounding ? this._audio.currentTime * 1000 : 0);
    this._speech = null;
    this._blocked = false;
    this._between = false;
    this._silentSince = null;
    cancelAnimationFrame(this._frame);
    clearTimeout(this._timer);
    if (!this._audio.paused) this._audio.pause();
    if (speech && ms > 0) this._onHeard({ speech, ms: Math.round(ms) });
  }

  /** Lets go of the sound that was played last. */
  unload() {
    if (!this._audio.hasAttribute('src')) return;
    this._audio.removeAttribute('src');
    this._audio.load();
  }

  /** Called on a touch: a sound that the browser held back may start now, from its beginning. */
  unblock() {
    if (this._blocked && this._speech) this.play(this._speech, this._speed);
  }

  /** Whether the part comes out of the loudspeaker now, as far as one can tell. */
  get _sounding() {
    return this._speech !== null && !this._between && this._silentSince === null;
  }

  get _sound() {
    return /** @type {Speech} */ (this._speech).sounds[this._part];
  }

  /** @param {number} part */
  _begin(part) {
    clearTimeout(this._timer);
    this._part = part;
    this._between = false;
    this._silentSince = null;
    const { url } = this._sound;
    if (url) this._startSound(url);
    else this._goSilent();
  }

  _startSound(url) {
    const sound = this._sound;
    this._load(url);
    this._audio.playbackRate = this._speed;
    this._timer = setTimeout(() => this._goSilent(), PATIENCE_MS);
    this._audio.play().catch((error) => {
      if (!this._sounding || sound !== this._sound) return;
      if (error.name === 'NotAllowedError') {
        this._blocked = true;
        this._onBlocked();
      }
      if (error.name !== 'AbortError') this._goSilent();
    });
  }

  /** @param {string} url */
  _load(url) {
    if (this._audio.getAttribute('src') !== url || this._audio.error) this._audio.src = url;
    else if (this._audio.currentTime > 0) this._audio.currentTime = 0;
  }

  _goSilent() {
    if (!this._speech || this._between || this._silentSince !== null) return;
    const done = this._sound.url && !this._audio.ended ? this._audio.currentTime * 1000 : 0;
    this._heard += done;
    clearTimeout(this._timer);
    if (!this._audio.paused) this._audio.pause();
    this._silentSince = performance.now() - done / this._speed;
    const rest = Math.max(0, this._sound.duration_ms - done) / this._speed;
    this._timer = setTimeout(() => this._partEnded(), rest);
  }

  _soundEnded() {
    if (!this._sounding) return;
    this._heard += this._audio.currentTime * 1000;
    this._partEnded();
  }

  _partEnded() {
    clearTimeout(this._timer);
    this._between = true;
    this._over = performance.now();
    this._goOn();
  }

  /** Makes the pause behind the part and begins the next one. */
  _goOn() {
    const { sounds, complete } = /** @type {Speech} */ (this._speech);
    const pause = this._sound.pause_ms;
    const next = sounds[this._part + 1];
    clearTimeout(this._timer);
    if (next) {
      if (next.url) this._load(next.url); // so that it is there when the pause is over
      this._timer = setTimeout(() => {
        if (this._silentSince === null) this._heard += pause;
        this._begin(this._part + 1);
      }, this._over + pause / this._speed - performance.now());
    } else if (complete) this._finish();
    else this._timer = setTimeout(() => this._onLate(), LATE_MS);
  }

  _position() {
    const { start, duration_ms: duration } = this._sound;
    if (this._between) return start + duration;
    if (this._silentSince === null) return start + this._audio.currentTime * 1000;
    return start + (performance.now() - this._silentSince) * this._speed;
  }

  _tick() {
    if (!this._speech) return;
    this._onTime(this._position());
    this._frame = requestAnimationFrame(() => this._tick());
  }

  _finish() {
    this._onTime(/** @type {Speech} */ (this._speech).duration_ms);
    this.stop();
    this._onEnd();
  }
}
