/**
 * The registry of the exporter, with and without counting touches.
 *
 * @module
 */
import type { Generational, Recency } from "../../metrics/recency.ts";
import type { Counter, Gauge, Histogram, MetricKind } from "../../metrics/recorder.ts";
import type { Registry } from "../../metrics/registry.ts";
import type { ExposedCounter, ExposedGauge, ExposedHistogram } from "./cells.ts";

/** The series of one metric, under the name it was recorded by. */
export type Recorded<Cell> = readonly [name: string, cells: readonly Cell[]];

/** A registry, whatever its cells are wrapped in. */
export interface SeriesSource {
  readonly registry: Pick<Registry<Counter, Gauge, Histogram>, MetricKind>;
  /** Removes what was idle for too long; yields where it may be interrupted. */
  sweep(): Generator<void>;
  counters(): Iterable<Recorded<ExposedCounter>>;
  gauges(): Iterable<Recorded<ExposedGauge>>;
  histograms(): Iterable<Recorded<ExposedHistogram>>;
}

/** Series that stay. */
export function steadySource(
  registry: Registry<ExposedCounter, ExposedGauge, ExposedHistogram>,
): SeriesSource {
  const self = <Cell>(cell: Cell) => cell;
  return {
    registry,
    sweep: function* () {},
    counters: () => recorded(registry.counters(), self),
    gauges: () => recorded(registry.gauges(), self),
    histograms: () => recorded(registry.histograms(), self),
  };
}

/** Series that `recency` may remove. */
export function idlingSource(
  registry: Registry<
    Counter & Generational<ExposedCounter>,
    Gauge & Generational<ExposedGauge>,
    Histogram & Generational<ExposedHistogram>
  >,
  recency: Recency,
): SeriesSource {
  const inner = <Cell>(cell: Generational<Cell>) => cell.inner;
  return {
    registry,
    *sweep() {
      yield* recency.sweepSteps(registry);
    },
    counters: () => recorded(registry.counters(), inner),
    gauges: () => recorded(registry.gauges(), inner),
    histograms: () => recorded(registry.histograms(), inner),
  };
}

function* recorded<Cell, Exposed>(
  groups: Iterable<[name: string, series: readonly { readonly cell: Cell }[]]>,
  open: (cell: Cell) => Exposed,
): Iterable<Recorded<Exposed>> {
  for (const [name, series] of groups) yield [name, series.map(({ cell }) => open(cell))];
}
