/**
 * The fast way from labels to what is kept for them: a tree walked along the labels as the caller
 * wrote them, one step a label, with nothing sorted, joined or allocated. It is a cache: each order of
 * the same labels is a path of its own that ends at the same target, and a path can be missing.
 *
 * @module
 */
import type { Labels } from "./recorder.ts";

/** One step: what was found so far, and where each value of the next label leads. */
class Step<Target> {
  target: Target | undefined = undefined;
  /** The next label's name. Call sites agree on it nearly always; `others` is for when they do not. */
  name: string | undefined = undefined;
  values: Map<string, Step<Target>> | undefined = undefined;
  others: Map<string, Map<string, Step<Target>>> | undefined = undefined;
}

/** Paths to the targets of one metric. */
export class LabelPaths<Target> {
  #root = new Step<Target>();
  #size = 0;
  readonly #maxSize: number;

  /** Remembers at most `maxSize` paths; later ones are not found, and so only slower. */
  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  /** The target of exactly these labels in this order, where it is remembered. */
  find(labels: Labels): Target | undefined {
    let step = this.#root;
    for (const name in labels) {
      if (!Object.hasOwn(labels, name)) continue;
      const values = name === step.name ? step.values : step.others?.get(name);
      const next = values?.get(labels[name] as string);
      if (next === undefined) return undefined;
      step = next;
    }
    return step.target;
  }

  /** Remembers the path of `labels`. */
  remember(labels: Labels, target: Target): void {
    if (this.#size >= this.#maxSize) return;
    let step = this.#root;
    for (const name of Object.keys(labels)) step = advance(step, name, labels[name] as string);
    if (step.target === undefined) this.#size++;
    step.target = target;
  }

  /** Forgets every path. */
  clear(): void {
    this.#root = new Step();
    this.#size = 0;
  }
}

function advance<Target>(step: Step<Target>, name: string, value: string): Step<Target> {
  const values = valuesOf(step, name);
  let next = values.get(value);
  if (next === undefined) values.set(value, next = new Step());
  return next;
}

function valuesOf<Target>(step: Step<Target>, name: string): Map<string, Step<Target>> {
  if (step.name === undefined) step.name = name;
  if (step.name === name) return step.values ??= new Map();
  step.others ??= new Map();
  let values = step.others.get(name);
  if (values === undefined) step.others.set(name, values = new Map());
  return values;
}
