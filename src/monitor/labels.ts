/**
 * The labels of a series.
 *
 * @module
 */

/** The label that holds a metric's name. */
export const METRIC_NAME = "__name__";

/** A label's name and value. */
export type Label = readonly [name: string, value: string];

/**
 * Labels, sorted by name, each name once. A label without a value is the same as no label, as in
 * Prometheus, so it is not kept. Immutable: what changes them gives new ones.
 */
export class Labels implements Iterable<Label> {
  static readonly EMPTY: Labels = new Labels([], []);

  readonly #names: readonly string[];
  readonly #values: readonly string[];
  #key: string | undefined;

  private constructor(names: readonly string[], values: readonly string[]) {
    this.#names = names;
    this.#values = values;
  }

  /** Of pairs in any order; where a name comes twice, the later value counts. */
  static of(pairs: Iterable<Label>): Labels {
    const byName = new Map(pairs);
    const names: string[] = [];
    for (const [name, value] of byName) if (value !== "") names.push(name);
    if (names.length === 0) return Labels.EMPTY;
    names.sort(compareText);
    return new Labels(names, names.map((name) => byName.get(name) ?? ""));
  }

  /** Of an object such as `{ job: "echo" }`. */
  static from(record: Readonly<Record<string, string>>): Labels {
    return Labels.of(Object.entries(record));
  }

  /** How many there are, the metric's name included. */
  get size(): number {
    return this.#names.length;
  }

  /** The metric's name, or "". */
  get metricName(): string {
    return this.get(METRIC_NAME);
  }

  /** The value of a label, or "" where there is none. */
  get(name: string): string {
    const index = this.#names.indexOf(name);
    return index === -1 ? "" : this.#values[index] ?? "";
  }

  has(name: string): boolean {
    return this.#names.includes(name);
  }

  names(): readonly string[] {
    return this.#names;
  }

  /** The same for equal labels, and different for different ones: a key for a `Map`. */
  get key(): string {
    if (this.#key === undefined) {
      let key = "";
      for (let i = 0; i < this.#names.length; i++) {
        key += `${this.#names[i]}\xff${this.#values[i]}\xff`;
      }
      this.#key = key;
    }
    return this.#key;
  }

  equals(other: Labels): boolean {
    return this === other || this.key === other.key;
  }

  /** These with one more, or with another value for it; "" takes it away. */
  with(name: string, value: string): Labels {
    return this.get(name) === value ? this : Labels.of([...this, [name, value]]);
  }

  /** These but for the named ones. */
  without(names: readonly string[]): Labels {
    return this.#filter((name) => !names.includes(name));
  }

  /** The named ones alone. */
  only(names: readonly string[]): Labels {
    return this.#filter((name) => names.includes(name));
  }

  #filter(keep: (name: string) => boolean): Labels {
    const kept = this.#names.map(keep);
    if (!kept.includes(false)) return this;
    return new Labels(
      this.#names.filter((_, i) => kept[i]),
      this.#values.filter((_, i) => kept[i]),
    );
  }

  *[Symbol.iterator](): Iterator<Label> {
    for (let i = 0; i < this.#names.length; i++) {
      yield [this.#names[i] ?? "", this.#values[i] ?? ""];
    }
  }

  /** As JSON has them: an object with sorted names. */
  toJSON(): Record<string, string> {
    return Object.fromEntries(this);
  }

  /** As PromQL writes them: `up{job="echo"}`; names that are not plain are quoted. */
  toString(): string {
    const metric = this.metricName;
    const isPlain = PLAIN_METRIC.test(metric);
    const parts: string[] = [];
    for (const [name, value] of this) {
      if (name === METRIC_NAME) {
        if (!isPlain) parts.unshift(JSON.stringify(value));
      } else {
        parts.push(
          `${PLAIN_LABEL.test(name) ? name : JSON.stringify(name)}=${JSON.stringify(value)}`,
        );
      }
    }
    return `${isPlain ? metric : ""}${
      isPlain && parts.length === 0 ? "" : `{${parts.join(", ")}}`
    }`;
  }

  /** The order of Prometheus: by the first label that differs, its name before its value. */
  compare(other: Labels): number {
    const length = Math.min(this.size, other.size);
    for (let i = 0; i < length; i++) {
      const order = compareText(this.#names[i] ?? "", other.#names[i] ?? "") ||
        compareText(this.#values[i] ?? "", other.#values[i] ?? "");
      if (order !== 0) return order;
    }
    return this.size - other.size;
  }
}

const PLAIN_METRIC = /^[A-Za-z_:][A-Za-z0-9_:]*$/;
const PLAIN_LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
