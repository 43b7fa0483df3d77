/** The camera of this screen; on while somebody aims a phone at it, off otherwise. */
export class Camera {
  /** @param {HTMLVideoElement} video  shows what it sees */
  constructor(video) {
    this._video = video;
    this._stream = /** @type {MediaStream|null} */ (null);
    this._wanted = 0;
  }

  /**
   * @returns {Promise<'on'|'none'|'denied'|'left'>} ``left``: it was switched off again while it was starting
   */
  async start() {
    const wanted = ++this._wanted;
    if (!navigator.mediaDevices?.getUserMedia) return 'none';
    let stream;
    try {
      // As fine as it goes: small letters are read from it.
      stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 2560 }, height: { ideal: 1440 } } });
    } catch (error) {
      if (wanted !== this._wanted) return 'left';
      return error.name === 'NotAllowedError' ? 'denied' : 'none';
    }
    if (wanted !== this._wanted) {
      for (const track of stream.getTracks()) track.stop();
      return 'left';
    }
    this._stream = stream;
    this._video.srcObject = stream;
    try {
      await this._video.play();
    } catch {
      return wanted === this._wanted ? 'none' : 'left';
    }
    return 'on';
  }

  /** @returns {HTMLCanvasElement|null} what it sees now; nothing before its first picture */
  shoot() {
    const { videoWidth: width, videoHeight: height } = this._video;
    if (!this._stream || !width) return null;
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width, height });
    canvas.getContext('2d')?.drawImage(this._video, 0, 0);
    return canvas;
  }

  stop() {
    this._wanted += 1;
    for (const track of this._stream?.getTracks() ?? []) track.stop();
    this._stream = null;
    this._video.srcObject = null;
  }
}
