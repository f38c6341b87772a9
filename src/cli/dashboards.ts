/**
 * `echoscope dashboards …`: hands the dashboards and rules out of the binary.
 *
 * @module
 */
import { DASHBOARDS, RULES } from "../dashboards/embedded.ts";
import { EXPORT_FORMATS, type ExportedFile, exportFiles } from "../dashboards/export.ts";
import { panelsOf } from "../dashboards/model.ts";
import { tar } from "../dashboards/tar.ts";
import { closestWord } from "./closest.ts";
import { command, Failure } from "./command.ts";
import { option, UsageError } from "./config.ts";
import type { Terminal } from "./terminal.ts";
import { oneOf, text, toggle } from "./value.ts";
import { writeFiles } from "./write_files.ts";

/** `echoscope dashboards list` */
const dashboardsList = command({
  name: "dashboards list",
  summary: "list the dashboards and rule files that the program carries",
  options: {},
  run(_config, { terminal }) {
    const rows = DASHBOARDS.map(({ name, dashboard }) => {
      const count = panelsOf(dashboard).length;
      return [name, dashboard.title ?? "", dashboard.uid ?? "", `${count} panels`];
    });
    const ruleRows = RULES.map(({ name, yaml }) => {
      const count = yaml.match(/^ *- (record|alert):/gm)?.length ?? 0;
      return [
        name,
        `Prometheus ${name === "alerts" ? "alerts" : "recording rules"}`,
        "",
        `${count} rules`,
      ];
    });
    terminal.print(table([["NAME", "TITLE", "UID", "HOLDS"], ...rows, ...ruleRows]));
    return Promise.resolve(0);
  },
});

/** `echoscope dashboards show NAME` */
const dashboardsShow = command({
  name: "dashboards show",
  summary: "print a dashboard as JSON, or a rule file as YAML",
  options: {},
  positionals: {
    name: { name: "NAME", value: text, help: "one of the names that 'dashboards list' tells" },
  },
  run({ name }, { terminal }) {
    const texts = new Map([
      ...DASHBOARDS.map(({ name, json }) => [name, json] as const),
      ...RULES.map(({ name, yaml }) => [name, yaml] as const),
    ]);
    const found = texts.get(name);
    if (found === undefined) {
      const near = closestWord(name, texts.keys());
      const hint = near
        ? `; did you mean '${near}'?`
        : `; there is ${[...texts.keys()].join(", ")}`;
      throw new UsageError(`'${name}' is no dashboard${hint}`);
    }
    terminal.print(found.trimEnd());
    return Promise.resolve(0);
  },
});

/** `echoscope dashboards export DIR` */
const dashboardsExport = command({
  name: "dashboards export",
  summary: "write dashboards and rules as files, ready for Grafana, Prometheus or Kubernetes",
  options: {
    format: option({
      flag: "format",
      value: oneOf(...EXPORT_FORMATS),
      default: "grafana",
      help: "who takes the files: Grafana's provisioning, the sidecar that looks for ConfigMaps, " +
        "the operators of Grafana and Prometheus, or Prometheus",
    }),
    force: option({
      flag: "force",
      value: toggle,
      default: false,
      help: "overwrite files that differ",
    }),
  },
  positionals: {
    directory: {
      name: "DIR",
      value: text,
      help: "where to write; '-' is standard output: documents for kubectl, or else a tar archive",
    },
  },
  async run({ directory, format, force }, { terminal }) {
    const files = exportFiles(format);
    if (directory === "-") {
      const isKubernetes = format === "configmap" || format === "operator";
      terminal.print(isKubernetes ? kubernetesDocuments(files) : archive(files, terminal));
      return 0;
    }
    if (directory === "") throw new UsageError("DIR is empty");
    const written = await writeFiles(directory.replace(/(?<=.)\/+$/, ""), files, { force });
    for (const path of written) terminal.print(path);
    if (written.length === 0) terminal.print(`${directory} is up to date`);
    return 0;
  },
});

/** The commands of the group, in the order of the help. */
export const DASHBOARD_COMMANDS = [dashboardsList, dashboardsShow, dashboardsExport];

function kubernetesDocuments(files: readonly ExportedFile[]): string {
  return files.map(({ text }) => text.trimEnd()).join("\n---\n");
}

function archive(files: readonly ExportedFile[], terminal: Terminal): string {
  if (terminal.isInteractive) {
    throw new Failure("Cannot print an archive on a terminal; pipe it: … | tar -x -C DIR");
  }
  return tar(files);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ").trimEnd())
    .join("\n");
}
