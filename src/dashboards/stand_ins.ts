/**
 * Grafana's variables in an expression, and what stands in for them so that it can be parsed.
 *
 * @module
 */

/** `$name`, `${name}`, `${name:format}` and `[[name]]`, as Grafana reads them. */
const VARIABLE = /\$([A-Za-z_]\w*)|\$\{(\w+)(?:[.:][^}]*)?\}|\[\[(\w+?)(?::\w+)?\]\]/g;
const STRING = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g;
const DURATIONS = new Set(["__rate_interval", "__interval", "__range"]);

/**
 * `text` with every variable replaced by something that PromQL allows there, of the same length, so
 * that positions stay true: in a string letters, for a span of time `5m`, else a number.
 */
export function withStandIns(text: string): string {
  const strings = text.replace(
    STRING,
    (literal) => literal.replace(VARIABLE, (variable) => "x".repeat(variable.length)),
  );
  return strings.replace(VARIABLE, (variable, plain, braced, bracketed) => {
    const name: string = plain ?? braced ?? bracketed;
    return (DURATIONS.has(name) ? "5m" : "1").padEnd(variable.length);
  });
}

/** The names of the variables that `text` uses. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(VARIABLE)].map(([, plain, braced, bracketed]) =>
    plain ?? braced ?? bracketed ?? ""
  );
}
