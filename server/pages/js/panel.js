import { AnswerCard } from './answer_card.js';
import { Attract } from './attract.js';
import { DrillView } from './drill_view.js';
import { byTestId, element } from './element.js';
import { HearingCard } from './hearing_card.js';
import { MoreBelow } from './more_below.js';

/** @typedef {import('./types.js').Say} Say */

/** Longer talk (characters) needs the room that He'an gives up for an answer. */
const SMALL_TALK = 60;

/** @param {Say} say */
function panelOf(say) {
  if (say.drill) return `drill-${say.drill.status}`;
  return say.assessment || say.text.length > SMALL_TALK ? 'answer' : 'talk';
}

/** The card beside He'an: one thing at a time, named in ``data-panel`` of the page. */
export class Panel {
  /**
   * @param {import('./texts.js').Texts} texts
   * @param {object} events
   * @param {() => void} events.onStart
   * @param {ConstructorParameters<typeof HearingCard>[2]} events.hearing
   */
  constructor(texts, { onStart, hearing }) {
    const card = byTestId('card');
    this._texts = texts;
    this._card = card;
    this._answer = new AnswerCard(card, texts);
    this._attract = new Attract(card, texts, onStart);
    this._drill = new DrillView(
      { banner: byTestId('drill-banner'), title: byTestId('drill-title'), panel: card }, texts);
    this._hearing = new HearingCard(card, texts, hearing);
    this._more = new MoreBelow(card, byTestId('more'),
      { down: texts.get('answer.more'), up: texts.get('answer.top') });
  }

  /** Whether nobody has asked anything yet. */
  get attracting() {
    return document.body.dataset.panel === 'attract';
  }

  /** @param {string[]} tips */
  setTips(tips) {
    this._attract.setTips(tips);
  }

  /** For the next resident: nothing of the last one stays. */
  attract() {
    this._answer.clear();
    this._drill.clear();
    this._name('attract');
    this._attract.show();
  }

  /** Somebody has come. */
  invite() {
    this._name('idle');
    this._card.replaceChildren(
      element('h2', { class: 'idle-title' }, this._texts.get('idle.title')),
      element('p', { class: 'idle-text' }, this._texts.get('idle.text')));
  }

  /** @param {Say} say */
  answer(say) {
    this._name(panelOf(say));
    if (say.drill) this._drill.show(say);
    else {
      this._drill.clear();
      this._answer.show(say);
    }
    if (say.drill?.status !== 'running') this._card.scrollTop = 0;
  }

  /** @param {Say} say  something that was said to everybody */
  announce(say) {
    this.answer(say);
    this._card.prepend(element('h2', { class: 'announcement' }, this._texts.get('notice.broadcast')));
  }

  /** @param {string} text */
  heard(text) {
    this._name('hearing');
    this._hearing.show(text);
  }

  /** @param {string} title  of the button that was pressed */
  echo(title) {
    this._drill.echo(title);
  }

  /** @param {string} name */
  _name(name) {
    if (name !== 'attract') this._attract.stop();
    document.body.dataset.panel = name;
  }
}
