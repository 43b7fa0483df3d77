import { Announcements } from './announcements.js';

/** @typedef {import('./types.js').Say} Say */

/** What staff say on every screen: into everything when it is urgent, else when nobody would be disturbed. */
export class Broadcasts {
  /**
   * @param {import('./kiosk.js').Parts} parts
   * @param {object} others
   * @param {() => boolean} others.free   nobody is there, nothing is being said
   * @param {() => void} others.interrupt   silences whatever is being said or made
   * @param {(say: Say) => void} others.utter
   */
  constructor({ views, controls }, { free, interrupt, utter }) {
    this._views = views;
    this._controls = controls;
    this._free = free;
    this._interrupt = interrupt;
    this._utter = utter;
    this._waiting = new Announcements();
  }

  /** @param {Say} say */
  receive(say) {
    if (say.urgent) {
      this._warn(say);
      return;
    }
    this._waiting.add(say);
    this.next();
  }

  /** Says what waits, if nobody would be disturbed by it. */
  next() {
    if (!this._free() || this._views.urgent.open) return;
    const say = this._waiting.take();
    if (!say) return;
    this._views.panel.announce(say);
    this._utter({ ...say, turn_id: null });
  }

  /** What was on the card is there again when the warning is closed. @param {Say} say */
  _warn(say) {
    this._interrupt();
    this._controls.closeKeyboard();
    this._views.urgent.announce(say.text);
    this._utter({ ...say, turn_id: null, gesture: 'warn' });
  }
}
