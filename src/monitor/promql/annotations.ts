/**
 * What a query says beside its result: warnings (the result is doubtful) and infos (it may not be
 * what was meant), with the place in the query.
 *
 * @module
 */
import type { Position } from "./ast.ts";
import { lineAndColumn } from "./position.ts";

/** A warning and how often it was given. */
interface Counted {
  readonly message: string;
  readonly place: string;
  count: number;
}

/** Collects annotations; the same one at the same place counts once. */
export class Annotations {
  readonly #query: string;
  readonly #warnings = new Set<string>();
  readonly #infos = new Set<string>();
  readonly #counted = new Map<string, Counted>();

  constructor(query: string) {
    this.#query = query;
  }

  /** `message` without "PromQL warning: " and without the place; both are added. */
  warn(message: string, position: Position): void {
    this.#warnings.add(`PromQL warning: ${message} (${lineAndColumn(this.#query, position.from)})`);
  }

  /** `message` without "PromQL info: " and without the place; both are added. */
  info(message: string, position: Position): void {
    this.#infos.add(`PromQL info: ${message} (${lineAndColumn(this.#query, position.from)})`);
  }

  /** As {@linkcode warn}, and tells how often it was said where that is more than once. */
  warnCounted(message: string, position: Position): void {
    const place = lineAndColumn(this.#query, position.from);
    const key = `${message} ${place}`;
    const counted = this.#counted.get(key);
    if (counted === undefined) this.#counted.set(key, { message, place, count: 1 });
    else counted.count++;
  }

  get warnings(): string[] {
    return [...this.#warnings, ...this.#countedWarnings()];
  }

  #countedWarnings(): string[] {
    return [...this.#counted.values()].map(({ message, place, count }) =>
      `PromQL warning: ${message} ${count > 1 ? `(${count} occurrences) ` : ""}(${place})`
    );
  }

  get infos(): string[] {
    return [...this.#infos];
  }
}
