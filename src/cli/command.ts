/**
 * What a command is, and what it may touch.
 *
 * @module
 */
import type { ConfigOf, Options, Positionals, PositionalsOf } from "./config.ts";
import type { Terminal } from "./terminal.ts";

/** The world of a command, so that a test can give it another one. */
export interface World {
  readonly terminal: Terminal;
  readonly env: (name: string) => string | undefined;
}

/** One command of the program. */
export interface Command<O extends Options = Options, P extends Positionals = Positionals> {
  /** One word, or two where a command belongs to a group: `dashboards list`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly options: O;
  /** Words that follow the name. */
  readonly positionals?: P;
  /** Does the work; resolves with the exit status. Rejects with a `Failure` for what a person can mend. */
  readonly run: (config: ConfigOf<O> & PositionalsOf<P>, world: World) => Promise<number>;
}

/** Declares a command; the type of its config comes from its options and words. */
export function command<O extends Options, P extends Positionals = Record<never, never>>(
  declared: Command<O, P>,
): Command {
  return declared as unknown as Command;
}

/** Something went wrong at run time that a person can mend: one line on stderr, exit status 1. */
export class Failure extends Error {
  override name = "Failure";
}
