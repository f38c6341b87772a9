/**
 * What an entry of the catalogue says.
 *
 * @module
 */
import type { MetricKind } from "../recorder.ts";
import type { Unit } from "../unit.ts";

interface EntryOf<Kind extends MetricKind> {
  readonly name: string;
  readonly kind: Kind;
  readonly unit: Unit;
  /** One sentence: what one unit more of it means. */
  readonly help: string;
  readonly labels: readonly string[];
  /** Why no panel shows it, where none does. */
  readonly hidden?: string;
}

/** One metric. A histogram is exported as buckets or as quantiles. */
export type CatalogueEntry =
  | EntryOf<"counter">
  | EntryOf<"gauge">
  | EntryOf<"histogram"> & { readonly buckets: readonly number[] }
  | EntryOf<"histogram"> & { readonly quantiles: readonly number[] };
