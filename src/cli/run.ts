/**
 * From arguments to a command and its exit status: 0 done, 1 failed, 2 not understood.
 *
 * @module
 */
import { client } from "./client.ts";
import { closestWord } from "./closest.ts";
import { type Command, Failure, type World } from "./command.ts";
import { readConfig, UsageError } from "./config.ts";
import { health } from "./health.ts";
import { commandHelp, programHelp } from "./help.ts";
import { serve } from "./serve.ts";
import { start } from "./start.ts";
import { version } from "./version.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [start, serve, client, health, version];

/** Runs the program; resolves with its exit status. What nobody can mend is thrown. */
export async function run(args: readonly string[], world: World): Promise<number> {
  const [name = "--help", ...rest] = args;
  const { terminal, env } = world;
  if (isHelp(name)) {
    terminal.print(programHelp(COMMANDS));
    return 0;
  }
  const command = COMMANDS.find((one) => one.name === name.replace(/^--(?=version$)/, ""));
  if (command === undefined) {
    const near = closestWord(name, COMMANDS.map((one) => one.name));
    terminal.printError(
      `echoscope: '${name}' is not a command${
        near ? `; did you mean '${near}'?` : ""
      } Try 'echoscope --help'.`,
    );
    return 2;
  }
  if (rest.some(isHelp)) {
    terminal.print(commandHelp(command));
    return 0;
  }
  try {
    return await command.run(readConfig(command.options, rest, env), world);
  } catch (error) {
    if (error instanceof UsageError) {
      const lines = error.message.split("\n");
      const problems = lines.length === 1
        ? ` ${lines[0]}`
        : `\n${lines.map((line) => `  ${line}`).join("\n")}`;
      terminal.printError(`echoscope ${command.name}:${problems}`);
      return 2;
    }
    if (error instanceof Failure) {
      terminal.printError(`echoscope ${command.name}: ${error.message}`);
      return 1;
    }
    throw error;
  }
}

function isHelp(arg: string): boolean {
  return arg === "--help" || arg === "-h" || arg === "help";
}
