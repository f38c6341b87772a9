import { type Interruptible, STRETCH } from "./stretches.ts";

/** The numbers of a column at some indexes. Yields where they are many. */
export function* pick(from: Float64Array, indexes: Uint32Array): Interruptible<Float64Array> {
  const picked = new Float64Array(indexes.length);
  for (let i = 0; i < indexes.length; i++) {
    if (i % STRETCH === STRETCH - 1) yield;
    picked[i] = from[indexes[i] ?? 0] ?? 0;
  }
  return picked;
}
