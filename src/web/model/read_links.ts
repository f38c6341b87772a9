import type { Link } from "./dashboard.ts";
import { flag, list, present, record, text } from "./reading.ts";

/** Links of a dashboard or a panel. */
export function readLinks(value: unknown): Link[] {
  return list(value).map(record).map((link) => ({
    title: text(link["title"]) ?? "",
    type: link["type"] === "dashboards" ? "dashboards" : "link",
    ...present({
      url: text(link["url"]),
      tags: Array.isArray(link["tags"])
        ? link["tags"].flatMap((tag) => text(tag) ?? [])
        : undefined,
      targetBlank: flag(link["targetBlank"]),
      includeVars: flag(link["includeVars"]),
      keepTime: flag(link["keepTime"]),
    }),
  }));
}
