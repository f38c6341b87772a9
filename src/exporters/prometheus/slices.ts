/**
 * Long work in slices, so that calls are answered in between.
 *
 * @module
 */
import { nextTurn } from "../../net/turns.ts";

/** How long a slice goes on before the event loop has a turn, in milliseconds. */
const SLICE = 1.5;

/**
 * Passes pieces of text on, and lets the event loop have a turn whenever more than 1.5 ms have
 * gone since the last one. What the consumer does with a piece counts too, as long as it stays in the same
 * turn. An empty piece is not passed on: it is a place to pause.
 */
export async function* inSlices(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let begin = performance.now();
  for await (const piece of pieces) {
    if (piece !== "") yield piece;
    if (performance.now() - begin < SLICE) continue;
    await nextTurn();
    begin = performance.now();
  }
}
