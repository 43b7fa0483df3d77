import { Captions } from './captions.js';
import { SpeechPlayer } from './speech_player.js';
import { afterPaint } from './taps.js';
import { visemeAt } from './timeline.js';

/** @typedef {import('./types.js').Say} Say */
/** @typedef {'attract'|'idle'|'listening'|'thinking'|'speaking'|'offline'} State */

/** Speed of a recording that was made at the normal rate, when the resident wants it slower. */
const SLOW_PLAYBACK = 0.8;

/** He'an on her stage: voice, mouth, gestures and caption in step, and ``data-state`` of the page. */
export class Performance {
  /**
   * @param {object} parts
   * @param {import('./face/face.js').Face} parts.face
   * @param {import('./texts.js').Texts} parts.texts
   * @param {HTMLAudioElement} parts.audio
   * @param {HTMLElement} parts.caption
   * @param {() => State} parts.restState   what the page is when nothing goes on
   * @param {(heard: {turn: string|null, ms: number}) => void} parts.onHeard   so much of a turn was really heard
   * @param {() => void} parts.onSpoken   said to the end
   * @param {() => void} parts.onLate   the next part of what is said does not come
   * @param {() => void} parts.onBlocked   the browser wants a touch before it lets a sound out
   */
  constructor({ face, texts, audio, caption, restState, onHeard, onSpoken, onLate, onBlocked }) {
    this._face = face;
    this._texts = texts;
    this._restState = restState;
    this._onSpoken = onSpoken;
    this._say = /** @type {Say|null} */ (null);
    this._poses = 0; // counted, so that a pose that was put off does not come after a later one
    this._captions = new Captions(caption, { roleLabel: () => texts.get('drill.role') });
    this._player = new SpeechPlayer(audio, {
      onTime: (ms) => this._follow(ms),
      onHeard: ({ speech, ms }) => onHeard({ turn: /** @type {Say} */ (speech).turn_id, ms }),
      onEnd: () => this._end(),
      onLate,
      onBlocked,
    });
  }

  get speaking() {
    return this._player.speaking;
  }

  /**
   * @param {Say & {slow: boolean}} say   ``slow`` when its recording is slow already
   * @param {boolean} slow   what the resident wants
   */
  speak(say, slow) {
    this._say = say;
    this._setState('speaking');
    this.gesture(say.gesture);
    this._face.setSpeaking(true);
    this._captions.begin(say);
    this._player.play(say, slow && !say.slow ? SLOW_PLAYBACK : 1);
  }

  /** @param {Say} say  that which is being said, with the parts that have come since */
  extend(say) {
    if (!this.speaking || this._say?.turn_id !== say.turn_id) return;
    this._say = say;
    this._captions.extend(say);
    this._player.extend(say);
  }

  /** Silence, whatever was going on. */
  quiet() {
    this._player.stop();
    this._closeMouth();
  }

  /** Silence, and nothing is left to be played again. */
  forget() {
    this.quiet();
    this._player.unload();
  }

  listen() {
    this.quiet();
    this._pose('listening', 'listen', this._texts.get('state.listening'));
  }

  /** @param {string} note */
  think(note) {
    this._setState('thinking');
    this._captions.note(note);
    // To draw her anew takes longer than all the rest.
    const pose = this._poses + 1;
    this._poses = pose;
    afterPaint(() => pose === this._poses && this._face.setGesture('think'));
  }

  rest() {
    const state = this._restState();
    this._pose(state, 'idle', this._texts.get(state === 'attract' ? 'state.attract' : 'state.idle'));
  }

  /** @param {string} text  something to read that is not being said */
  note(text) {
    this._captions.note(text);
  }

  /** @param {string} name */
  gesture(name) {
    this._poses += 1;
    this._face.setGesture(name);
  }

  /** Called on a touch: a sound that the browser held back may start now. */
  unblock() {
    this._player.unblock();
  }

  _follow(ms) {
    if (!this._say) return;
    this._face.setViseme(visemeAt(this._say, ms));
    this._captions.update(ms);
  }

  _end() {
    this._closeMouth();
    // The last caption stays: whoever reads slowly is not done when the voice is.
    this._setState(this._restState());
    this.gesture('idle');
    this._onSpoken();
  }

  _closeMouth() {
    this._face.setSpeaking(false);
    this._face.setViseme('sil');
  }

  /** @param {State} state @param {string} gesture @param {string} caption */
  _pose(state, gesture, caption) {
    this._setState(state);
    this.gesture(gesture);
    this._captions.note(caption);
  }

  /** @param {State} state */
  _setState(state) {
    document.body.dataset.state = state;
  }
}
