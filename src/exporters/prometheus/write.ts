/**
 * Families as text. prom-client's Registry is not asked to write ours: it has no bigints (they come
 * out as +Inf), no families without help, no units, no `_created` of counters, and no pauses.
 *
 * A series has the same name in both formats, so that no query depends on which one a scraper asks
 * for. OpenMetrics wants counters to end with `_total`; one that does not is there of type `unknown`.
 *
 * @module
 */
import type { ExposedBuckets, ExposedSummary } from "./cells.ts";
import type { Families, Family } from "./families.ts";
import { type Format, formatHelp, formatTime, formatValue } from "./format.ts";
import { formatExemplar } from "./exemplar.ts";
import { unitSuffix } from "./names.ts";

/** UTF-16 units after which a piece of text is passed on. */
const CHUNK = 16_384;

/** The text of `families`, in pieces of about 16 KiB. It ends without the end mark of OpenMetrics. */
export function* writeFamilies(
  { families, names }: Families,
  format: Format,
): Generator<string> {
  let text = "";
  for (const family of families) {
    const dialect = dialectOf(family, format, names);
    text += writeHead(family, dialect, format);
    for (const series of writeSeries(family, dialect)) {
      text += series;
      if (text.length < CHUNK) continue;
      yield text;
      text = "";
    }
    if (format === "text") text += "\n";
  }
  if (text !== "") yield text;
}

/** What the format makes of one family. */
interface Dialect {
  readonly familyName: string;
  readonly type: string;
  /** The name of the samples that tell when a series began; undefined where they are not told. */
  readonly created: string | undefined;
  readonly exemplars: boolean;
}

function dialectOf({ name, type }: Family, format: Format, names: ReadonlySet<string>): Dialect {
  if (format === "text") return { familyName: name, type, created: undefined, exemplars: false };
  const created = (stem: string) => names.has(`${stem}_created`) ? undefined : `${stem}_created`;
  if (type === "gauge") return { familyName: name, type, created: undefined, exemplars: false };
  if (type !== "counter") {
    return { familyName: name, type, created: created(name), exemplars: true };
  }
  const stem = name.replace(/_total$/, "");
  return stem === name || names.has(stem)
    ? { familyName: name, type: "unknown", created: undefined, exemplars: false }
    : { familyName: stem, type, created: created(stem), exemplars: false };
}

function writeHead(
  { description }: Family,
  { familyName, type }: Dialect,
  format: Format,
): string {
  let head = "";
  if (description !== undefined && description.help !== "") {
    head += `# HELP ${familyName} ${formatHelp(description.help, format)}\n`;
  }
  head += `# TYPE ${familyName} ${type}\n`;
  const unit = unitSuffix(description?.unit);
  // OpenMetrics allows a unit only where the name ends with it.
  if (format === "openmetrics" && unit !== undefined && familyName.endsWith(`_${unit}`)) {
    head += `# UNIT ${familyName} ${unit}\n`;
  }
  return head;
}

function* writeSeries(family: Family, { created, exemplars }: Dialect): Generator<string> {
  const { name } = family;
  switch (family.type) {
    case "counter":
      for (const { value, labels, created: time } of family.cells) {
        const line = `${name}${labels.braces}${formatValue(value)}\n`;
        yield created === undefined
          ? line
          : `${line}${created}${labels.braces}${formatTime(time)}\n`;
      }
      break;
    case "gauge":
      for (const { value, labels } of family.cells) {
        yield `${name}${labels.braces}${formatValue(value)}\n`;
      }
      break;
    case "summary":
      for (const cell of family.cells) yield writeSummary(name, cell, created);
      break;
    case "histogram":
      for (const cell of family.cells) yield writeBuckets(name, cell, { created, exemplars });
      break;
  }
}

function writeSummary(name: string, cell: ExposedSummary, created: string | undefined): string {
  const { quantiles, sum, count } = cell.snapshot();
  let text = "";
  for (const { quantile, value } of quantiles) {
    text += `${name}${cell.labels.open}quantile="${quantile.label}"} ${formatValue(value)}\n`;
  }
  return text + writeTotals(name, cell, { sum, count, created });
}

function writeBuckets(
  name: string,
  cell: ExposedBuckets,
  { created, exemplars }: Pick<Dialect, "created" | "exemplars">,
): string {
  const { buckets, sum, count } = cell.snapshot();
  const start = `${name}_bucket${cell.labels.open}le="`;
  let text = "";
  for (const { bound, count, exemplar } of buckets) {
    text += `${start}${formatValue(bound)}"} ${count}`;
    if (exemplars && exemplar !== undefined) text += formatExemplar(exemplar);
    text += "\n";
  }
  return text + writeTotals(name, cell, { sum, count, created });
}

function writeTotals(
  name: string,
  { labels, created: time }: ExposedSummary | ExposedBuckets,
  { sum, count, created }: {
    readonly sum: number;
    readonly count: number;
    readonly created: string | undefined;
  },
): string {
  const totals = `${name}_sum${labels.braces}${formatValue(sum)}\n` +
    `${name}_count${labels.braces}${count}\n`;
  return created === undefined
    ? totals
    : `${totals}${created}${labels.braces}${formatTime(time)}\n`;
}
