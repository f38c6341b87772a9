import { assertEquals } from "@std/assert";
import { dump } from "js-yaml";
import { testWithProgram } from "../../../testing/programs.ts";
import { Labels } from "../../labels.ts";
import { formatFloat } from "../../format_float.ts";
import { parseTemplate } from "./template.ts";
import { NUMBER_TEMPLATES, TEXT_TEMPLATES, VALUES } from "./templates_fixture.ts";

const LABELS = { job: "x-y z foo_bar", instance: "a b:1" };

testWithProgram("promtool", "Template.expand() gives what promtool gives", async (promtool) => {
  const folder = Deno.makeTempDirSync();
  try {
    const templates = [...NUMBER_TEMPLATES, ...TEXT_TEMPLATES];
    const annotations = templates.map((template, i) => [`t${i}`, template] as const);
    const rules = VALUES.map((_, i) => ({
      alert: `A${i}`,
      expr: `value{i="${i}"}`,
      annotations: Object.fromEntries(annotations),
    }));
    const cases = VALUES.map((value, i) => {
      const labels = { ...LABELS, i: String(i) };
      const data = { labels: Labels.from({ __name__: "value", ...labels }), value };
      return {
        eval_time: "0m",
        alertname: `A${i}`,
        exp_alerts: [{
          exp_labels: labels,
          exp_annotations: Object.fromEntries(
            annotations.map(([name, template]) => [name, parseTemplate(template).expand(data)]),
          ),
        }],
      };
    });
    Deno.writeTextFileSync(`${folder}/rules.yaml`, dump({ groups: [{ name: "g", rules }] }));
    Deno.writeTextFileSync(
      `${folder}/test.yaml`,
      dump({
        rule_files: ["rules.yaml"],
        tests: [{
          interval: "1m",
          input_series: VALUES.map((value, i) => ({
            series: `value{job="${LABELS.job}",instance="${LABELS.instance}",i="${i}"}`,
            values: formatFloat(value),
          })),
          alert_rule_test: cases,
        }],
      }),
    );
    const { code, stdout, stderr } = await new Deno.Command(promtool, {
      args: ["test", "rules", `${folder}/test.yaml`],
    }).output();
    const decoder = new TextDecoder();
    assertEquals([code, code === 0 ? "" : decoder.decode(stdout) + decoder.decode(stderr)], [
      0,
      "",
    ]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
