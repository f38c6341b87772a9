/** A place in a query as people count, `line:column`, both from 1; columns count bytes, as Prometheus does. */
export function lineAndColumn(query: string, offset: number): string {
  if (query === "") return "unknown position";
  const before = query.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  const line = before.split("\n").length;
  return `${line}:${new TextEncoder().encode(before.slice(lineStart)).length + 1}`;
}
