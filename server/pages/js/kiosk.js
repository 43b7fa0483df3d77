import { Choices } from './choices.js';
import { Connection } from './connection.js';
import { Controls } from './controls.js';
import { Dialogue } from './dialogue.js';
import { byTestId } from './element.js';
import { Hearing } from './hearing.js';
import { Notice } from './notice.js';
import { Panel } from './panel.js';
import { Performance } from './performance.js';
import { Presence } from './presence.js';
import { readSay } from './say.js';
import { TextSize } from './text_size.js';
import { UrgentCard } from './urgent_card.js';

/** @typedef {import('./types.js').Say} Say */

/** How long (ms) an announcement stays readable when nobody touched the screen. */
const UNATTENDED_MS = 6000;

/** One screen: what comes in from the stream and from the resident's hands, and what is then shown and said. */
export class Kiosk {
  /**
   * @param {object} parts
   * @param {import('./face/face.js').Face} parts.face
   * @param {import('./texts.js').Texts} parts.texts
   * @param {string} parts.kioskId
   * @param {() => Promise<unknown>} parts.probe   rejects when the server cannot be reached
   */
  constructor({ face, texts, kioskId, probe }) {
    this._texts = texts;
    this._welcome = /** @type {import('./types.js').Welcome|null} */ (null);
    this._last = /** @type {(Say & {slow: boolean})|null} */ (null);
    this._played = /** @type {string|null} */ (null);
    this._slow = false;
    this._reload = false;
    this._announced = false;
    this._unattended = 0;
    this._buildViews(face);
    this._connection = new Connection({
      kioskId,
      probe,
      session: () => this._dialogue.sessionId,
      onMessage: (message) => this._receive(message),
      onLost: () => this._lost(),
      // What she is saying is already here; let her finish.
      onReach: () => this._occupied || this._performance.rest(),
    });
    this._dialogue = new Dialogue({
      stream: this._connection,
      kioskId,
      rate: () => this._welcome?.rates?.[this._slow ? 'slow' : 'normal'],
      onSay: (say) => this._say(say),
      onTrouble: (trouble) => this._trouble(trouble),
    });
    this._presence = new Presence({
      busy: () => this._occupied || this._hearing.busy,
      onArrive: () => this._arrived(),
      onSettled: () => this._settled(),
      onLeave: () => this._left(),
    });
    this._buildControls();
  }

  /** Whether she speaks or is about to. */
  get _occupied() {
    return this._performance.speaking || this._dialogue.waiting;
  }

  start() {
    this._attend();
    this._connection.connect();
  }

  /** @param {import('./face/face.js').Face} face */
  _buildViews(face) {
    this._panel = new Panel(this._texts, {
      onStart: () => this._presence.touched(),
      hearing: {
        onYes: (text) => this._ask('text', text),
        onEdit: (text) => this._controls.write(text),
        onAgain: () => this._hearing.begin(),
      },
    });
    this._choices = new Choices(byTestId('choices'), (choice) => {
      this._panel.echo(choice.title);
      this._ask('choice', choice.text);
    });
    this._notice = new Notice(byTestId('notice'));
    this._urgent = new UrgentCard(byTestId('urgent-card'), this._texts, {
      onSilence: () => this._silence(), onClosed: () => this._controls.focus(),
    });
    this._size = new TextSize(byTestId('sizes'));
    this._performance = new Performance({
      face,
      texts: this._texts,
      audio: byTestId('audio'),
      caption: byTestId('caption'),
      restState: () => this._restState(),
      onSpoken: (end) => this._spoken(end),
      onBlocked: () => this._controls.askForTouch(),
    });
  }

  _buildControls() {
    this._controls = new Controls(this._texts, {
      onAsk: (text) => {
        if (text) this._ask('text', text);
        else this._notice.show(this._texts.get('notice.empty'));
      },
      onRepeat: () => this._repeat(),
      onSilence: () => this._silence(),
      onSlower: () => this._changePace(),
      onLeaveDrill: () => this._ask('text', this._texts.get('drill.stop.said')),
      onRetry: () => this._connection.retry(),
      onTouch: () => this._performance.unblock(),
    });
    this._hearing = new Hearing(this._texts, {
      onListen: () => this._listen(),
      onNote: (text) => this._performance.note(text),
      onWorking: (text) => this._performance.think(text),
      onHeard: (text) => {
        this._panel.heard(text);
        this._performance.rest();
      },
      onTrouble: (text) => {
        if (!this._occupied) this._performance.rest();
        this._notice.show(text);
      },
    });
  }

  // What comes from the server

  /** @param {any} message */
  _receive(message) {
    switch (message?.type) {
      case 'welcome': this._welcomed(message); break;
      case 'say': this._hear(readSay(message)); break;
      case 'broadcast': this._announce(readSay(message)); break;
      case 'gesture': this._performance.gesture(message.gesture); break;
      case 'stop': this._stopped(); break;
      case 'reload': this._reloadSoon(); break;
      case 'problem': this._dialogue.refused(); break;
      default: // a newer server may say more than this page knows
    }
  }

  /** @param {import('./types.js').Welcome} welcome */
  _welcomed(welcome) {
    if (this._welcome && this._welcome.page_version !== welcome.page_version) this._reload = true;
    this._welcome = welcome;
    this._dialogue.sessionId = welcome.session_id ?? null;
    this._presence.setIdle(welcome.idle_seconds);
    this._hearing.setAvailable(Boolean(welcome.hearing));
    this._panel.setTips(welcome.tips ?? []);
    if (!this._last) this._choices.show(welcome.choices ?? []);
    if (this._presence.here) this._announcePresence();
    if (this._reload && !this._presence.here) this._reloadSoon();
  }

  /** @param {Say} say */
  _hear(say) {
    // Somebody is speaking into the microphone: a greeting must not cut in.
    if (!this._hearing.busy) this._dialogue.receive(say);
  }

  /** The server wants silence; it says so after every interruption, too. */
  _stopped() {
    if (!this._performance.speaking) return;
    this._performance.quiet();
    this._performance.rest();
  }

  /** @param {Say} say */
  _say(say) {
    this._announcePresence();
    // A greeting answers nothing: what the first press led to (no microphone, nothing written) is still to be read.
    if (!say.greeting) this._notice.clear();
    this._panel.answer(say);
    this._urgent.consider(say.assessment);
    // Whoever does not know what to say next has something to press.
    const begin = say.assessment ? [] : this._welcome?.choices ?? [];
    this._choices.show(say.choices.length > 0 ? say.choices : begin);
    this._utter(say);
  }

  /** A notice for everybody: never into somebody's visit. @param {Say} say */
  _announce(say) {
    if (this._presence.here || this._performance.speaking) return;
    this._panel.announce(say);
    this._utter({ ...say, turn_id: null });
  }

  /** @param {Say} say */
  _utter(say) {
    this._hearing.cancel();
    clearTimeout(this._unattended);
    this._last = { ...say, slow: this._slow };
    this._played = null;
    this._performance.speak(this._last, this._slow);
  }

  _lost() {
    this._announced = false;
    this._dialogue.streamLost();
  }

  /** @param {'slow'|'problem'|'offline'} trouble */
  _trouble(trouble) {
    if (trouble === 'offline') this._connection.failed();
    this._performance.rest();
    if (trouble !== 'offline') this._notice.show(this._texts.get(`notice.${trouble}`), 15000);
  }

  _reloadSoon() {
    this._reload = true;
    if (!this._presence.here && !this._performance.speaking) location.reload();
  }

  // What the resident does

  _arrived() {
    clearTimeout(this._unattended);
    if (!this._panel.attracting) return;
    this._panel.invite();
    this._performance.rest();
    this._performance.gesture('wave');
  }

  /** Tells the server, which then greets, unless a question is on its way already: that greets better. */
  _settled() {
    if (!this._dialogue.waiting) this._announcePresence();
  }

  _announcePresence() {
    if (this._announced || !this._presence.here) return;
    this._announced = this._connection.send({ type: 'presence', present: true });
  }

  /** Forgets everything about whoever was here. */
  _left() {
    this._hearing.reset();
    this._connection.send({ type: 'presence', present: false });
    this._announced = false;
    this._dialogue.reset();
    this._attend();
    if (this._reload) location.reload();
  }

  /** Waits for the next resident. */
  _attend() {
    this._performance.quiet();
    const audio = byTestId('audio');
    if (audio.hasAttribute('src')) {
      audio.removeAttribute('src');
      /** @type {HTMLAudioElement} */ (audio).load();
    }
    this._last = null;
    this._controls.clear();
    this._notice.clear();
    this._urgent.reset();
    this._size.reset();
    this._slow = false;
    this._controls.showSlow(false);
    this._choices.show(this._welcome?.choices ?? []);
    this._panel.attract();
    this._performance.rest();
  }

  /** @param {'text'|'choice'} type @param {string} text */
  _ask(type, text) {
    this._performance.quiet();
    this._hearing.cancel();
    this._notice.clear();
    this._performance.think(this._texts.get('state.thinking'));
    this._dialogue.ask(type, text, this._hearing.dialectOf(text));
  }

  _repeat() {
    if (this._dialogue.waiting) return;
    if (!this._last) this._notice.show(this._texts.get('notice.nothing'));
    else this._performance.speak(this._last, this._slow);
  }

  _silence() {
    this._hearing.cancel();
    this._interrupt();
    this._performance.rest();
    this._notice.show(this._texts.get('notice.stopped'), 4000);
  }

  _interrupt() {
    const turn = this._performance.speaking ? this._last?.turn_id ?? null : null;
    this._performance.quiet();
    this._dialogue.interrupt(turn);
  }

  _changePace() {
    this._slow = !this._slow;
    this._controls.showSlow(this._slow);
    this._notice.show(this._texts.get(this._slow ? 'notice.slower.on' : 'notice.slower.off'), 4000);
  }

  // Between two things

  /** @param {{heard: boolean, ms: number}} end */
  _spoken({ heard, ms }) {
    const turn = this._last?.turn_id ?? null;
    if (heard && turn !== null && this._played !== turn) {
      this._played = turn;
      this._connection.send({ type: 'played', turn_id: turn, ms });
    }
    this._presence.restart();
    if (this._presence.here) return;
    if (this._reload) location.reload();
    this._unattended = setTimeout(() => this._attend(), UNATTENDED_MS);
  }

  _listen() {
    this._notice.clear();
    if (this._dialogue.waiting || this._performance.speaking) this._interrupt();
    this._performance.listen();
  }

  /** @returns {import('./performance.js').State} */
  _restState() {
    if (this._connection.offline) return 'offline';
    return this._panel.attracting ? 'attract' : 'idle';
  }
}
