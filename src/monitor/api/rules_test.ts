import { assertEquals } from "@std/assert";
import { Labels } from "../labels.ts";
import { apiRoutes, type RuleGroup, type TargetSource } from "./mod.ts";
import { partsWith } from "./server_fixture.ts";

const ALERTING = {
  type: "alerting",
  state: "firing",
  name: "Down",
  query: "up < 1",
  durationMs: 90_000,
  keepFiringForMs: 300_000,
  labels: Labels.from({ severity: "page" }),
  annotations: Labels.from({ summary: "<b>" }),
  alerts: [{
    labels: Labels.from({ alertname: "Down" }),
    annotations: Labels.from({ summary: "1 <b>" }),
    state: "firing",
    activeAt: 1_700_000_000_120,
    keepFiringSince: 1_700_000_060_000,
    value: 0.5,
  }],
  health: "ok",
  evaluationMs: 0.25,
  lastEvaluation: 1_700_000_000_000,
} as const;

const RECORDING = {
  type: "recording",
  name: "a:b",
  query: "sum(a) > 0",
  labels: Labels.EMPTY,
  health: "err",
  lastError: "no > such",
  evaluationMs: 2,
  lastEvaluation: undefined,
} as const;

const GROUPS: readonly RuleGroup[] = [
  {
    name: "first",
    file: "rules.yml",
    intervalMs: 15_000,
    limit: 0,
    rules: [RECORDING, ALERTING],
    evaluationMs: 3,
    lastEvaluation: 1_700_000_000_000,
  },
  {
    name: "second",
    file: "more.yml",
    intervalMs: 500,
    limit: 7,
    rules: [RECORDING],
    evaluationMs: 0,
    lastEvaluation: undefined,
  },
];

const RECORDING_JSON = '{"name":"a:b","query":"sum(a) \\u003e 0","labels":{},"health":"err",' +
  '"lastError":"no \\u003e such","evaluationTime":0.002,"lastEvaluation":"0001-01-01T00:00:00Z",' +
  '"type":"recording"}';
const ALERT_JSON = '{"labels":{"alertname":"Down"},"annotations":{"summary":"1 <b>"},' +
  '"state":"firing","activeAt":"2023-11-14T22:13:20.12Z",' +
  '"keepFiringSince":"2023-11-14T22:14:20Z","value":"5e-01"}';

function alertingJson(alerts: string): string {
  return '{"state":"firing","name":"Down","query":"up \\u003c 1","duration":90,' +
    '"keepFiringFor":300,"labels":{"severity":"page"},"annotations":{"summary":"<b>"},' +
    `"alerts":${alerts},"health":"ok","evaluationTime":0.00025,` +
    '"lastEvaluation":"2023-11-14T22:13:20Z","type":"alerting"}';
}

function firstJson(...rules: string[]): string {
  return `{"name":"first","file":"rules.yml","rules":[${rules}],"interval":15,"limit":0,` +
    '"evaluationTime":0.003,"lastEvaluation":"2023-11-14T22:13:20Z"}';
}

const SECOND_JSON = `{"name":"second","file":"more.yml","rules":[${RECORDING_JSON}],` +
  '"interval":0.5,"limit":7,"evaluationTime":0,"lastEvaluation":"0001-01-01T00:00:00Z"}';

const TARGETS: TargetSource = {
  active: () => [{
    discoveredLabels: Labels.from({ __address__: "127.0.0.1:9000", job: "self" }),
    labels: Labels.from({ instance: "127.0.0.1:9000", job: "self" }),
    scrapePool: "self",
    scrapeUrl: "http://127.0.0.1:9000/metrics",
    globalUrl: "http://host:9000/metrics",
    lastError: "expected <end>",
    lastScrape: 1_700_000_000_500,
    lastScrapeDurationMs: 12.5,
    health: "down",
    scrapeIntervalMs: 90_000,
    scrapeTimeoutMs: 500,
  }],
  dropped: () => [{ discoveredLabels: Labels.from({ job: "other" }), scrapePool: "other" }],
};

async function ask(path: string): Promise<string> {
  const [route] = apiRoutes(partsWith({ rules: { groups: () => GROUPS }, targets: TARGETS }));
  const response = await route?.handle(new Request(`http://127.0.0.1/api/v1/${path}`), {
    transport: "tcp",
    hostname: "127.0.0.1",
    port: 1,
  });
  return await response?.text() ?? "";
}

function success(data: string): string {
  return `{"status":"success","data":${data}}`;
}

Deno.test("apiRoutes() shows rules, those that are asked for", async () => {
  const both = firstJson(RECORDING_JSON, alertingJson(`[${ALERT_JSON}]`));
  const alertOnly = firstJson(alertingJson(`[${ALERT_JSON}]`));
  const cases: readonly [query: string, groups: string[]][] = [
    ["", [both, SECOND_JSON]],
    ["type=alert", [alertOnly]],
    ["type=record&file[]=more.yml", [SECOND_JSON]],
    ["rule_group[]=second&rule_group[]=third", [SECOND_JSON]],
    ["rule_name[]=Down&exclude_alerts=true", [firstJson(alertingJson("null"))]],
    ["match[]={severity=~%22p.*%22}", [alertOnly]],
    ["rule_name[]=none", []],
  ];
  for (const [query, groups] of cases) {
    assertEquals(await ask(`rules?${query}`), success(`{"groups":[${groups}]}`), query);
  }
});

Deno.test("apiRoutes() shows groups of rules page by page", async () => {
  const first = JSON.parse(await ask("rules?group_limit=1&type=record"));
  const token = first.data.groupNextToken;
  assertEquals(first.data.groups.map(({ name }: { name: string }) => name), ["first"]);
  assertEquals(
    await ask(`rules?group_limit=1&group_next_token=${token}`),
    success(`{"groups":[${SECOND_JSON}]}`),
  );
});

Deno.test("apiRoutes() shows alerts", async () => {
  assertEquals(await ask("alerts"), success(`{"alerts":[${ALERT_JSON}]}`));
});

Deno.test("apiRoutes() shows targets, those that are asked for", async () => {
  const active = '{"discoveredLabels":{"__address__":"127.0.0.1:9000","job":"self"},' +
    '"labels":{"instance":"127.0.0.1:9000","job":"self"},"scrapePool":"self",' +
    '"scrapeUrl":"http://127.0.0.1:9000/metrics","globalUrl":"http://host:9000/metrics",' +
    '"lastError":"expected \\u003cend\\u003e","lastScrape":"2023-11-14T22:13:20.5Z",' +
    '"lastScrapeDuration":0.0125,"health":"down","scrapeInterval":"1m30s",' +
    '"scrapeTimeout":"500ms"}';
  const dropped = '{"discoveredLabels":{"job":"other"},"scrapePool":"other"}';
  const counts = '{"other":1,"self":0}';
  const cases: readonly [query: string, active: string, dropped: string, counts: string][] = [
    ["", active, dropped, counts],
    ["state=Active", active, "", "null"],
    ["state=dropped", "", dropped, counts],
    ["scrapePool=self", active, "", counts],
  ];
  for (const [query, ...expected] of cases) {
    assertEquals(
      await ask(`targets?${query}`),
      success(
        `{"activeTargets":[${expected[0]}],"droppedTargets":[${expected[1]}],` +
          `"droppedTargetCounts":${expected[2]}}`,
      ),
      query,
    );
  }
  assertEquals(await ask("scrape_pools"), success('{"scrapePools":["other","self"]}'));
});
