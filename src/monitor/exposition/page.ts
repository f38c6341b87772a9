/**
 * A page as it grows while it is read.
 *
 * @module
 */
import type { Interruptible } from "../stretches.ts";
import { detached } from "./detached.ts";
import type {
  Exposition,
  LabelPair,
  MetricType,
  ParsedExemplar,
  ParsedMetadata,
  ParsedSample,
} from "./model.ts";
import type { NamedSeries } from "./series_memory.ts";

/** A sample that its family's `_created` line can still come to. */
interface Sample extends ParsedSample {
  timestamp?: number;
  exemplar?: ParsedExemplar;
  startTimestamp?: number;
}

const CREATED = "_created";
/** Samples that get their times in one go. */
const STRIDE = 256;

/** A family of which times of creation were noted. */
interface CreatedFamily {
  readonly name: string;
  readonly type: MetricType;
  /** Its samples, `end` excluded. */
  readonly start: number;
  readonly end: number;
  /** By the labels that samples have in common. */
  readonly created: ReadonlyMap<string, number>;
}

/** Collects samples and metadata. */
export class Page {
  readonly #samples: Sample[] = [];
  readonly #metadata = new Map<string, ParsedMetadata>();
  /**
   * The type of the last TYPE line. As in Prometheus it counts until the next one, whatever the names
   * of the samples are.
   */
  type: MetricType = "unknown";
  /** The name on the last line of metadata, and the first sample after that line. */
  #family = "";
  #familyStart = 0;
  /** When the family's series were created, in milliseconds, by the labels they have in common. */
  #created = new Map<string, number>();
  readonly #createdFamilies: CreatedFamily[] = [];

  /** The metadata of a family, which begins here. */
  describe(family: string): ParsedMetadata {
    this.#endFamily();
    this.#family = family;
    let metadata = this.#metadata.get(family);
    if (metadata === undefined) {
      metadata = { name: detached(family) };
      this.#metadata.set(metadata.name, metadata);
    }
    return metadata;
  }

  /** One more sample. The caller sets what is optional. */
  add({ name, labels }: NamedSeries, value: number): Sample {
    const sample: Sample = { name, labels, value };
    this.#samples.push(sample);
    return sample;
  }

  /** Notes the time in a `_created` sample of OpenMetrics, which is a sample like others too. */
  noteCreated({ name, labels, value }: ParsedSample): void {
    if (
      hasStart(this.type) && name.endsWith(CREATED) && Number.isFinite(value) && value > 0 &&
      name.length === this.#family.length + CREATED.length && name.startsWith(this.#family)
    ) {
      this.#created.set(commonLabels(labels, this.type), Math.trunc(value * 1000));
    }
  }

  /** The page was read to its end. */
  *end(): Interruptible<Exposition> {
    this.#endFamily();
    for (const family of this.#createdFamilies) yield* this.#addStarts(family);
    return { samples: this.#samples, metadata: [...this.#metadata.values()] };
  }

  #endFamily(): void {
    const end = this.#samples.length;
    if (this.#created.size > 0) {
      this.#createdFamilies.push({
        name: this.#family,
        type: this.type,
        start: this.#familyStart,
        end,
        created: this.#created,
      });
      this.#created = new Map();
    }
    this.#familyStart = end;
  }

  /** Gives the family's samples the times that were noted. */
  *#addStarts({ name, type, start, end, created }: CreatedFamily): Interruptible<void> {
    for (let i = start; i < end; i++) {
      if (i % STRIDE === STRIDE - 1) yield;
      const sample = this.#samples[i];
      if (sample === undefined || !sample.name.startsWith(name)) continue;
      if (sample.name.endsWith(CREATED)) continue;
      const time = created.get(commonLabels(sample.labels, type));
      if (time !== undefined) sample.startTimestamp = time;
    }
  }
}

function hasStart(type: MetricType): boolean {
  return type === "counter" || type === "histogram" || type === "summary";
}

/** A key of what the samples of one histogram or summary have in common. */
function commonLabels(labels: readonly LabelPair[], type: MetricType): string {
  const own = ownLabel(type);
  let key = "";
  for (const [name, value] of labels) if (name !== own) key += `${name}\0${value}\0`;
  return key;
}

/** The label by which the samples of one histogram or summary differ. */
export function ownLabel(type: MetricType): string | undefined {
  return type === "histogram" ? "le" : type === "summary" ? "quantile" : undefined;
}
