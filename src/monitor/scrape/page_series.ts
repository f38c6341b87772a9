import type { ParsedSample } from "../exposition/mod.ts";
import { type Label, Labels, METRIC_NAME } from "../labels.ts";
import type { SeriesHandle } from "../store/series.ts";
import type { Store } from "../store/store.ts";

/**
 * The series of one target in the store. A reader with a memory names a known series by the same array
 * of labels every time, so that it is found by identity.
 */
export class PageSeries {
  readonly #store: Store;
  readonly #target: Labels;
  #byIdentity = new Map<ParsedSample["labels"], SeriesHandle>();
  #last = new Map<ParsedSample["labels"], SeriesHandle>();
  #added = 0;

  constructor(store: Store, target: Labels) {
    this.#store = store;
    this.#target = target;
  }

  /** The series of a sample. */
  of({ name, labels }: ParsedSample): SeriesHandle {
    const known = this.#byIdentity.get(labels);
    if (known !== undefined) return known;
    let handle = this.#last.get(labels);
    if (handle === undefined) {
      handle = this.#store.handle(withTarget(name, labels, this.#target));
      this.#added++;
    }
    this.#byIdentity.set(labels, handle);
    return handle;
  }

  /** The page is done: what it did not name is forgotten. Gives how many series the last one had not. */
  endPage(): number {
    const added = this.#added;
    this.#added = 0;
    this.#last = this.#byIdentity;
    this.#byIdentity = new Map();
    return added;
  }
}

/**
 * A sample's labels with those of its target, which win: a label of the page with such a name becomes
 * `exported_NAME`, as Prometheus does where `honor_labels` is not set.
 */
export function withTarget(
  name: string,
  labels: readonly Label[],
  target: Labels,
): Labels {
  const all = new Map<string, string>(target);
  const clashing: Label[] = [];
  for (const label of labels) {
    if (!target.has(label[0])) all.set(...label);
    else if (label[1] !== "") clashing.push(label);
  }
  // Short names first, as in Prometheus: they decide who is exported_ and who exported_exported_.
  clashing.sort(([a], [b]) => a.length - b.length);
  for (const [clashingName, value] of clashing) {
    let exported = `exported_${clashingName}`;
    while ((all.get(exported) ?? "") !== "") exported = `exported_${exported}`;
    all.set(exported, value);
  }
  return Labels.of(all.set(METRIC_NAME, name));
}
