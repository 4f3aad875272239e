/**
 * Together or alone: what is quicker on this machine, right now.
 *
 * @module
 */

/**
 * Whether a crew pays. On a busy machine one worker has to wait for another at every batch, and is slower than alone; as
 * both ways give the same bytes, each is timed for some steps from time to time, and the faster one goes on.
 */
export class Pace {
  #step = 0;
  #better = true;
  readonly #times: [alone: number[], together: number[]] = [[], []];

  /** Whether the next step is to be taken together. */
  get together(): boolean {
    const trial = this.#step - (ROUND - 2 * TRIAL);
    return trial < 0 ? this.#better : trial < TRIAL;
  }

  /** Tells how long that step took. */
  took(milliseconds: number): void {
    if (this.#step >= ROUND - 2 * TRIAL) this.#times[Number(this.together)]!.push(milliseconds);
    if (++this.#step < ROUND) return;
    const [alone, together] = this.#times.map((times) => times.sort((a, b) => a - b)[TRIAL >> 1]!) as [number, number];
    this.#better = together < alone;
    for (const times of this.#times) times.length = 0;
    this.#step = 0;
  }
}

const ROUND = 500, TRIAL = 15; // steps
