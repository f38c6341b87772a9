/**
 * What is generated from the catalogue: `dashboards/metrics.json`, which the dashboards read, and the
 * table of metrics in README.md. Run as a program (`deno task catalogue`) it writes both.
 *
 * @module
 */
import { CATALOGUE, type CatalogueEntry, exposedType } from "./catalogue.ts";

const ROOT = new URL("../../", import.meta.url);
const BEGIN = "<!-- metrics: written by `deno task catalogue` -->\n<!-- deno-fmt-ignore-start -->";
const END = "<!-- deno-fmt-ignore-end -->";

/** The generated files, by path from the top of the project: what each must hold. */
export async function catalogueFiles(): Promise<Record<string, string>> {
  const readme = await Deno.readTextFile(new URL("README.md", ROOT));
  return {
    "dashboards/metrics.json": metricsJson(CATALOGUE),
    "README.md": withTable(readme, metricsTable(CATALOGUE)),
  };
}

/** The catalogue as JSON: an object by metric name, in the order of the catalogue. */
export function metricsJson(catalogue: readonly CatalogueEntry[]): string {
  const byName = Object.fromEntries(catalogue.map(({ name, ...rest }) => [name, rest]));
  return `${JSON.stringify(byName, undefined, 2)}\n`;
}

/** The catalogue as a table in Markdown. */
export function metricsTable(catalogue: readonly CatalogueEntry[]): string {
  const rows = catalogue.map((entry) =>
    [code(entry.name), exposedType(entry), entry.unit, entry.labels.map(code).join(" "), entry.help]
      .map((cell) => ` ${cell} `.replace(/^ {2}$/, " ").replaceAll("|", "\\|")).join("|")
  );
  return [
    "| metric | type | unit | labels | |",
    "|---|---|---|---|---|",
    ...rows.map((row) => `|${row}|`),
  ].join("\n");
}

/** `readme` with `table` between its marks. Throws Error when the marks are missing. */
export function withTable(readme: string, table: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) {
    throw new Error(
      `Cannot write the table of metrics: README.md must have '${BEGIN}' and, below it, '${END}'`,
    );
  }
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${readme.slice(end)}`;
}

function code(text: string): string {
  return `\`${text}\``;
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(await catalogueFiles())) {
    await Deno.writeTextFile(new URL(path, ROOT), text);
  }
}
