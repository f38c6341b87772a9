import { assert } from "@std/assert";
import { testWith } from "../testing/permissions.ts";
import { fuzzExpositions, fuzzQueries } from "./fuzz_fixture.ts";

const COUNT = 100_000;
const SEED = 8;
/** A query may run for a second; this is how long it may then take to notice, on a busy machine. */
const LONGEST_MS = 15_000;
/** What caches and compiled code may take between the first quarter and the end. */
const GROWTH = 8 * 1024 * 1024;
/** When a child is taken to hang. */
const LIMIT_MS = 300_000;

Deno.test(`parseQuery() and Engine give a result or a QueryError for any of ${COUNT} queries with faults`, async () => {
  const { parsed, evaluated, failed, longest } = await fuzzQueries({
    seed: SEED,
    count: COUNT,
    evaluateOneIn: 4,
  });
  assert(parsed > COUNT / 5 && parsed < COUNT * 0.8, `${parsed} of ${COUNT} parsed`);
  assert(failed > 0 && failed < evaluated / 2, `${failed} of ${evaluated} evaluated failed`);
  assert(longest.ms < LONGEST_MS, `${longest.ms} ms for ${longest.query}`);
});

Deno.test(`parseExposition() reads or refuses any of ${COUNT} pages with faults`, async () => {
  const { refused } = await fuzzExpositions({ seed: SEED, count: COUNT });
  assert(refused > COUNT / 10 && refused < COUNT * 0.9, `${refused} of ${COUNT} refused`);
});

testWith(
  ["run", "read"],
  "Engine and parseExposition() keep nothing of what they refused or answered",
  async () => {
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-q", "--no-prompt", "--ignore-env", "--v8-flags=--expose-gc"],
        new URL("fuzz_fixture.ts", import.meta.url).href,
        ...["--count", "12000", "--seed", "9", "--evaluate-one-in", "3"],
      ],
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    const { code, stdout, stderr } = await child.output();
    assert(code === 0, new TextDecoder().decode(stderr));
    const { queries, expositions } = JSON.parse(new TextDecoder().decode(stdout));
    assert(queries.growth < GROWTH, `${queries.growth} bytes after queries`);
    assert(expositions.growth < GROWTH, `${expositions.growth} bytes after pages`);
  },
);
