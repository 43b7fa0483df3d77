import { Choices } from './choices.js';
import { byTestId } from './element.js';
import { KeptAnswers } from './kept_answers.js';
import { Notice } from './notice.js';
import { Panel } from './panel.js';
import { TextSize } from './text_size.js';
import { UrgentCard } from './urgent_card.js';

/** @typedef {import('./types.js').Say} Say */
/** @typedef {import('./types.js').Choice} Choice */

/** Everything that is to be read on the screen, and what has to change together. */
export class Views {
  /**
   * @param {import('./texts.js').Texts} texts
   * @param {object} events
   * @param {() => void} events.onStart
   * @param {(choice: Choice) => void} events.onChoice
   * @param {ConstructorParameters<typeof Panel>[1]['hearing']} events.hearing
   * @param {ConstructorParameters<typeof UrgentCard>[2]} events.urgent
   */
  constructor(texts, { onStart, onChoice, hearing, urgent }) {
    this.panel = new Panel(texts, { onStart, hearing });
    this.choices = new Choices(byTestId('choices'), (choice) => {
      this.panel.echo(choice.title);
      onChoice(choice);
    });
    this.notice = new Notice(byTestId('notice'));
    this.urgent = new UrgentCard(byTestId('urgent-card'), texts, urgent);
    this.kept = new KeptAnswers(texts);
    this._size = new TextSize(byTestId('sizes'));
  }

  /** @param {Say} say @param {Choice[]} begin  what to press when nothing of it is */
  answer(say, begin) {
    // A greeting answers nothing: what the first press led to (no microphone, nothing written) is still to be read.
    if (!say.greeting) this.notice.clear();
    this.panel.answer(say);
    this.urgent.consider(say.assessment);
    // Whoever does not know what to say next has something to press.
    const offered = say.assessment ? [] : begin;
    this.choices.show(say.choices.length > 0 ? say.choices : offered);
  }

  /** For the next resident: nothing of the last one stays. @param {Choice[]} begin  what to press */
  attract(begin) {
    this.notice.clear();
    this.urgent.reset();
    this.kept.reset();
    this._size.reset();
    this.choices.show(begin);
    this.panel.attract();
  }
}
