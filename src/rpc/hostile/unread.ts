/**
 * Clients that ask for much and take nothing of it.
 *
 * @module
 */
import { frame } from "../../testing/http2.ts";
import { ANSWERS, type Attack } from "./attack.ts";
import { Attacker, bigCall, greeting, setting, times, Type, uint32 } from "./attacker.ts";

const SETTINGS_INITIAL_WINDOW_SIZE = 4;

/** Asks for 400 replies of 100,000 bytes on each of `count` connections and takes none. */
function takeNothing(count: number, first: () => number[], reads: boolean): Attack["run"] {
  return async ({ port }, witness) => {
    await using closing = new AsyncDisposableStack();
    for (let opened = 0; opened < count; opened++) {
      const attacker = closing.use(await Attacker.connect(port, { first: first(), reads }));
      await attacker.send(times(400, bigCall));
    }
    await witness.answered(ANSWERS);
  };
}

/** Every way not to take replies. */
export const UNREAD: readonly Attack[] = [
  {
    title: "big replies, no window for them",
    refused: "replies",
    run: takeNothing(2, () => greeting(setting(SETTINGS_INITIAL_WINDOW_SIZE, 0)), true),
  },
  {
    title: "big replies that are not read",
    refused: "replies",
    run: takeNothing(2, () => [
      ...greeting(setting(SETTINGS_INITIAL_WINDOW_SIZE, 2 ** 31 - 1)),
      ...frame(Type.WINDOW_UPDATE, 0, 0, uint32(2 ** 30)),
    ], false),
  },
];
