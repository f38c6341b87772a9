/**
 * The families of an exposition: which series appear under which name. A name may appear once, and
 * so may a series, or Prometheus refuses all of it; names that were different when recorded may be
 * the same when exposed. So:
 *
 * - Metrics of one kind that are exposed under one name (`a.b`, `a_b`) are one family.
 * - Of series that are the same then, the first is shown and the others are left out.
 * - A name that another family needs (a gauge `x` beside a counter `x`, a gauge `x_sum` beside a
 *   summary `x`) gets its kind behind it: `x_gauge`. Counters choose first, then gauges.
 *
 * @module
 */
import type { MetricKind } from "../../metrics/recorder.ts";
import type { ExposedBuckets, ExposedCounter, ExposedGauge, ExposedSummary } from "./cells.ts";
import type { ExposedLabels } from "./labels.ts";
import { exposedName, metricName, type Naming } from "./names.ts";
import type { Description, PrometheusRecorder } from "./recorder.ts";
import type { Recorded } from "./source.ts";

/** The type of a family in the text format, and the cells that it has. */
interface CellOf {
  readonly counter: ExposedCounter;
  readonly gauge: ExposedGauge;
  readonly summary: ExposedSummary;
  readonly histogram: ExposedBuckets;
}

/** What Prometheus calls a type. */
export type FamilyType = keyof CellOf;

/** All series of one exposed name. */
export type Family = {
  readonly [Type in FamilyType]: {
    readonly name: string;
    readonly type: Type;
    readonly description: Description | undefined;
    readonly cells: Iterable<CellOf[Type]>;
  };
}[FamilyType];

/** The families of one exposition, and their names. */
export interface Families {
  readonly families: readonly Family[];
  readonly names: ReadonlySet<string>;
}

/** Two metrics or series that are the same when exposed. */
export interface Collision {
  /** `name`: the family was renamed. `series`: the series was left out. */
  readonly reason: "name" | "series";
  /** The exposed name. */
  readonly metric: string;
  /** What is the same object whenever this collision is met again. */
  readonly subject: string | ExposedLabels;
}

/** How {@linkcode familiesOf} names and reports. */
export interface FamilyOptions {
  readonly naming: Naming;
  readonly onCollision: (collision: Collision) => void;
}

/** Series that are looked at before the caller may pause. */
const STEP = 4096;
/** What a metric costs besides its series, in series. */
const METRIC = 16;

/**
 * Returns the families, in the order in which they are exposed: counters, gauges, histograms. It
 * yields where it may be interrupted, for there can be many.
 */
export function* familiesOf(
  recorder: PrometheusRecorder,
  options: FamilyOptions,
): Generator<void, Families> {
  const list = new FamilyList(recorder, options);
  yield* list.add("counter", recorder.counters(), () => "counter");
  yield* list.add("gauge", recorder.gauges(), () => "gauge");
  yield* list.add("histogram", recorder.histograms(), (cell) => cell.type);
  return yield* list.finish();
}

type AnyCell = CellOf[FamilyType];

interface Draft {
  readonly name: string;
  readonly type: FamilyType;
  readonly description: Description | undefined;
  cells: readonly AnyCell[];
  merged: boolean;
}

class FamilyList {
  readonly #claimed = new Set<string>();
  readonly #drafts = new Map<string, Draft>();
  readonly #recorder: PrometheusRecorder;
  readonly #options: FamilyOptions;
  /** Series that were looked at since the last pause. */
  #looked = 0;

  constructor(recorder: PrometheusRecorder, options: FamilyOptions) {
    this.#recorder = recorder;
    this.#options = options;
  }

  *finish(): Generator<void, Families> {
    const families: Family[] = [];
    const names = new Set<string>();
    for (const draft of this.#drafts.values()) {
      const cells = mayRepeat(draft) ? this.#distinct(draft) : draft.cells;
      families.push({ ...draft, cells } as Family);
      names.add(draft.name);
      if (this.#isStep(draft.cells.length)) yield;
    }
    return { families, names };
  }

  *add<Cell extends AnyCell>(
    kind: MetricKind,
    metrics: Iterable<Recorded<Cell>>,
    typeOf: (cell: Cell) => FamilyType,
  ): Generator<void> {
    const { naming } = this.#options;
    for (const [recordedName, cells] of metrics) {
      if (this.#isStep(cells.length)) yield;
      const [first] = cells;
      if (first === undefined) continue;
      const description = this.#recorder.description(kind, recordedName);
      const unit = description?.unit;
      const name = exposedName(metricName(recordedName), { kind, unit, naming });
      this.#join({ name, type: typeOf(first), description, cells, merged: false }, kind);
    }
  }

  #isStep(series: number): boolean {
    this.#looked += series + METRIC;
    if (this.#looked < STEP) return false;
    this.#looked = 0;
    return true;
  }

  #join(draft: Draft, kind: MetricKind): void {
    const key = `${kind} ${draft.type} ${draft.name}`;
    const same = this.#drafts.get(key);
    if (same === undefined) {
      this.#drafts.set(key, { ...draft, name: this.#claim(draft, kind) });
    } else {
      same.cells = [...same.cells, ...draft.cells];
      same.merged = true;
    }
  }

  #claim({ name, type }: Draft, kind: MetricKind): string {
    let free = name;
    while (sampleNames(free, type).some((sample) => this.#claimed.has(sample))) {
      free = free === name ? `${name}_${kind}` : `${free}_`;
    }
    for (const sample of sampleNames(free, type)) this.#claimed.add(sample);
    if (free !== name) {
      this.#options.onCollision({ reason: "name", metric: name, subject: `${kind} ${name}` });
    }
    return free;
  }

  /** Found while they are written, which can pause. */
  *#distinct({ name, cells }: Draft): Generator<AnyCell> {
    const seen = new Set<string>();
    for (const cell of cells) {
      const { labels } = cell;
      if (seen.has(labels.identity)) {
        this.#options.onCollision({ reason: "series", metric: name, subject: labels });
      } else {
        seen.add(labels.identity);
        yield cell;
      }
    }
  }
}

/** Whether two series might be exposed as the same. */
function mayRepeat({ cells, merged }: Draft): boolean {
  const shape = cells[0]?.labels.shape;
  return merged || cells.some(({ labels }) => labels.shape !== shape);
}

/** The names that the lines of a family begin with. */
function sampleNames(name: string, type: FamilyType): readonly string[] {
  switch (type) {
    case "counter":
    case "gauge":
      return [name];
    case "summary":
      return [name, `${name}_sum`, `${name}_count`];
    case "histogram":
      return [name, `${name}_bucket`, `${name}_sum`, `${name}_count`];
  }
}
