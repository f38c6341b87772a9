import type { MetricMetadata } from "../samples.ts";

/** Targets may say different things of one metric; more than these are not kept. */
const MAX_VARIANTS = 8;

/** Types, helps and units of metric families. */
export class MetadataTable {
  readonly #families = new Map<string, MetricMetadata[]>();
  readonly #maxFamilies: number;

  constructor(maxFamilies: number) {
    this.#maxFamilies = maxFamilies;
  }

  get families(): ReadonlyMap<string, readonly MetricMetadata[]> {
    return this.#families;
  }

  /** Whether it is new. */
  add(family: string, { type, help, unit }: MetricMetadata): boolean {
    const variants = this.#families.get(family);
    if (variants === undefined) {
      if (this.#families.size >= this.#maxFamilies) return false;
      this.#families.set(family, [{ type, help, unit }]);
      return true;
    }
    const isKnown = variants.some((other) =>
      other.type === type && other.help === help && other.unit === unit
    );
    if (isKnown) return false;
    // What was said last is likely what holds now.
    if (variants.length >= MAX_VARIANTS) variants.shift();
    variants.push({ type, help, unit });
    return true;
  }
}
