import { assertEquals } from "@std/assert";
import { testWithProgram } from "../../testing/programs.ts";
import { END, START } from "./data_fixture.ts";
import { serveApi } from "./server_fixture.ts";

const RANGE = [`--start=${START / 1000}`, `--end=${END / 1000}`];

/** Arguments of `promtool query`, with URL for our address, and what it prints. */
const COMMANDS: readonly { readonly args: readonly string[]; readonly prints: string }[] = [
  {
    args: ["instant", "--time=1700000600.781", "URL", "sum by (code) (http_requests_total)"],
    prints: '{code="200"} => 0 @[1700000600.781]\n' +
      '{code="404"} => 3 @[1700000600.781]\n' +
      '{code="503"} => 6 @[1700000600.781]',
  },
  {
    args: [
      "range",
      "--start=1700000600",
      "--end=1700000630",
      "--step=15s",
      "URL",
      "sum(text)",
    ],
    prints: "{} =>\n39 @[1700000600]\n40 @[1700000615]\n41 @[1700000630]",
  },
  { args: ["labels", ...RANGE, "URL", "code"], prints: "200\n404\n503" },
  {
    args: ["series", ...RANGE, "--match=temperature_celsius", "URL"],
    prints: '{__name__="temperature_celsius", instance="host-0:9090", place="inside"}\n' +
      '{__name__="temperature_celsius", instance="host-0:9090", place="outside"}',
  },
];

testWithProgram("promtool", "promtool query understands apiRoutes()", async (promtool, t) => {
  await using server = serveApi();
  for (const { args, prints } of COMMANDS) {
    await t.step(args.join(" "), async () => {
      const { stdout, stderr } = await new Deno.Command(promtool, {
        args: ["query", ...args.map((arg) => arg === "URL" ? server.url : arg)],
      }).output();
      const text = new TextDecoder();
      assertEquals(text.decode(stderr), "");
      assertEquals(text.decode(stdout).trim(), prints);
    });
  }
});
