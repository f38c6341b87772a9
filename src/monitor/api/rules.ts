/** `rules`, `alerts`. */
import { createHash } from "node:crypto";
import { quote } from "../promql/print/mod.ts";
import type { Matcher } from "../samples.ts";
import type { Answer, ApiParts, ApiRequest, Endpoint } from "./endpoint.ts";
import { GET } from "./endpoint.ts";
import { invalidParameter } from "./failure.ts";
import type { Form } from "./form.ts";
import { parseBool, parseWholeNumber } from "./go_numbers.ts";
import { matcherGroups, parameter } from "./parameters.ts";
import { alertListJson, groupListJson } from "./rules_json.ts";
import type { AlertingRule, RecordingRule, RuleGroup } from "./sources.ts";

/** The addresses of rules. */
export const RULE_ENDPOINTS: readonly Endpoint[] = [
  { path: "rules", methods: GET, answer: answerRules },
  { path: "alerts", methods: GET, answer: answerAlerts },
];

function answerAlerts({ rules }: ApiParts): Answer {
  const alerts = rules.groups()
    .flatMap((group) => group.rules)
    .flatMap((rule) => rule.type === "alerting" ? rule.alerts : []);
  return { data: alertListJson(alerts) };
}

async function answerRules({ rules }: ApiParts, { form }: ApiRequest): Promise<Answer> {
  form.requireWhole();
  const wanted = await wantedOf(form);
  const page = pageOf(form);
  const all = rules.groups();
  const first = page.token === "" ? 0 : all.findIndex((group) => tokenOf(group) === page.token);
  if (first === -1) {
    throw invalidParameter(
      "group_next_token",
      `invalid group_next_token '${page.token}'. were rule groups changed?`,
    );
  }
  const groups = all.slice(first)
    .filter(({ name, file }) => wanted.group(name) && wanted.file(file))
    .map((group) => ({ group, rules: group.rules.filter(wanted.rule) }))
    .filter(({ rules }) => rules.length > 0);
  const next = groups[page.limit];
  const kept = next === undefined ? groups : groups.slice(0, page.limit);
  return {
    data: groupListJson(kept, wanted.alerts, next === undefined ? "" : tokenOf(next.group)),
  };
}

interface Wanted {
  readonly group: (name: string) => boolean;
  readonly file: (name: string) => boolean;
  readonly rule: (rule: AlertingRule | RecordingRule) => boolean;
  readonly alerts: boolean;
}

async function wantedOf(form: Form): Promise<Wanted> {
  const groups = await matcherGroups(form);
  const type = form.get("type").toLowerCase();
  if (!["", "alert", "record"].includes(type)) {
    throw invalidParameter("type", `not supported value ${quote(type)}`);
  }
  const isOfType = (rule: AlertingRule | RecordingRule) =>
    type === "" || (type === "alert") === (rule.type === "alerting");
  const isNamed = nameFilter(form.all("rule_name[]"));
  return {
    group: nameFilter(form.all("rule_group[]")),
    file: nameFilter(form.all("file[]")),
    rule: (rule) => isOfType(rule) && isNamed(rule.name) && meetsAny(rule, groups),
    alerts: !excludesAlerts(form),
  };
}

function nameFilter(names: readonly string[]): (name: string) => boolean {
  const set = new Set(names);
  return (name) => set.size === 0 || set.has(name);
}

function meetsAny(
  { labels }: AlertingRule | RecordingRule,
  groups: readonly (readonly Matcher[])[],
): boolean {
  return groups.length === 0 ||
    groups.some((group) => group.every((matcher) => matcher.matches(labels.get(matcher.name))));
}

function excludesAlerts(form: Form): boolean {
  const text = form.get("exclude_alerts").toLowerCase();
  if (text === "") return false;
  return parameter("exclude_alerts", () => {
    try {
      return parseBool(text);
    } catch (cause) {
      throw new Error(`error converting exclude_alerts: ${messageOf(cause)}`, { cause });
    }
  });
}

/** How many groups at a time, and the token of the first; no limit without a token is all of them. */
function pageOf(form: Form): { readonly limit: number; readonly token: string } {
  const text = form.get("group_limit");
  const token = form.get("group_next_token");
  if (text === "") {
    if (token === "") return { limit: Infinity, token };
    throw invalidParameter(
      "group_next_token",
      "group_limit needs to be present in order to paginate over the groups",
    );
  }
  return parameter("group_limit", () => {
    let limit: number;
    try {
      limit = parseWholeNumber(text, "ParseInt", 32);
    } catch (cause) {
      throw new Error(`group_limit needs to be a valid number: ${messageOf(cause)}`, { cause });
    }
    if (limit > 0) return { limit, token };
    throw new Error("group_limit needs to be greater than 0");
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function tokenOf({ file, name }: RuleGroup): string {
  return createHash("sha256").update(`${file};${name}`).digest("hex");
}
