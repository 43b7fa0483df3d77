/** Starts the page anew when there is a reason to: never in somebody's visit or sentence, nor without a server. */
export class PageReload {
  /** @param {() => boolean} allowed   nobody would be disturbed, and there is a server that can give the page */
  constructor(allowed) {
    this._allowed = allowed;
    this._wanted = false;
  }

  /** There is a reason, and the moment comes by itself. */
  want() {
    this._wanted = true;
  }

  /** At once, if it is allowed; else in a later moment. */
  soon() {
    this.want();
    this.ifWanted();
  }

  /** This is such a moment. */
  ifWanted() {
    if (this._wanted && this._allowed()) location.reload();
  }
}
