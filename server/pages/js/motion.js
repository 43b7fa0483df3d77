const WIDTH = 32;
const HEIGHT = 24;
const LOOK_MS = 500;
/** Share of the picture that has to change, and by how much of 255 a point of it. */
const SHARE = 0.06;
const CHANGE = 28;
/** Looks in a row with a change: a lamp that is switched on is one, somebody who comes is more. */
const IN_A_ROW = 3;

/**
 * @param {Uint8ClampedArray} before  RGBA
 * @param {Uint8ClampedArray} after
 * @returns {number} the share of points that changed, 0 to 1
 */
export function changedShare(before, after) {
  let changed = 0;
  for (let at = 0; at < after.length; at += 4) {
    const difference = Math.abs(after[at] + after[at + 1] + after[at + 2] - before[at] - before[at + 1] - before[at + 2]);
    if (difference > CHANGE * 3) changed += 1;
  }
  return (changed * 4) / after.length;
}

/** Notices that somebody comes, from 32 × 24 points of the camera that are compared and forgotten. Nothing is sent. */
export class Motion {
  /** @param {() => void} onMotion */
  constructor(onMotion) {
    this._onMotion = onMotion;
    this._stream = /** @type {MediaStream|null} */ (null);
    this._timer = 0;
    this._wanted = false;
    this._row = 0;
    this._before = /** @type {Uint8ClampedArray|null} */ (null);
  }

  /** @param {boolean} wanted */
  watch(wanted) {
    if (wanted === this._wanted) return;
    this._wanted = wanted;
    if (wanted) this._open();
    else this._close();
  }

  async _open() {
    if (!navigator.mediaDevices) return;
    try {
      const size = { width: { ideal: 160 }, height: { ideal: 120 }, frameRate: { ideal: 5 } };
      const stream = await navigator.mediaDevices.getUserMedia({ video: size });
      if (!this._wanted) {
        for (const track of stream.getTracks()) track.stop();
        return;
      }
      this._stream = stream;
      const video = document.createElement('video');
      video.muted = true;
      video.srcObject = stream;
      await video.play();
      const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
      const brush = canvas.getContext('2d', { willReadFrequently: true });
      this._timer = setInterval(() => brush && this._look(video, brush), LOOK_MS);
    } catch {
      // No camera, or none that may be used: a touch tells as well.
      this._close();
    }
  }

  _close() {
    clearInterval(this._timer);
    for (const track of this._stream?.getTracks() ?? []) track.stop();
    this._stream = null;
    this._before = null;
    this._row = 0;
  }

  /** @param {HTMLVideoElement} video @param {OffscreenCanvasRenderingContext2D} brush */
  _look(video, brush) {
    brush.drawImage(video, 0, 0, WIDTH, HEIGHT);
    const { data } = brush.getImageData(0, 0, WIDTH, HEIGHT);
    const moved = this._before !== null && changedShare(this._before, data) >= SHARE;
    this._before = data;
    this._row = moved ? this._row + 1 : 0;
    if (this._row < IN_A_ROW) return;
    this._row = 0;
    this._onMotion();
  }
}
