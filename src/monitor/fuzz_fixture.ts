/**
 * Mutated queries and expositions, and what must be true of them. As a program it does many of them
 * and tells in JSON what it saw: `deno task fuzz --seed 1 --count 1000000`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { mutate, SeededRandom } from "../testing/fuzz.ts";
import { bytesInUse } from "../testing/heap.ts";
import { DATA_END, DATA_START } from "./differential/data_set.ts";
import { ExpositionError, parseExposition, SeriesMemory } from "./exposition/mod.ts";
import {
  OPENMETRICS_PAGE,
  OPENMETRICS_TYPE,
  TEXT_PAGE,
  TEXT_TYPE,
} from "./exposition/pages_fixture.ts";
import { corpus, corpusStore } from "./fuzz_corpus_fixture.ts";
import { Engine } from "./promql/engine.ts";
import { QueryError } from "./promql/errors.ts";
import { parseQuery } from "./promql/parse/mod.ts";

/** A query may hold so many samples; the data are 14,000. */
const MAX_SAMPLES = 50_000;
/** Milliseconds that a query may take. */
const TIMEOUT = 1_000;

/** What is thrown at parser and engine. */
export interface FuzzOptions {
  readonly seed: number;
  /** Texts. */
  readonly count: number;
  /** Of so many queries that parse one is evaluated. */
  readonly evaluateOneIn: number;
}

/** What came of it. Anything that may not be was thrown. */
export interface QueryTally {
  readonly parsed: number;
  readonly evaluated: number;
  /** Of those evaluated. */
  readonly failed: number;
  /** The longest evaluation, in milliseconds, and its query. */
  readonly longest: { readonly ms: number; readonly query: string };
  /** Bytes of heap after the last quarter beyond those after the first; undefined where they cannot be told. */
  readonly growth: number | undefined;
}

/** Throws an Error that names the query for anything but a result or a QueryError. */
export async function fuzzQueries(
  { seed, count, evaluateOneIn }: FuzzOptions,
): Promise<QueryTally> {
  const random = new SeededRandom(seed);
  const queries = corpus();
  const store = corpusStore();
  const engine = new Engine({ maxSamples: MAX_SAMPLES, timeoutMs: TIMEOUT });
  const heap = new HeapGrowth(count);
  const tally = { parsed: 0, evaluated: 0, failed: 0, longest: { ms: 0, query: "" } };
  for (let i = 0; i < count; i++) {
    heap.at(i);
    const query = nextQuery(random, queries);
    if (!await gives(() => parseQuery(query), QueryError, query)) continue;
    if (tally.parsed++ % evaluateOneIn !== 0) continue;
    const start = DATA_START + random.below(DATA_END - DATA_START);
    const begin = performance.now();
    const isFound = await gives(
      () =>
        tally.evaluated++ % 2 === 0
          ? engine.instant(store, { query, time: start })
          : engine.range(store, { query, start, end: start + 600_000, step: 30_000 }),
      QueryError,
      query,
    );
    const ms = performance.now() - begin;
    if (!isFound) tally.failed++;
    if (ms > tally.longest.ms) tally.longest = { ms, query };
  }
  return { ...tally, growth: heap.growth() };
}

function nextQuery(random: SeededRandom, queries: readonly string[]): string {
  const query = random.pick(queries);
  switch (random.below(4)) {
    case 0:
      return mutate(random, query);
    case 1:
      return mutate(random, query.replace(/[a-z_]{3,}(?=[[{,) ]|$)/, random.pick(queries)));
    case 2:
      return `${query} ${random.pick("+-*/<>%^")} ${mutate(random, random.pick(queries))}`;
    default:
      return query.replace(/\d+[smhd]?/, random.pick(DURATIONS));
  }
}

const DURATIONS = ["1ms", "1s", "7m", "1h", "1d", "10y", "100000y", "0s", "1e300", "-5m", "1h1m"];

/** What came of pages of metrics. */
export interface ExpositionTally {
  readonly refused: number;
  readonly growth: number | undefined;
}

/** Throws an Error that names the page for anything but a page or an ExpositionError. */
export async function fuzzExpositions(
  { seed, count }: Pick<FuzzOptions, "seed" | "count">,
): Promise<ExpositionTally> {
  const random = new SeededRandom(seed);
  const memories = [new SeriesMemory(), new SeriesMemory()] as const;
  const pages = [[TEXT_PAGE, TEXT_TYPE, ""], [
    OPENMETRICS_PAGE,
    OPENMETRICS_TYPE,
    "# EOF\n",
  ]] as const;
  const heap = new HeapGrowth(count);
  let refused = 0;
  for (let i = 0; i < count; i++) {
    heap.at(i);
    const which = i % 2 === 0 ? 0 : 1;
    const [page, type, end] = pages[which];
    const text = mutate(random, someLines(random, page, end));
    const options = random.below(2) === 0 ? {} : { memory: memories[which] };
    if (!await gives(() => parseExposition(text, type, options), ExpositionError, text)) refused++;
  }
  return { refused, growth: heap.growth() };
}

/** A few lines: a fault in few is more often the first. */
function someLines(random: SeededRandom, page: string, end: string): string {
  const lines = page.split("\n").filter((line) => line !== "# EOF");
  const some = Array.from({ length: 1 + random.below(5) }, () => random.pick(lines));
  return `${some.join("\n")}\n${end}`;
}

/** Whether there is a result; false for an error of that class. */
async function gives(
  run: () => unknown,
  expected: typeof QueryError | typeof ExpositionError,
  text: string,
): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (cause) {
    if (cause instanceof expected) return false;
    throw new Error(`Something else than a ${expected.name} for ${JSON.stringify(text)}`, {
      cause,
    });
  }
}

/** Compares the heap, garbage collected, at a quarter of the way and at its end. */
class HeapGrowth {
  readonly #quarter: number;
  #before: number | undefined;

  constructor(count: number) {
    this.#quarter = Math.floor(count / 4);
  }

  at(i: number): void {
    if (i === this.#quarter) this.#before = bytesInUse();
  }

  growth(): number | undefined {
    const after = bytesInUse();
    return after === undefined || this.#before === undefined ? undefined : after - this.#before;
  }
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: "string", default: "1" },
      count: { type: "string", default: "100000" },
      "evaluate-one-in": { type: "string", default: "1" },
    },
  });
  const [seed, count] = [Number(values.seed), Number(values.count)];
  const queries = await fuzzQueries({
    seed,
    count,
    evaluateOneIn: Number(values["evaluate-one-in"]),
  });
  const expositions = await fuzzExpositions({ seed, count });
  const text = JSON.stringify({ queries, expositions });
  await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
}

if (import.meta.main) await main(Deno.args);
