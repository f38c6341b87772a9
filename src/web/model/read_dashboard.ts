import type { Dashboard } from "./dashboard.ts";
import { readAnnotations } from "./read_annotations.ts";
import { readLinks } from "./read_links.ts";
import { readRows } from "./read_rows.ts";
import { readVariables } from "./read_variables.ts";
import { list, number, oneOf, present, record, text } from "./reading.ts";

/** A file is no dashboard that the page can show; the message says why. */
export class ReadError extends Error {
  override readonly name = "ReadError";
}

/**
 * A dashboard from any JSON that Grafana writes: the classic form, as its HTTP API wraps it
 * (`{dashboard, meta}`), as a Kubernetes resource of version 1 (`{kind, spec}`), and the rows of before
 * version 16. What is missing gets Grafana's default. Throws {@linkcode ReadError}.
 */
export function readDashboard(json: unknown): Dashboard {
  const source = unwrap(json);
  const time = record(source["time"]);
  const zone = text(source["timezone"]);
  return {
    uid: text(source["uid"]) || text(source["id"]) || "dashboard",
    title: text(source["title"]) || "Untitled dashboard",
    ...present({ description: text(source["description"]) }),
    tags: list(source["tags"]).flatMap((tag) => text(tag) ?? []),
    time: { from: text(time["from"]) ?? "now-6h", to: text(time["to"]) ?? "now" },
    refresh: text(source["refresh"]) ?? "",
    graphTooltip: oneOf(number(source["graphTooltip"]), [0, 1, 2]) ?? 0,
    timezone: zone === undefined || zone === "" ? "browser" : zone,
    variables: readVariables(record(source["templating"])["list"]),
    annotations: readAnnotations(record(source["annotations"])["list"]),
    links: readLinks(source["links"]),
    rows: readRows(source),
  };
}

function unwrap(json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new ReadError(
      `This is no dashboard: expected a JSON object as Grafana exports it, found ${kindOf(json)}.`,
    );
  }
  const outer = record(json);
  const inner = [outer, record(outer["dashboard"]), record(outer["spec"])];
  const found = inner.find((one) => Array.isArray(one["panels"]) || Array.isArray(one["rows"]));
  if (found !== undefined) return found;
  if (inner.some((one) => "elements" in one && "layout" in one)) {
    throw new ReadError(
      "This dashboard is in Grafana's schema version 2, which the page does not read: export it as " +
        "'Classic'.",
    );
  }
  const members = Object.keys(outer).slice(0, 6).join(", ");
  throw new ReadError(
    `This is no dashboard: expected a list 'panels', found ${
      members === "" ? "an empty object" : `an object with ${members}`
    }.`,
  );
}

function kindOf(json: unknown): string {
  if (json === null) return "null";
  return Array.isArray(json) ? "an array" : `a ${typeof json}`;
}
