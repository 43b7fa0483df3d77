import { element } from './element.js';

/** At most four large buttons. */
export class Choices {
  /**
   * @param {HTMLElement} container
   * @param {(choice: import('./types.js').Choice) => void} onChoice
   */
  constructor(container, onChoice) {
    this._container = container;
    this._onChoice = onChoice;
    this._shown = '';
  }

  /** @param {import('./types.js').Choice[]} choices */
  show(choices) {
    // The same buttons stay the same elements, so that a finger on one does not lose it.
    const shown = JSON.stringify(choices);
    if (shown === this._shown) return;
    this._shown = shown;
    this._container.replaceChildren(...choices.slice(0, 4).map((choice) => {
      const button = element('button', { type: 'button', class: 'choice', 'data-testid': 'choice' }, choice.title);
      button.addEventListener('click', () => this._onChoice(choice));
      return button;
    }));
  }
}
