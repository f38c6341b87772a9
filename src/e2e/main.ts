/**
 * `deno task e2e:k8s`: installs `k8s/overlays/dev` on a local cluster and sees that it does what it
 * promises. Start with `checks.ts`, which has all that is promised, in order.
 *
 * @module
 */
import { readConfig, UsageError } from "../cli/config.ts";
import { processTerminal } from "../cli/terminal.ts";
import { checks } from "./checks.ts";
import { currentContext, isLocal } from "./context.ts";
import { options } from "./options.ts";
import { Report } from "./report.ts";

const terminal = processTerminal();

/** Resolves with the exit status: 0 when all passed, 1 when not, 2 when it was not understood. */
async function main(): Promise<number> {
  const config = readConfig(options, Deno.args, (name) => Deno.env.get(name));
  const context = await currentContext();
  if (context === undefined) {
    terminal.printError("e2e: NOT RUN: kubectl reaches no cluster. kind, minikube, k3d will do.");
    return Deno.env.get("CI") === "true" ? 1 : 0;
  }
  if (!isLocal(context) && !config.anyContext) {
    terminal.printError(
      `e2e: the context '${context}' does not look like a cluster on this machine, and this ` +
        "installs, restarts and deletes Pods. Choose another with 'kubectl config use-context', " +
        "or add --any-context",
    );
    return 2;
  }
  terminal.print(`On the context '${context}', in the namespace 'echoscope'.`);
  const report = new Report((line) => terminal.print(line));
  await checks(config, context, report);
  terminal.print(report.summary);
  return report.failed > 0 ? 1 : 0;
}

try {
  Deno.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  terminal.printError(`e2e: ${error.message}`);
  Deno.exitCode = 2;
}
