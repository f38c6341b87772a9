/**
 * What an attack is. The attacks are in `floods.ts`, `requests.ts`, `unread.ts`, `slow.ts`
 * and `connections.ts`.
 *
 * @module
 */
import type { Victim, Witness } from "./victim.ts";

/** One attack. */
export interface Attack {
  readonly title: string;
  /** The label `reason` of `grpc_server_refused_total` under which `native` must count it. */
  readonly refused?: string;
  /** Whether grpc-js has nothing to set against it. */
  readonly nativeOnly?: boolean;
  /** Resolves when all is sent and the witness has had answers since. */
  readonly run: (victim: Victim, witness: Witness) => Promise<void>;
}

/** Answers that the witness must get while an attack goes on. */
export const ANSWERS = 5;
