/**
 * A page as it grows while it is read.
 *
 * @module
 */
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
  readonly #created = new Map<string, number>();

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
  end(): Exposition {
    this.#endFamily();
    return { samples: this.#samples, metadata: [...this.#metadata.values()] };
  }

  /** Gives the family's samples the times that were noted. */
  #endFamily(): void {
    if (this.#created.size > 0) {
      for (let i = this.#familyStart; i < this.#samples.length; i++) {
        const sample = this.#samples[i];
        if (sample === undefined || !sample.name.startsWith(this.#family)) continue;
        if (sample.name.endsWith(CREATED)) continue;
        const start = this.#created.get(commonLabels(sample.labels, this.type));
        if (start !== undefined) sample.startTimestamp = start;
      }
      this.#created.clear();
    }
    this.#familyStart = this.#samples.length;
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
