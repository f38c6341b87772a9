import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { testWithProgram } from "../../testing/programs.ts";
import { parseExposition } from "./exposition.ts";
import { OPENMETRICS_FAULTS, TEXT_FAULTS } from "./faults_fixture.ts";
import type { ParsedSample } from "./model.ts";
import { OPENMETRICS_TYPE, TEXT_TYPE } from "./pages_fixture.ts";

interface Outcome {
  readonly code: number;
  readonly output: string;
}

async function run(program: string, args: readonly string[], input = ""): Promise<Outcome> {
  const child = new Deno.Command(program, {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  return { code, output: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

/** Runs Prometheus' own parser of OpenMetrics, which here wants a time on every sample. */
async function importPage(promtool: string, folder: string, page: string): Promise<Outcome> {
  await Deno.writeTextFile(`${folder}/page`, page);
  return run(promtool, [
    "tsdb",
    "create-blocks-from",
    "openmetrics",
    `${folder}/page`,
    `${folder}/data`,
  ]);
}

/** What every version of Prometheus since 2.42 reads alike. */
const OPENMETRICS = `# TYPE c counter
# HELP c Escapes \\\\ \\n \\"x\\".
c_total{a="1",b="x \\"y\\" \\\\z\\n \\x"} 1.5 100.5 # {id="1"} 0.5 1.25
c_total{a="2"} 1e3 0.25 # {} 1
c_created{a="2"} 5 1
# TYPE delay_seconds gauge
# UNIT delay_seconds seconds
delay_seconds +Inf 1.0015
delay_seconds{zone="é"} -.5e-3 1e2
delay_seconds{zone="#{},1"} 12345678901234567890 1
late 5. 1520879607.789
:x:y 0.1 1520879607
# EOF
`;

testWithProgram(
  "promtool",
  "parseExposition() reads the samples that promtool imports from OpenMetrics",
  async (promtool) => {
    const folder = await Deno.makeTempDir();
    try {
      const imported = await importPage(promtool, folder, OPENMETRICS);
      assertEquals(imported.code, 0, imported.output);
      await Deno.mkdir(`${folder}/data/wal`, { recursive: true });
      const dump = await run(promtool, ["tsdb", "dump", `${folder}/data`]);
      assertEquals(dump.code, 0, dump.output);
      const page = parseExposition(OPENMETRICS, OPENMETRICS_TYPE);
      assertEquals(
        dump.output.trim().split("\n").map(normalise).sort(),
        page.samples.map(asDumped).map(normalise).sort(),
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

function asDumped({ name, labels, value, timestamp }: ParsedSample): string {
  const pairs = [["__name__", name], ...labels].map(([name, value]) =>
    `${name}=${JSON.stringify(value)}`
  );
  return `{${pairs.sort().join(", ")}} ${value} ${timestamp}`;
}

/** Go and JavaScript write long numbers in different ways, and labels are sorted or are not. */
function normalise(line: string): string {
  const [, labels = "", value = "", time] = /^\{(.*)\} (\S+) (\S+)$/.exec(line) ?? [];
  const number = Number(value.replace(/Inf(inity)?/, "Infinity"));
  return `${labels.split(", ").sort().join(", ")} ${number} ${time}`;
}

/** Prometheus 3 takes the line as a sample and stops at what is left of it; the import misses a time first. */
const FOUND_LATER: ReadonlySet<string> = new Set(["m 1 ", "m 1 # x"]);

testWithProgram(
  "promtool",
  "parseExposition() refuses in OpenMetrics what promtool refuses to import",
  async (promtool) => {
    const folder = await Deno.makeTempDir();
    try {
      for (const [line, , message] of OPENMETRICS_FAULTS) {
        // Prometheus finds a double label later, when it stores the sample.
        if (message.includes("twice") || FOUND_LATER.has(line)) continue;
        const { code, output } = await importPage(promtool, folder, `first 1 1\n${line}\n# EOF\n`);
        assertEquals(code, 1, line);
        assert(!output.includes("expected timestamp for series"), `${line}: ${output}`);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

/**
 * Lines that promtool's checker, which is another parser than the scraper's, sees in another way; at
 * the last one promtool 3.10 panics.
 */
const OTHERWISE_CHECKED: ReadonlySet<string> = new Set([
  "m 1 -5",
  "# TYPE m  gauge",
  "# TYPE m",
  "# TYPE \n",
  "{} 1",
]);

testWithProgram(
  "promtool",
  "parseExposition() refuses in the text format what promtool finds malformed, in the same line",
  async (promtool) => {
    for (const [text, line] of TEXT_FAULTS) {
      if (OTHERWISE_CHECKED.has(text)) continue;
      const { output } = await run(promtool, ["check", "metrics"], `${text}\n`);
      assertStringIncludes(output, "text format parsing error in line", JSON.stringify(text));
      assertStringIncludes(output, `in line ${line}:`, JSON.stringify(text));
    }
  },
);

testWithProgram(
  "promtool",
  "parseExposition() reads in the text format what promtool finds well-formed",
  async (promtool) => {
    const page = `# HELP m_total Escapes \\\\ \\n.
# TYPE m_total counter
m_total{a="x \\"y\\" \\\\z\\n"} 1 100
m_total { a = "b" , } 2
m_total{}\t3

# A comment.
# TYPE h histogram
h_bucket{le="1"} 1
h_bucket{le="+Inf"} 2
h_sum NaN
h_count 2
`;
    const { output } = await run(promtool, ["check", "metrics"], page);
    assertEquals(output.includes("parsing error"), false, output);
    assertEquals(parseExposition(page, TEXT_TYPE).samples.length, 7);
  },
);
