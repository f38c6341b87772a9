/**
 * The series of one kind, found by name and labels.
 *
 * @module
 */
import { cutLabels, OVERFLOW_LABELS, type ResolvedBounds } from "./bounds.ts";
import { labelsIdentity, type SeriesKey, seriesKey } from "./key.ts";
import { LabelPaths } from "./label_paths.ts";
import type { Labels, MetricKind } from "./recorder.ts";

/** Orders of labels that the fast path remembers, for each series on average. */
const PATHS_PER_SERIES = 4;

const OVERFLOW_IDENTITY = labelsIdentity(OVERFLOW_LABELS);

/** One series: what it is called and the cell with its value. */
export interface SeriesOf<Kind extends MetricKind, Cell> {
  readonly kind: Kind;
  readonly key: SeriesKey;
  readonly cell: Cell;
}

/** The series of one name: `series` is the truth, `paths` the fast way into it. */
interface Family<Kind extends MetricKind, Cell> {
  readonly series: Map<string, SeriesOf<Kind, Cell>>;
  readonly paths: LabelPaths<Cell>;
}

/** Gets and makes the series of one kind; see `Registry`. */
export class SeriesTable<Kind extends MetricKind, Cell> {
  readonly #families = new Map<string, Family<Kind, Cell>>();
  readonly #kind: Kind;
  readonly #makeCell: (key: SeriesKey) => Cell;
  readonly #added: (series: SeriesOf<Kind, Cell>) => void;
  readonly #bounds: ResolvedBounds;

  /** `added` is called with each new series. */
  constructor(
    kind: Kind,
    makeCell: (key: SeriesKey) => Cell,
    { bounds, added }: {
      readonly bounds: ResolvedBounds;
      readonly added: (series: SeriesOf<Kind, Cell>) => void;
    },
  ) {
    this.#kind = kind;
    this.#makeCell = makeCell;
    this.#bounds = bounds;
    this.#added = added;
  }

  /** The cell of these labels, made when it is missing. */
  get(name: string, labels: Labels): Cell {
    return this.#families.get(name)?.paths.find(labels) ?? this.#resolve(name, labels);
  }

  /** The series of these labels, if there is one. */
  peek(name: string, labels: Labels): SeriesOf<Kind, Cell> | undefined {
    const identity = labelsIdentity(cutLabels(labels, this.#bounds.maxLabelLength));
    return this.#families.get(name)?.series.get(identity);
  }

  /** Forgets a series, and the name with its last one. */
  remove(key: SeriesKey): void {
    const family = this.#families.get(key.name);
    if (family === undefined) return;
    family.series.delete(labelsIdentity(key.labels));
    // Paths are rebuilt by the next look-ups, which is cheaper than finding those of one series.
    family.paths.clear();
    if (family.series.size === 0) this.#families.delete(key.name);
  }

  /** Each name with its series. */
  *byName(): IterableIterator<[name: string, series: SeriesOf<Kind, Cell>[]]> {
    for (const [name, family] of this.#families) yield [name, [...family.series.values()]];
  }

  /** The slow way, taken once for each order in which a series' labels are written. */
  #resolve(name: string, labels: Labels): Cell {
    const family = this.#family(name);
    const bounded = cutLabels(labels, this.#bounds.maxLabelLength);
    const series = this.#findOrAdd(family, name, bounded);
    if (bounded !== labels) this.#report(name, "label_length");
    if (series === undefined) return this.#overflow(family, name).cell;
    // A cut value is not remembered: that would keep the long one in memory.
    if (bounded === labels) family.paths.remember(labels, series.cell);
    return series.cell;
  }

  #family(name: string): Family<Kind, Cell> {
    let family = this.#families.get(name);
    if (family === undefined) {
      family = {
        series: new Map(),
        paths: new LabelPaths(PATHS_PER_SERIES * this.#bounds.maxSeries),
      };
      this.#families.set(name, family);
    }
    return family;
  }

  /** The series of `labels`; undefined when it is new and the metric has reached its limit. */
  #findOrAdd(
    family: Family<Kind, Cell>,
    name: string,
    labels: Labels,
  ): SeriesOf<Kind, Cell> | undefined {
    const identity = labelsIdentity(labels);
    const found = family.series.get(identity);
    if (found !== undefined) return found;
    const counted = family.series.size - (family.series.has(OVERFLOW_IDENTITY) ? 1 : 0);
    if (counted >= this.#bounds.maxSeries && identity !== OVERFLOW_IDENTITY) return undefined;
    return this.#add(family, identity, name, labels);
  }

  #overflow(family: Family<Kind, Cell>, name: string): SeriesOf<Kind, Cell> {
    this.#report(name, "series");
    return family.series.get(OVERFLOW_IDENTITY) ??
      this.#add(family, OVERFLOW_IDENTITY, name, OVERFLOW_LABELS);
  }

  #add(
    family: Family<Kind, Cell>,
    identity: string,
    name: string,
    labels: Labels,
  ): SeriesOf<Kind, Cell> {
    const key = seriesKey(name, labels);
    const series = { kind: this.#kind, key, cell: this.#makeCell(key) };
    family.series.set(identity, series);
    this.#added(series);
    return series;
  }

  #report(name: string, reason: "series" | "label_length"): void {
    this.#bounds.onOverflow({ kind: this.#kind, name, reason });
  }
}
