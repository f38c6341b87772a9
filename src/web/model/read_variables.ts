import type { Choice, Variable } from "./dashboard.ts";
import { ALL, AUTO } from "./interpolate.ts";
import { flag, list, number, oneOf, present, record, text } from "./reading.ts";

/** The variables of a dashboard. */
export function readVariables(value: unknown): Variable[] {
  return list(value).map(record).flatMap((source) => {
    const name = text(source["name"]);
    return name ? [readVariable(name, source)] : [];
  });
}

function readVariable(name: string, source: Readonly<Record<string, unknown>>): Variable {
  const type = text(source["type"]) ?? "custom";
  const query = text(source["query"]) ?? text(record(source["query"])["query"]) ??
    text(source["definition"]) ?? "";
  return {
    name,
    type,
    query,
    ...present({
      label: text(source["label"]) || undefined,
      description: text(source["description"]) || undefined,
      regex: text(source["regex"]) || undefined,
      sort: number(source["sort"]),
      allValue: text(source["allValue"]) || undefined,
    }),
    multi: flag(source["multi"]) ?? false,
    includeAll: flag(source["includeAll"]) ?? false,
    current: readCurrent(type, query, source["current"]),
    options: ownOptions(type, query, source),
    hide: readHide(source["hide"]),
    refresh: oneOf(number(source["refresh"]), [0, 1, 2]) ?? (source["refresh"] === true ? 1 : 0),
  };
}

function readHide(value: unknown): Variable["hide"] {
  const hide = number(value);
  // 3 is shown under the controls' menu, which the page does not have.
  return oneOf(hide, [0, 1, 2]) ?? 0;
}

function readCurrent(type: string, query: string, value: unknown): Choice[] {
  if (type === "constant") return [{ text: query, value: query }];
  const current = record(value);
  const values = toList(current["value"]);
  const texts = toList(current["text"]);
  const choices = values.map((one, at) => ({ value: one, text: texts[at] ?? one }));
  if (choices.length > 0) {
    return choices.map((choice) =>
      choice.value.startsWith("$__auto_interval") ? { text: "auto", value: AUTO } : choice
    );
  }
  return type === "textbox" && query !== "" ? [{ text: query, value: query }] : [];
}

function toList(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one) => text(one) ?? []);
}

/** What can be chosen without asking anybody. */
function ownOptions(
  type: string,
  query: string,
  source: Readonly<Record<string, unknown>>,
): Choice[] {
  switch (type) {
    case "custom":
      return splitQuery(query).map(choiceOf);
    case "interval": {
      const own = splitQuery(query).map((value) => ({ text: value, value }));
      return source["auto"] === true ? [{ text: "auto", value: AUTO }, ...own] : own;
    }
    case "constant":
      return [{ text: query, value: query }];
    default:
      return list(source["options"]).map(record).flatMap((option) => {
        const value = text(option["value"]);
        return value === undefined || value === ALL
          ? []
          : [{ value, text: text(option["text"]) ?? value }];
      });
  }
}

/** Values between commas; `\,` is a comma inside one. */
function splitQuery(query: string): string[] {
  return [...query.matchAll(/(?:\\,|[^,])+/g)]
    .map(([part]) => part.replaceAll("\\,", ",").trim())
    .filter((part) => part !== "");
}

/** `text : value`, or a value alone. */
function choiceOf(part: string): Choice {
  const pair = /^(.+?)\s:\s(.+)$/.exec(part);
  return pair ? { text: pair[1] ?? "", value: pair[2] ?? "" } : { text: part, value: part };
}
