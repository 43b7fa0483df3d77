import { Motion } from './motion.js';

/** Greets people who come near the screen, at most once in a set time, and only while nobody is being served. */
export class PassersBy {
  /**
   * @param {object} options
   * @param {() => boolean} options.free   nobody is there, nothing is being said
   * @param {() => void} options.onNear
   */
  constructor({ free, onNear }) {
    this._free = free;
    this._onNear = onNear;
    this._everyMs = Infinity;
    this._greeted = -Infinity;
    this._motion = new Motion(() => this._near());
  }

  /** @param {import('./attract_plan.js').Plan} plan */
  follow(plan) {
    this._everyMs = plan.greet_every_seconds * 1000;
    this._motion.watch(plan.watch);
  }

  /** Somebody was greeted just now, by whatever way they came. */
  greeted() {
    this._greeted = performance.now();
  }

  _near() {
    if (!this._free() || performance.now() - this._greeted < this._everyMs) return;
    this.greeted();
    this._onNear();
  }
}
