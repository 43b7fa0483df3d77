const FRAME_MS = 30;
/** Speech is this many times louder than the quietest the room has been, and never softer than ``FLOOR``. */
const ABOVE_ROOM = 3;
const FLOOR = 0.008;
/** So many ms must be loud before silence can end anything: a cough or a chair is shorter. */
const SPEECH_MS = 240;
/** Taken for the room at first, so that who speaks at once is not taken for it. */
const LOUDEST_ROOM = 0.02;
/** The room's level follows slowly upwards (a factor a frame) and at once downwards. */
const ROOM_RISES = 1.002;

/** Tells when somebody has finished speaking. Slow speakers pause, so the pause is the deployer's to set. */
export class SpeechEnd {
  /** @param {number} pauseMs */
  constructor(pauseMs) {
    this._pauseMs = pauseMs;
    this._sum = 0;
    this._count = 0;
    this._room = LOUDEST_ROOM;
    this._loudMs = 0;
    this._silentMs = 0;
  }

  /** Spoken, and silent since for the whole pause. */
  get reached() {
    return this._loudMs >= SPEECH_MS && this._silentMs >= this._pauseMs;
  }

  /**
   * @param {Float32Array} samples
   * @param {number} rateHz
   */
  take(samples, rateHz) {
    const frame = (rateHz * FRAME_MS) / 1000;
    for (const sample of samples) {
      this._sum += sample * sample;
      this._count += 1;
      if (this._count >= frame) this._judge();
    }
  }

  _judge() {
    const level = Math.sqrt(this._sum / this._count);
    this._sum = 0;
    this._count = 0;
    this._room = Math.min(level, this._room * ROOM_RISES);
    if (level > Math.max(FLOOR, this._room * ABOVE_ROOM)) {
      this._loudMs += FRAME_MS;
      this._silentMs = 0;
    } else {
      this._silentMs += FRAME_MS;
    }
  }
}
