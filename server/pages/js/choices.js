import { element } from './element.js';

/** The longest title (characters) with which so many buttons fit beside each other on a wide screen. */
const FITS_IN_A_ROW = { 2: 10, 3: 6, 4: 4 };

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
    const some = choices.slice(0, 4);
    const longest = Math.max(0, ...some.map((choice) => Array.from(choice.title).length));
    this._container.dataset.short = String(longest <= (FITS_IN_A_ROW[some.length] ?? 0));
    this._container.replaceChildren(...some.map((choice) => {
      const button = element('button', { type: 'button', class: 'choice', 'data-testid': 'choice' }, choice.title);
      button.addEventListener('click', () => this._onChoice(choice));
      return button;
    }));
  }
}
