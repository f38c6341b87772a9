/**
 * The labels of a series as they are exposed, made into text once.
 *
 * @module
 */
import { labelsIdentity } from "../../metrics/key.ts";
import type { Labels } from "../../metrics/recorder.ts";
import { labelName } from "./names.ts";

/** What all series of an exporter share. */
export interface LabelContext {
  /** Labels that every series has unless it has its own of that name; they are shown first. */
  readonly globalLabels: Labels;
  /** A name that the format needs for itself: `le` in histograms, `quantile` in summaries. */
  readonly reserved?: string;
}

/** The labels of one series. */
export class ExposedLabels {
  /** `{api="echo"} `, or a space where there are no labels: what stands before the value. */
  readonly braces: string;
  /** `{api="echo",` or `{`: what stands before one more label. */
  readonly open: string;
  /**
   * The label names as recorded, where something was changed; else an empty text. Series of one
   * metric and one shape are never exposed as the same.
   */
  readonly shape: string;
  readonly #labels: Labels;
  readonly #context: LabelContext;
  #identity: string | undefined;

  constructor(labels: Labels, context: LabelContext) {
    this.#labels = labels;
    this.#context = context;
    const { exposed, changed } = exposeLabels(labels, context);
    const pairs = Array.from(exposed, ([name, value]) => `${name}="${escapeLabelValue(value)}"`);
    const text = pairs.join(",");
    this.braces = text === "" ? " " : `{${text}} `;
    this.open = text === "" ? "{" : `{${text},`;
    this.shape = changed ? JSON.stringify(Object.keys(labels).sort()) : "";
  }

  /** Equal for series that Prometheus would take for the same one; seldom asked for. */
  get identity(): string {
    return this.#identity ??= identityOf(exposeLabels(this.#labels, this.#context).exposed);
  }
}

/** To Prometheus a label without a value is no label. */
function identityOf(exposed: ReadonlyMap<string, string>): string {
  return labelsIdentity(Object.fromEntries([...exposed].filter(([, value]) => value !== "")));
}

/** A label value with backslash, newline and double quote escaped. */
export function escapeLabelValue(value: string): string {
  if (!/[\\\n"]/.test(value)) return value;
  return value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}

/**
 * Label names made legal. One that is taken then, by another label or by the format, gets the prefix
 * `exported_`, as Prometheus itself does with labels that clash.
 */
export function exposeLabels(
  labels: Labels,
  { globalLabels, reserved }: LabelContext,
): { readonly exposed: ReadonlyMap<string, string>; readonly changed: boolean } {
  const exposed = new Map(Object.entries(globalLabels));
  const taken = new Set(reserved === undefined ? [] : [reserved]);
  let changed = false;
  for (const [name, given] of Object.entries(labels)) {
    let legal = labelName(name);
    while (taken.has(legal)) legal = `exported_${legal}`;
    const value = given.toWellFormed();
    changed ||= legal !== name || value !== given || value === "";
    taken.add(legal);
    exposed.set(legal, value);
  }
  return { exposed, changed };
}
