/**
 * From arguments to a command and its exit status: 0 done, 1 failed, 2 not understood.
 *
 * @module
 */
import { CredentialsError } from "../rpc/tls/credentials.ts";
import { client } from "./client.ts";
import { DASHBOARD_COMMANDS } from "./dashboards.ts";
import { closestWord } from "./closest.ts";
import { type Command, Failure, type World } from "./command.ts";
import { readConfig, UsageError } from "./config.ts";
import { health } from "./health.ts";
import { commandHelp, programHelp } from "./help.ts";
import { dashboardsReplay } from "./replay.ts";
import { serve } from "./serve.ts";
import { start } from "./start.ts";
import { version } from "./version.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  start,
  serve,
  client,
  ...DASHBOARD_COMMANDS,
  dashboardsReplay,
  health,
  version,
];

/** Runs the program; resolves with its exit status. What nobody can mend is thrown. */
export async function run(
  args: readonly string[],
  world: World,
  commands: readonly Command[] = COMMANDS,
): Promise<number> {
  const [first = "--help"] = args;
  const { terminal, env } = world;
  const group = commands.filter(({ name }) => name.startsWith(`${first} `));
  if (isHelp(first) || (group.length > 0 && isHelp(args[1] ?? ""))) {
    terminal.print(programHelp(isHelp(first) ? commands : group));
    return 0;
  }
  const { command, rest } = findCommand(args, commands);
  if (command === undefined) {
    terminal.printError(`echoscope: ${unknown(args.slice(0, group.length > 0 ? 2 : 1), commands)}`);
    return 2;
  }
  if (rest.some(isHelp)) {
    terminal.print(commandHelp(command));
    return 0;
  }
  try {
    return await command.run(readConfig(command.options, rest, env, command.positionals), world);
  } catch (error) {
    if (error instanceof UsageError) {
      const lines = error.message.split("\n");
      const problems = lines.length === 1
        ? ` ${lines[0]}`
        : `\n${lines.map((line) => `  ${line}`).join("\n")}`;
      terminal.printError(`echoscope ${command.name}:${problems}`);
      return 2;
    }
    if (error instanceof Failure || error instanceof CredentialsError) {
      terminal.printError(`echoscope ${command.name}: ${error.message}`);
      return 1;
    }
    throw error;
  }
}

/** The command that the first word names, or the first two. */
function findCommand(
  args: readonly string[],
  commands: readonly Command[],
): { readonly command: Command | undefined; readonly rest: readonly string[] } {
  const words = [(args[0] ?? "").replace(/^--(?=version$)/, ""), ...args.slice(1)];
  for (const count of [2, 1]) {
    const command = commands.find(({ name }) => name === words.slice(0, count).join(" "));
    if (command) return { command, rest: words.slice(count) };
  }
  return { command: undefined, rest: [] };
}

function unknown(words: readonly string[], commands: readonly Command[]): string {
  const name = words.join(" ");
  const group = commands.filter((one) => one.name.startsWith(`${words[0]} `));
  if (group.length > 0 && (words.length === 1 || words[1]?.startsWith("-"))) {
    const names = group.map((one) => `'${one.name}'`).join(", ");
    return `'${words[0]}' is one of ${names}. Try 'echoscope ${words[0]} --help'.`;
  }
  const known = commands.flatMap((one) => [one.name, one.name.split(" ")[0] ?? ""]);
  const near = closestWord(name, known);
  const meant = near ? `; did you mean '${near}'?` : "";
  return `'${name}' is not a command${meant} Try 'echoscope --help'.`;
}

function isHelp(arg: string): boolean {
  return arg === "--help" || arg === "-h" || arg === "help";
}
