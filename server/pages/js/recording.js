import { SpeechEnd } from './speech_end.js';
import { HEARING_RATE_HZ, encodeWav } from './wav.js';

/** One recording from the microphone, from ``start`` to ``finish`` or ``cancel``. */
export class Recording {
  /** @param {number} pauseMs  silence after speech that ends it */
  constructor(pauseMs) {
    this._end = new SpeechEnd(pauseMs);
    this._chunks = /** @type {Float32Array[]} */ ([]);
    this._stream = /** @type {MediaStream|null} */ (null);
    this._context = /** @type {AudioContext|null} */ (null);
  }

  /** Whether this browser can record here at all (it needs https or localhost). */
  static possible() {
    return Boolean(navigator.mediaDevices?.getUserMedia) && 'AudioWorkletNode' in window;
  }

  /** @throws {DOMException} ``NotAllowedError``, ``NotFoundError``… as getUserMedia does */
  async start() {
    this._stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    this._context = new AudioContext({ sampleRate: HEARING_RATE_HZ });
    await this._context.audioWorklet.addModule(new URL('./recorder_worklet.js', import.meta.url));
    const node = new AudioWorkletNode(this._context, 'recorder', { numberOfOutputs: 0 });
    const { sampleRate } = this._context;
    node.port.onmessage = (event) => {
      this._chunks.push(event.data);
      this._end.take(event.data, sampleRate);
    };
    this._context.createMediaStreamSource(this._stream).connect(node);
    await this._context.resume();
  }

  /** Length so far in ms. */
  get ms() {
    const samples = this._chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    return (samples * 1000) / (this._context?.sampleRate ?? HEARING_RATE_HZ);
  }

  /** Whether somebody has spoken and has been silent since for as long as it takes. */
  get spoken() {
    return this._end.reached;
  }

  /** @returns {Blob} the WAV; the microphone is off */
  finish() {
    const rate = this._context?.sampleRate ?? HEARING_RATE_HZ;
    this.cancel();
    return encodeWav(this._chunks, rate);
  }

  cancel() {
    for (const track of this._stream?.getTracks() ?? []) track.stop();
    if (this._context && this._context.state !== 'closed') this._context.close();
  }
}
