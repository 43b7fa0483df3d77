const PLAN_URL = '/api/v1/attract';
const EVERY_MS = 30 * 60 * 1000;

/** @typedef {{tips: string[], quiet: boolean, watch: boolean, greet_every_seconds: number}} Plan */

/** What to do while nobody is there, asked for again every half hour: a screen runs for months. */
export class AttractPlan {
  /** @param {(plan: Plan) => void} onPlan */
  constructor(onPlan) {
    this._onPlan = onPlan;
    this.refresh();
    setInterval(() => this.refresh(), EVERY_MS);
  }

  async refresh() {
    try {
      const response = await fetch(PLAN_URL, { signal: AbortSignal.timeout(5000) });
      if (response.ok) this._onPlan(await response.json());
    } catch {
      // The plan that is there goes on.
    }
  }
}
