/**
 * What a check finds: where it stands, what is wrong, and the place in the expression.
 *
 * @module
 */

/** A stretch of an expression, in characters. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Something wrong. */
export interface Finding {
  /** "dashboard 'Echo', panel 'Calls', query A". */
  readonly where: string;
  /** What was found and what was expected. */
  readonly what: string;
  readonly expression?: string;
  readonly at?: Span;
}

/** A finding as text: one line, and below it the expression with the place marked. */
export function showFinding({ where, what, expression, at }: Finding): string {
  const head = `${where}: ${what}`;
  return expression === undefined ? head : `${head}\n${marked(expression, at)}`;
}

/** All findings as one text, empty when there are none. */
export function showFindings(findings: readonly Finding[]): string {
  return [...new Set(findings.map(showFinding))].join("\n\n");
}

function marked(expression: string, at: Span | undefined): string {
  let start = 0;
  return expression.split("\n").flatMap((line) => {
    const begin = start;
    start += line.length + 1;
    if (at === undefined || at.from < begin || at.from >= start) return [`    ${line}`];
    const width = Math.max(1, Math.min(at.to, begin + line.length) - at.from);
    return [`    ${line}`, `    ${" ".repeat(at.from - begin)}${"^".repeat(width)}`];
  }).join("\n");
}
