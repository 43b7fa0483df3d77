import { element, icon } from './element.js';

/** Shows what was heard and lets the resident say whether it is right. */
export class HearingCard {
  /**
   * @param {HTMLElement} container
   * @param {import('./texts.js').Texts} texts
   * @param {{onYes: (text: string) => void, onEdit: (text: string) => void, onAgain: () => void}} events
   */
  constructor(container, texts, events) {
    this._container = container;
    this._texts = texts;
    this._events = events;
  }

  /** @param {string} heard */
  show(heard) {
    const { onYes, onEdit, onAgain } = this._events;
    this._container.replaceChildren(
      element('h2', { class: 'hearing-title' }, this._texts.get('hearing.title')),
      element('p', { class: 'hearing-text', 'data-testid': 'heard' }, heard),
      element('div', { class: 'hearing-buttons' },
        this._button('hearing.yes', 'tick', () => onYes(heard)),
        this._button('hearing.edit', 'pen', () => onEdit(heard)),
        this._button('hearing.again', 'mic', onAgain)),
    );
    this._container.dataset.verdict = 'none';
  }

  _button(key, sign, onClick) {
    const button = element('button', { type: 'button', 'data-testid': key.replace('.', '-') },
      icon(sign), this._texts.get(key));
    button.addEventListener('click', onClick);
    return button;
  }
}
