import { tokensOf } from "./tokens.ts";

/** What is wrong with a query, and where: offsets into its text. */
export interface Fault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/**
 * The place that an error of Prometheus tells, `1:6: parse error: …`; undefined for one that tells none.
 * It tells where the fault begins: what is marked is the piece of the query that stands there, or the
 * last one where the query ends too early.
 */
export function faultOf(query: string, error: string): Fault | undefined {
  const [, line, column, message] = /(\d+):(\d+): (?:parse error: )?(.*)$/s.exec(error) ?? [];
  if (line === undefined || column === undefined || message === undefined) return undefined;
  const lines = query.split("\n");
  const before = lines.slice(0, Number(line) - 1).join("\n");
  const start = Number(line) === 1 ? 0 : before.length + 1;
  const at = start + charactersOf(lines[Number(line) - 1] ?? "", Number(column) - 1);
  const tokens = tokensOf(query).filter(({ kind }) => kind !== "space");
  const token = tokens.find(({ from, to }) => from <= at && at < to) ?? tokens.at(-1);
  return { from: token?.from ?? 0, to: token?.to ?? query.length, message };
}

/**
 * Whether a query is still being written: brackets or quotes are open, or it ends where something must
 * follow. There is no use in asking what is wrong with it.
 */
export function isUnfinished(query: string): boolean {
  const tokens = tokensOf(query).filter(({ kind }) => kind !== "space" && kind !== "comment");
  const last = tokens.at(-1);
  if (last === undefined || last.kind === "operator" || last.kind === "keyword") return true;
  const open = tokens.filter(({ kind, text }) => kind === "bracket" && "([{".includes(text)).length;
  const closed =
    tokens.filter(({ kind, text }) => kind === "bracket" && ")]}".includes(text)).length;
  const quoted = last.kind === "string" &&
    (last.text.length === 1 || last.text.at(-1) !== last.text[0]);
  return open > closed || quoted;
}

/** Prometheus counts bytes of UTF-8. */
function charactersOf(line: string, bytes: number): number {
  return new TextDecoder().decode(new TextEncoder().encode(line).slice(0, bytes)).length;
}

/** Built-in variables as values of the same length, so that places stay what they are. */
export function withoutVariables(query: string): string {
  return query.replace(
    /\$\{?__(?:rate_interval|interval|range)(_ms|_s)?\}?/g,
    (variable, number) => (number === undefined ? "5m" : "1").padEnd(variable.length),
  );
}
