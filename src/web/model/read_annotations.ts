import type { Annotation } from "./dashboard.ts";
import { flag, list, present, record, text } from "./reading.ts";

/** Annotations that ask Prometheus; Grafana's own, kept in its database, have no expression. */
export function readAnnotations(value: unknown): Annotation[] {
  return list(value).map(record).flatMap((annotation) => {
    const target = record(annotation["target"]);
    const expr = text(annotation["expr"]) ?? text(target["expr"]) ?? "";
    if (expr === "") return [];
    return [{
      name: text(annotation["name"]) ?? "Annotation",
      enable: flag(annotation["enable"]) ?? true,
      iconColor: text(annotation["iconColor"]) ?? "blue",
      expr,
      ...present({
        step: text(annotation["step"]) ?? text(target["step"]) ?? text(target["interval"]),
        titleFormat: text(annotation["titleFormat"]),
        textFormat: text(annotation["textFormat"]),
        tagKeys: text(annotation["tagKeys"]),
        useValueForTime: useValueForTime(annotation["useValueForTime"]),
      }),
    }];
  });
}

function useValueForTime(value: unknown): boolean | undefined {
  return value === "on" ? true : flag(value);
}
