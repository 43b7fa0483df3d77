import { AttractPlan } from './attract_plan.js';
import { Broadcasts } from './broadcasts.js';
import { Connection } from './connection.js';
import { Controls } from './controls.js';
import { Dialogue } from './dialogue.js';
import { byTestId } from './element.js';
import { FromServer } from './from_server.js';
import { Hearing } from './hearing.js';
import { PageReload } from './page_reload.js';
import { PassersBy } from './passers_by.js';
import { Performance } from './performance.js';
import { Presence } from './presence.js';
import { Resident } from './resident.js';
import { Sight } from './sight.js';
import { Utterance } from './utterance.js';
import { Views } from './views.js';
import { Visit } from './visit.js';
import { Watchdog } from './watchdog.js';

/**
 * What acts on the screen as a whole is given all of this.
 *
 * @typedef {object} Parts
 * @property {import('./texts.js').Texts} texts
 * @property {Views} views
 * @property {Controls} controls
 * @property {Hearing} hearing
 * @property {Sight} sight
 * @property {Connection} connection
 * @property {Dialogue} dialogue
 * @property {Performance} performance
 * @property {Utterance} utterance
 * @property {PageReload} reload
 */

/**
 * One screen: its parts, and which of them hears of what. What is done then: ``Resident``, ``FromServer``, ``Visit``.
 */
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
    this._views = this._buildViews();
    this._performance = this._buildPerformance(face);
    this._utterance = new Utterance(this._performance);
    this._connection = new Connection({
      kioskId,
      probe,
      session: () => this._dialogue.sessionId,
      onMessage: (message) => this._server.receive(message),
      onLost: () => this._server.lost(),
      onReach: () => {
        this._views.kept.reset();
        // What she is saying is already here; let her finish.
        if (!this._occupied) this._performance.rest();
      },
    });
    this._dialogue = new Dialogue({
      stream: this._connection,
      kioskId,
      rate: () => this._server.rate,
      onSay: (say) => this._server.answer(say),
      onTrouble: (trouble) => this._server.trouble(trouble),
    });
    this._presence = new Presence({
      busy: () => this._occupied || this._hearing.busy || this._sight.reading,
      onArrive: () => this._visit.arrive(),
      onSettled: () => this._visit.settle(),
      onLeave: () => this._visit.leave(),
    });
    this._sight = this._buildSight();
    this._controls = this._buildControls();
    this._hearing = this._buildHearing();
    this._passersBy = new PassersBy({
      free: () => !this._presence.here && !this._occupied && !this._connection.offline,
      onNear: () => this._presence.touched(),
    });
    this._reload = new PageReload(
      () => !this._presence.here && !this._performance.speaking && !this._connection.offline);
    /** @type {Parts} */
    const parts = {
      texts,
      views: this._views,
      controls: this._controls,
      hearing: this._hearing,
      sight: this._sight,
      connection: this._connection,
      dialogue: this._dialogue,
      performance: this._performance,
      utterance: this._utterance,
      reload: this._reload,
    };
    this._resident = new Resident(parts);
    this._broadcasts = new Broadcasts(parts, {
      free: () => !this._presence.here && !this._occupied,
      interrupt: () => this._occupied && this._resident.interrupt(),
      utter: (say) => this._utter(say),
    });
    this._visit = new Visit(parts, {
      presence: this._presence,
      passersBy: this._passersBy,
      begin: () => this._server.begin,
      onFree: () => this._broadcasts.next(),
    });
    this._server = new FromServer(parts, {
      visit: this._visit,
      broadcasts: this._broadcasts,
      utter: (say) => this._utter(say),
    });
  }

  start() {
    this._visit.attend();
    this._connection.connect();
    new AttractPlan((plan) => {
      document.body.dataset.quiet = String(plan.quiet);
      this._views.panel.setTips(plan.tips);
      this._passersBy.follow(plan);
    });
    new Watchdog(() => this._reload.soon());
  }

  /** Whether she speaks or is about to. */
  get _occupied() {
    return this._performance.speaking || this._dialogue.waiting;
  }

  /** @param {import('./types.js').Say} say */
  _utter(say) {
    this._hearing.cancel();
    this._visit.keep();
    this._utterance.begin(say);
  }

  _buildViews() {
    return new Views(this._texts, {
      onStart: () => this._presence.touched(),
      onChoice: (choice) => this._resident.ask('choice', choice.text),
      hearing: {
        onYes: (text) => this._resident.ask('text', text),
        onEdit: (text) => this._controls.write(text),
        onAgain: () => this._hearing.begin(),
      },
      urgent: {
        onSilence: () => this._resident.silence(),
        onClosed: () => this._controls.focus(),
      },
    });
  }

  /** @param {import('./face/face.js').Face} face */
  _buildPerformance(face) {
    byTestId('stage').addEventListener('pointerdown', () => this._resident.touchHer());
    return new Performance({
      face,
      texts: this._texts,
      audio: byTestId('audio'),
      caption: byTestId('caption'),
      restState: () => this._restState(),
      onHeard: ({ turn, ms }) => turn !== null && this._connection.send({ type: 'played', turn_id: turn, ms }),
      onSpoken: () => this._visit.spoken(),
      onLate: () => this._utterance.noMore(),
      onBlocked: () => this._controls.askForTouch(),
    });
  }

  _buildSight() {
    return new Sight(this._texts, {
      rate: () => this._server.rate,
      session: () => this._dialogue.sessionId,
      onOpen: () => {
        this._resident.takeTheWord();
        this._performance.rest();
      },
      onSeen: (say) => this._server.answer(say),
      onClosed: () => this._performance.rest(),
    });
  }

  _buildControls() {
    return new Controls(this._texts, {
      onAsk: (text) => this._resident.send(text),
      onRepeat: () => this._resident.repeat(),
      onSilence: () => this._resident.silence(),
      onSlower: () => this._resident.changePace(),
      onLeaveDrill: () => this._resident.leaveDrill(),
      onRetry: () => this._connection.retry(),
      onWrite: () => this._resident.beginToWrite(),
      onQuestion: (question) => this._resident.ask('choice', question.text),
      onTouch: () => this._performance.unblock(),
    });
  }

  _buildHearing() {
    return new Hearing(this._texts, {
      onListen: () => this._resident.takeTheWord(),
      onNote: (text) => this._performance.note(text),
      onWorking: (text) => this._performance.think(text),
      onHeard: (text) => {
        this._views.panel.heard(text);
        this._performance.rest();
      },
      onTrouble: (text) => {
        if (!this._occupied) this._performance.rest();
        this._views.notice.show(text);
      },
    });
  }

  /** @returns {import('./performance.js').State} */
  _restState() {
    if (this._connection.offline) return 'offline';
    return this._views.panel.attracting ? 'attract' : 'idle';
  }
}
