import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { RULES } from "../../dashboards/embedded.ts";
import { parseDuration } from "./duration.ts";
import { loadRules, RuleFileError } from "./rule_file.ts";

function load(yaml: string) {
  return loadRules([{ name: "a.yaml", yaml }]);
}

Deno.test("loadRules() reads groups and rules as they stand", () => {
  const [group, ...others] = load(`
groups:
  - name: g
    interval: 1m30s
    query_offset: 10s
    limit: 5
    labels: { team: a, severity: low }
    rules:
      - record: job:up:sum
        expr: sum by(job)(up)
      - alert: Down
        expr: up == 0
        for: 5m
        keep_firing_for: 1h
        labels: { severity: high, days: 3, hex: 0x1F }
        annotations: { summary: "{{ $labels.job }}" }
  - name: defaults
`);
  assertEquals(
    others.map(({ name, intervalMs, limit, rules }) => [name, intervalMs, limit, rules]),
    [
      ["defaults", undefined, 0, []],
    ],
  );
  assertEquals(group?.file, "a.yaml");
  assertEquals([group?.intervalMs, group?.queryOffsetMs, group?.limit], [90_000, 10_000, 5]);
  const [record, alert] = group?.rules ?? [];
  assertEquals(
    [record?.type, record?.name, record?.query, record?.labels.toJSON()],
    ["recording", "job:up:sum", "sum by (job) (up)", { severity: "low", team: "a" }],
  );
  assertEquals(alert?.labels.toJSON(), { days: "3", hex: "0x1F", severity: "high", team: "a" });
  if (alert?.type !== "alerting") throw new Error("expected an alert");
  assertEquals([alert.holdMs, alert.keepFiringForMs], [300_000, 3_600_000]);
  assertEquals(alert.annotations.toJSON(), { summary: "{{ $labels.job }}" });
});

Deno.test("loadRules() takes files without groups, and the same name in several files", () => {
  for (const yaml of ["", "# nothing\n", "groups:", "groups: []"]) assertEquals(load(yaml), []);
  const yaml = "groups: [{ name: g, rules: [] }]";
  assertEquals(loadRules([{ name: "a", yaml }, { name: "b", yaml }]).length, 2);
});

Deno.test("loadRules() takes all rules that the binary carries", () => {
  const groups = loadRules(RULES);
  assertEquals(groups.every(({ rules }) => rules.length > 0), true);
  assertEquals(new Set(groups.map(({ file }) => file)), new Set(["rules", "alerts"]));
});

const rule = (fields: string) => `groups: [{ name: g, rules: [{ ${fields} }] }]`;

const FAULTS: readonly [string, string, string][] = [
  ["YAML that is broken", "groups: [", "a.yaml': unexpected end"],
  ["two documents", "groups: []\n---\ngroups: []", "it has 2 documents"],
  ["a list", "[]", "the file must be a mapping"],
  ["a field that is not known", "group: []", "the field 'group' is not known; known are groups"],
  ["a key that comes twice", "groups: []\ngroups: []", "duplicated mapping key"],
  ["a group that is text", "groups: [a]", "group 1: a group must be a mapping"],
  [
    "a group's field that is not known",
    "groups: [{ name: g, every: 1m }]",
    "group 'g': the field 'every'",
  ],
  ["a group without a name", "groups: [{ rules: [] }]", "group 1: it has no name"],
  ["a group's name that comes twice", "groups: [{ name: g }, { name: g }]", "'g' comes twice"],
  ["a group's interval", "groups: [{ name: g, interval: 1x }]", "'interval': '1x' is no duration"],
  ["a limit", "groups: [{ name: g, limit: many }]", "'limit' must be a whole number, found 'many'"],
  ["rules that are no list", "groups: [{ name: g, rules: {} }]", "'rules' must be a list"],
  [
    "a rule's field that is not known",
    rule("alert: A, expr: up, when: 1m"),
    "rule 1, 'A': the field 'when'",
  ],
  ["a rule without a name", rule("expr: up"), "rule 1: exactly one of 'record' and 'alert'"],
  ["a rule with two names", rule("record: r, alert: A, expr: up"), "exactly one of"],
  ["a rule without a query", rule("alert: A"), "'expr' is missing"],
  [
    "a query that cannot be parsed",
    rule("alert: A, expr: up =="),
    "'expr': 1:6: parse error: unexpected end of input",
  ],
  ["a duration", rule("alert: A, expr: up, for: 5"), "'for': '5' is no duration"],
  [
    "a name of a label",
    rule("alert: A, expr: up, labels: { __name__: a }"),
    "'__name__' cannot be a label's name",
  ],
  ["labels that are a list", rule("alert: A, expr: up, labels: [a]"), "'labels' must be a mapping"],
  ["a label that is a list", rule("alert: A, expr: up, labels: { a: [b] }"), "'a' must be text"],
  [
    "a template",
    rule("alert: A, expr: up, annotations: { a: '{{ $x }}' }"),
    "the annotation 'a': there is no variable '$x'",
  ],
  [
    "a label's template",
    rule("alert: A, expr: up, labels: { a: '{{ if }}' }"),
    "the label 'a': a value is missing",
  ],
  ["for with a recording", rule("record: r, expr: up, for: 1m"), "'for' is for alerts"],
  [
    "annotations with a recording",
    rule("record: r, expr: up, annotations: { a: b }"),
    "'annotations' is for alerts",
  ],
  [
    "braces in what is recorded",
    rule("record: 'r{a=\"b\"}', expr: up"),
    "braces belong into 'expr'",
  ],
];

for (const [what, yaml, message] of FAULTS) {
  Deno.test(`loadRules() refuses ${what}, and says where`, () => {
    const error = assertThrows(() => load(yaml), RuleFileError, message);
    assertStringIncludes(error.message, "Cannot load the rule file 'a.yaml'");
  });
}

Deno.test("parseDuration() reads what Prometheus' files have", () => {
  const read: readonly [string, number][] = [
    ["0", 0],
    ["0s", 0],
    ["15ms", 15],
    ["1h30m", 5_400_000],
    ["1y2w3d", 31_536_000_000 + 17 * 86_400_000],
  ];
  for (const [text, ms] of read) assertEquals(parseDuration(text), ms);
  for (const text of ["", "1", "-1s", "1.5h", "1m1h", "1s ", "300y"]) {
    assertThrows(() => parseDuration(text), Error, `'${text}'`);
  }
});
