import { assertEquals } from "@std/assert";
import { testWithProgram } from "../../testing/programs.ts";
import { startPrometheus } from "./prometheus_fixture.ts";
import { type ApiCall, ask, CALLS } from "./requests_fixture.ts";
import { serveApi } from "./server_fixture.ts";

testWithProgram(
  "prometheus",
  "apiRoutes() answer as Prometheus does, to the byte",
  async (prometheus, t) => {
    const promtool = prometheus.replace(/prometheus$/, "promtool");
    await using theirs = await startPrometheus(prometheus, promtool);
    await using ours = serveApi();
    const version = await majorVersion(theirs.url);
    for (const call of CALLS) {
      await t.step({
        name: nameOf(call),
        ignore: (call.since ?? 0) > version,
        fn: async () => {
          const [expected, actual] = await Promise.all([
            answerOf(theirs.url, call),
            answerOf(ours.url, call),
          ]);
          assertEquals(actual, expected);
        },
      });
    }
  },
);

async function majorVersion(url: string): Promise<number> {
  const response = await ask(url, { path: "status/buildinfo" });
  const { data: { version } } = await response.json();
  return Number.parseInt(version);
}

function nameOf({ path, query = "", form = "" }: ApiCall): string {
  const [address, body] = [query, form].map((one) =>
    typeof one === "string" ? one : new URLSearchParams(one.map(([...pair]) => pair)).toString()
  );
  return `${path}?${address} ${body}`.replaceAll("\n", " ").trim();
}

async function answerOf(url: string, call: ApiCall): Promise<string[]> {
  const response = await ask(url, call);
  const { status, headers } = response;
  return [String(status), headers.get("content-type") ?? "", await response.text()];
}
