/**
 * What a query says beside its result: warnings (the result is doubtful) and infos (it may not be
 * what was meant), with the place in the query.
 *
 * @module
 */
import type { Position } from "./ast.ts";
import { lineAndColumn } from "./position.ts";

/** Collects annotations; the same one at the same place counts once. */
export class Annotations {
  readonly #query: string;
  readonly #warnings = new Set<string>();
  readonly #infos = new Set<string>();

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

  get warnings(): string[] {
    return [...this.#warnings];
  }

  get infos(): string[] {
    return [...this.#infos];
  }
}
