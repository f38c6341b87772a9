/**
 * Every metric that the program exports. What is shown to people (`/metrics`, the README, dashboards,
 * rules and alerts) is checked against this list; what records is checked against it by the compiler
 * when it asks for its handles here:
 *
 * ```ts
 * catalogued.histogram("foo_histgram", { api: "echo", result: "ok" }).record(seconds);
 * ```
 *
 * To add a metric: add an entry to one of the lists in `catalogue/`, record it, and show it on a panel
 * or say why it is hidden.
 *
 * @module
 */
import { ECHO } from "./catalogue/echo.ts";
import type { CatalogueEntry } from "./catalogue/entry.ts";
import { METRICS } from "./catalogue/metrics.ts";
import { MONITOR } from "./catalogue/monitor.ts";
import { PROCESS } from "./catalogue/process.ts";
import { RPC } from "./catalogue/rpc.ts";
import { counter, currentRecorder, gauge, histogram } from "./facade.ts";
import type { Counter, Gauge, Histogram, MetricKind } from "./recorder.ts";

export type { CatalogueEntry };

/** The catalogue. */
export const CATALOGUE = [...ECHO, ...RPC, ...PROCESS, ...METRICS, ...MONITOR] as const;

type Entry = typeof CATALOGUE[number];

/** The names in the catalogue, of one kind or of all. */
export type MetricNameOf<Kind extends MetricKind = MetricKind> = Extract<
  Entry,
  { readonly kind: Kind }
>["name"];

type LabelNameOf<Name extends MetricNameOf> = Extract<
  Entry,
  { readonly name: Name }
>["labels"][number];

/** The labels of a metric in the catalogue: all of them, and no others. */
export type LabelsOf<Name extends MetricNameOf> = {
  readonly [LabelName in LabelNameOf<Name>]: string;
};

type LabelArguments<Name extends MetricNameOf> = [LabelNameOf<Name>] extends [never] ? []
  : [labels: LabelsOf<Name>];

type CataloguedFunction<Kind extends MetricKind, Handle> = <Name extends MetricNameOf<Kind>>(
  name: Name,
  ...labels: LabelArguments<Name>
) => Handle;

/** The facade's functions for metrics in the catalogue: the compiler checks names, kinds and labels. */
export const catalogued: {
  readonly counter: CataloguedFunction<"counter", Counter>;
  readonly gauge: CataloguedFunction<"gauge", Gauge>;
  readonly histogram: CataloguedFunction<"histogram", Histogram>;
} = {
  counter: counter<string, string>,
  gauge: gauge<string, string>,
  histogram: histogram<string, string>,
};

/** The type of a metric where it is exposed: a histogram with quantiles is a summary. */
export function exposedType(entry: CatalogueEntry): MetricKind | "summary" {
  return "quantiles" in entry ? "summary" : entry.kind;
}

/** The bounds of every histogram that is exported as buckets. */
export function bucketsOf(
  catalogue: readonly CatalogueEntry[],
): { readonly name: string; readonly buckets: readonly number[] }[] {
  return catalogue.flatMap((entry) =>
    "buckets" in entry ? [{ name: entry.name, buckets: entry.buckets }] : []
  );
}

/** Describes every entry on the current recorder. */
export function describeAll(catalogue: readonly CatalogueEntry[] = CATALOGUE): void {
  const recorder = currentRecorder();
  for (const { name, kind, unit, help } of catalogue) {
    switch (kind) {
      case "counter":
        recorder.describeCounter(name, unit, help);
        break;
      case "gauge":
        recorder.describeGauge(name, unit, help);
        break;
      case "histogram":
        recorder.describeHistogram(name, unit, help);
        break;
    }
  }
}
