import { byTestId, element, icon } from './element.js';
import { sayOfChat } from './say.js';
import { Camera } from './sight_camera.js';
import { SightPicture } from './sight_picture.js';
import { NotRead, chosenPicture, jpegOf, readPicture } from './sight_request.js';

/** "Show me your phone": aim, photograph or choose a picture, have it read, show it with what gave the fraud away. */
export class Sight {
  /**
   * @param {import('./texts.js').Texts} texts
   * @param {object} events
   * @param {() => void} events.onOpen
   * @param {(say: import('./types.js').Say) => void} events.onSeen   what she says to it
   * @param {() => void} events.onClosed   nothing was looked at after all
   * @param {() => number|undefined} events.rate   words a minute
   * @param {() => string|null} events.session   the visit in which the picture is shown
   */
  constructor(texts, { onOpen, onSeen, onClosed, rate, session }) {
    this._texts = texts;
    this._onOpen = onOpen;
    this._onSeen = onSeen;
    this._onClosed = onClosed;
    this._rate = rate;
    this._session = session;
    this._request = new AbortController();
    this._build();
    this._camera = new Camera(/** @type {HTMLVideoElement} */ (this._video));
    const stage = /** @type {HTMLElement} */ (document.querySelector('.stage'));
    stage.append(this._button('sight-open', 'camera', 'sight.button', () => this.open(), 'sight-open'));
    this._picture = new SightPicture(stage, texts, { onRetake: () => this.open() });
  }

  /** Whether a phone is being aimed at the camera, or read. */
  get busy() {
    return this._dialog.open;
  }

  /** Whether a picture is being read at this moment. */
  get reading() {
    return this._dialog.dataset.step === 'reading';
  }

  async open() {
    if (this.busy) return;
    this._picture.hide();
    this._onOpen();
    this._step('starting', 'sight.hint');
    this._dialog.showModal();
    const state = await this._camera.start();
    if (state === 'left') return;
    if (state === 'on') this._step('aiming', 'sight.hint');
    else this._step('blind', `sight.${state}`);
    this._dialog.querySelector(state === 'on' ? '[data-testid="sight-shoot"]' : '[data-testid="sight-upload"]')?.focus();
  }

  /** The picture goes; the answer to another question takes its place. */
  hide() {
    this._picture.hide();
  }

  /** Forgets everything: for the next resident. */
  reset() {
    this._cancel();
    this._picture.hide();
  }

  _build() {
    this._video = element('video', { playsinline: '', 'aria-hidden': 'true', 'data-testid': 'sight-video' });
    /** @type {HTMLVideoElement} */ (this._video).muted = true;
    this._still = element('canvas', { class: 'sight-still', 'aria-hidden': 'true' });
    this._hint = element('p', { class: 'sight-hint', 'data-testid': 'sight-hint', role: 'status' });
    this._file = element('input', { type: 'file', accept: 'image/png,image/jpeg,image/webp', 'data-testid': 'sight-file',
      tabindex: '-1', 'aria-hidden': 'true', hidden: '' });
    this._file.addEventListener('change', () => this._choose());
    this._dialog = /** @type {HTMLDialogElement} */ (element('dialog', { class: 'sight', 'data-testid': 'sight',
      'aria-labelledby': 'sight-title' },
    element('h2', { id: 'sight-title' }, this._texts.get('sight.title')),
    element('div', { class: 'sight-finder' }, this._video, this._still, element('span', { class: 'sight-corners' })),
    this._hint, this._file,
    element('div', { class: 'sight-buttons' },
      this._button('sight-shoot', 'camera', 'sight.shoot', () => this._shoot(), 'sight-shoot'),
      this._button('sight-upload', 'picture', 'sight.upload', () => this._file.click()),
      this._button('sight-cancel', 'close', 'sight.cancel', () => this._leave()))));
    this._dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      this._leave();
    });
    /** @type {HTMLElement} */ (byTestId('kiosk')).append(this._dialog);
  }

  /** @param {'starting'|'aiming'|'blind'|'reading'} step @param {string} key  of the sentence below the picture */
  _step(step, key) {
    this._dialog.dataset.step = step;
    this._hint.textContent = this._texts.get(key);
  }

  async _shoot() {
    const shot = this.reading ? null : this._camera.shoot();
    if (shot) await this._look(async () => ({ picture: await jpegOf(shot), image: shot }));
  }

  async _choose() {
    const input = /** @type {HTMLInputElement} */ (this._file);
    const file = input.files?.[0];
    input.value = '';
    if (file && !this.reading) await this._look(() => chosenPicture(file));
  }

  /** @param {() => Promise<{picture: Blob, image: CanvasImageSource & {width: number, height: number}}>} take */
  async _look(take) {
    const { signal } = this._request;
    this._step('reading', 'sight.working');
    try {
      const { picture, image } = await take();
      this._freeze(image);
      this._camera.stop();
      const seen = await readPicture(picture, { rate: this._rate(), session: this._session(), signal });
      if (signal.aborted) return;
      this._close();
      const say = sayOfChat({ reply: seen.reply, audio: seen.audio, assessment: seen.assessment, intent: 'picture' });
      this._onSeen(say);
      this._picture.show(image, seen);
    } catch (error) {
      if (signal.aborted) return;
      await this._again(error instanceof NotRead ? error.key : 'sight.failed');
    }
  }

  /** Aims anew, with what was wrong below the picture. @param {string} key */
  async _again(key) {
    this._melt();
    this._step('starting', key);
    const state = await this._camera.start();
    if (state !== 'left') this._step(state === 'on' ? 'aiming' : 'blind', key);
  }

  _freeze(image) {
    const still = /** @type {HTMLCanvasElement} */ (this._still);
    Object.assign(still, { width: image.width, height: image.height });
    still.getContext('2d')?.drawImage(image, 0, 0);
  }

  _melt() {
    Object.assign(this._still, { width: 0, height: 0 });
  }

  _close() {
    this._camera.stop();
    this._melt();
    this._dialog.dataset.step = '';
    if (this._dialog.open) this._dialog.close();
  }

  _cancel() {
    this._request.abort();
    this._request = new AbortController();
    this._close();
  }

  _leave() {
    this._cancel();
    this._onClosed();
  }

  _button(testid, sign, key, onClick, name = '') {
    const button = element('button', { type: 'button', 'data-testid': testid, ...(name ? { class: name } : {}) },
      icon(sign), element('span', {}, this._texts.get(key)));
    button.addEventListener('click', onClick);
    return button;
  }
}
