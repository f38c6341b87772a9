/** The command line of the runner. */

/** What to run; `problem` says what is wrong with the command line. */
export interface RunnerArguments {
  readonly folder: string;
  readonly filter: string;
  readonly showsFailures: boolean;
  readonly problem: string | undefined;
}

const USAGE = "usage: promqltest FOLDER [--failures] [--filter TEXT]";

/** Reads the command line. */
export function parseArguments(args: readonly string[]): RunnerArguments {
  let folder: string | undefined;
  let filter = "";
  let showsFailures = false;
  let problem: string | undefined;
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === "--failures") showsFailures = true;
    else if (arg === "--filter") {
      const text = rest.shift();
      if (text === undefined) problem ??= `--filter needs a text; ${USAGE}`;
      else filter = text;
    } else if (arg.startsWith("-")) problem ??= `'${arg}' is not a flag; ${USAGE}`;
    else if (folder === undefined) folder = arg;
    else problem ??= `one folder is expected, '${arg}' is another; ${USAGE}`;
  }
  if (folder === undefined) problem ??= `a folder of .test files is missing; ${USAGE}`;
  return { folder: folder ?? "", filter, showsFailures, problem };
}
