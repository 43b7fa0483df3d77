/** How long (ms) an announcement stays readable when nobody touched the screen. */
const UNATTENDED_MS = 6000;
const UNATTENDED_WARNING_MS = 120000;

/** From the first touch of a resident to the moment in which everything about him is forgotten. */
export class Visit {
  /**
   * @param {import('./kiosk.js').Parts} parts
   * @param {object} others
   * @param {import('./presence.js').Presence} others.presence
   * @param {import('./passers_by.js').PassersBy} others.passersBy
   * @param {() => import('./types.js').Choice[]} others.begin   what to press when a visit begins
   * @param {() => void} others.onFree   nobody is there now
   */
  constructor(parts, { presence, passersBy, begin, onFree }) {
    this._parts = parts;
    this._presence = presence;
    this._passersBy = passersBy;
    this._begin = begin;
    this._onFree = onFree;
    this._announced = false; // the server knows that somebody is there
    this._unattended = 0;
  }

  /** @param {number} seconds */
  setIdle(seconds) {
    this._presence.setIdle(seconds);
  }

  /** The first touch. */
  arrive() {
    this.keep();
    this._passersBy.greeted();
    if (!this._parts.views.panel.attracting) return;
    this._parts.views.panel.invite();
    this._parts.performance.rest();
    this._parts.performance.gesture('wave');
  }

  /** Tells the server, which then greets, unless a question is on its way already: that greets better. */
  settle() {
    if (!this._parts.dialogue.waiting) this.announce();
  }

  /** Tells the server that somebody is there, once. */
  announce() {
    if (this._announced || !this._presence.here) return;
    this._announced = this._parts.connection.send({ type: 'presence', present: true });
  }

  /** With the stream went what the server knew. */
  unannounced() {
    this._announced = false;
  }

  /** What is on the screen stays for now, whether or not somebody is there. */
  keep() {
    clearTimeout(this._unattended);
  }

  /** Something was said to its end. */
  spoken() {
    this._presence.restart();
    if (this._presence.here) return;
    this._parts.reload.ifWanted();
    const shown = this._parts.views.urgent.open ? UNATTENDED_WARNING_MS : UNATTENDED_MS;
    this._unattended = setTimeout(() => this.attend(), shown);
  }

  /** Forgets everything about whoever was here. */
  leave() {
    this._parts.hearing.reset();
    this._parts.connection.send({ type: 'presence', present: false });
    this.unannounced();
    this._parts.dialogue.reset();
    this.attend();
    this._parts.reload.ifWanted();
  }

  /** Waits for the next resident. */
  attend() {
    this._parts.utterance.forget();
    this._parts.controls.clear();
    this._parts.controls.showSlow(false);
    this._parts.sight.reset();
    this._parts.views.attract(this._begin());
    this._parts.performance.rest();
    this._onFree();
  }
}
