/**
 * Our API against Prometheus itself, over the same data, in turns: absolute figures of a noisy machine
 * mean little, the ratio of two programs in one run means something. Run it with
 * `deno run -P=test src/monitor/bench/prometheus_bench.ts [--prometheus PATH] [--rounds N]`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { startChild } from "../../testing/child.ts";
import { spawnEchoscope } from "../../testing/echoscope.ts";
import { findProgram } from "../../testing/programs.ts";
import { startPrometheus } from "../differential/prometheus.ts";
import { benchSet } from "./data.ts";
import { LARGE, panelQuestions, type Question, SMALL } from "./questions.ts";
import { median, print, showTable } from "./report.ts";

/** How long one answer takes, in milliseconds. */
interface Timing {
  readonly question: Question;
  readonly ours: number;
  readonly theirs: number;
}

interface Bases {
  readonly ours: string;
  readonly theirs: string;
}

/** Rounds that do not count: both are measured as a service is that has run for a while. */
const WARM_UP = 5;

/** Asks both in turns. */
async function compare(bases: Bases, question: Question, rounds: number): Promise<Timing> {
  await requireSameSize(bases, question);
  const ours: number[] = [];
  const theirs: number[] = [];
  const { path, repeat } = question;
  for (let i = -WARM_UP * repeat; i < rounds * repeat; i++) {
    const theirTime = await timeOf(bases.theirs, path);
    const ourTime = await timeOf(bases.ours, path);
    if (i < 0) continue;
    theirs.push(theirTime);
    ours.push(ourTime);
  }
  return { question, ours: median(ours), theirs: median(theirs) };
}

async function timeOf(base: string, path: string): Promise<number> {
  const begin = performance.now();
  const response = await fetch(`${base}/api/v1/${path}`);
  await response.arrayBuffer();
  return performance.now() - begin;
}

/** A figure says nothing where one of the two did less. */
async function requireSameSize({ ours, theirs }: Bases, { name, path }: Question): Promise<void> {
  const [our, their] = [await sizeOf(ours, path), await sizeOf(theirs, path)];
  if (our !== their) {
    throw new Error(`Cannot compare '${name}': we give ${our} series, Prometheus ${their}`);
  }
}

async function sizeOf(base: string, path: string): Promise<number> {
  const { status, error, data } = await (await fetch(`${base}/api/v1/${path}`)).json();
  if (status !== "success") throw new Error(`'${path}' failed: ${error}`);
  return (data.result ?? data).length;
}

/** A page of the program itself, after some calls. */
async function ownPage(): Promise<string> {
  await using echoscope = spawnEchoscope([
    ...["start", "--port=0", "--metrics-port=0", "--interval=10ms", "--fault-error-rate=0.1"],
  ]);
  const line = await echoscope.stdout.find("/metrics");
  const url = /http:\S+/.exec(line)?.[0] ?? "";
  for (;;) {
    const page = await (await fetch(url)).text();
    if (/grpc_client_handled_total\{.*\} \d{3}/.test(page)) return page;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function show(title: string, timings: readonly Timing[]): void {
  showTable(
    [title, "Prometheus", "echoscope", ""],
    timings.map(({ question, ours, theirs }) => [
      question.name,
      `${theirs.toFixed(2)} ms`,
      `${ours.toFixed(2)} ms`,
      factor(ours, theirs),
    ]),
  );
}

function factor(ours: number, theirs: number): string {
  return ours <= theirs
    ? `${(theirs / ours).toFixed(2)}× as fast`
    : `${(ours / theirs).toFixed(2)}× as slow`;
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      prometheus: { type: "string" },
      rounds: { type: "string", default: "9" },
    },
  });
  const program = values.prometheus ?? findProgram("prometheus");
  if (program === undefined) {
    throw new Error("There is no 'prometheus' on PATH; name one with --prometheus PATH");
  }
  const rounds = Number(values.rounds);
  const page = await ownPage();
  const file = await Deno.makeTempFile();
  await using stack = new AsyncDisposableStack();
  stack.defer(() => Deno.remove(file));
  await Deno.writeTextFile(file, page);
  const ours = stack.use(
    await startChild({
      script: new URL("prometheus_bench_server.ts", import.meta.url),
      permissions: ["--allow-net=127.0.0.1", "--ignore-env", `--allow-read=${file}`],
      args: [file],
    }),
  );
  const prometheus = stack.use(await startPrometheus(program, { features: [] }));
  await prometheus.write(await benchSet(page));
  const bases = { ours: `http://127.0.0.1:${ours.port}`, theirs: prometheus.url };
  const all = async (questions: readonly Question[]) => {
    const timings: Timing[] = [];
    for (const question of questions) timings.push(await compare(bases, question, rounds));
    return timings;
  };
  show("query_range, one hour at 15 s", await all(LARGE));
  show("small requests", await all(SMALL));
  const panels = await all(panelQuestions());
  const slowest = panels.toSorted((a, b) => b.ours / b.theirs - a.ours / a.theirs).slice(0, 5);
  show("panels, half an hour at 15 s: those where we do worst", slowest);
  const sum = (side: "ours" | "theirs") => panels.reduce((total, one) => total + one[side], 0);
  const ahead = panels.filter(({ ours, theirs }) => ours < theirs).length;
  print(
    `all ${panels.length} panels: Prometheus ${sum("theirs").toFixed(0)} ms, echoscope ${
      sum("ours").toFixed(0)
    } ms (${factor(sum("ours"), sum("theirs"))}); ahead in ${ahead} of them`,
  );
}

if (import.meta.main) await main(Deno.args);
