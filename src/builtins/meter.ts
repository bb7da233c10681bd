/** `meter` (hexsh): passes data on and shows how far it has got. */

import { runUtility } from "../execution/expanded_command.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { USAGE } from "../execution/status.ts";
import { usageError } from "./arguments.ts";
import { HERE } from "./relay.ts";

export const help = `Copies standard input, or a file, to standard output, and shows how far it is.

On standard error it shows how much has come, for how long and how fast, and,
where the size is known, a bar with the part that has come and the time that is
left; nothing if that is no terminal, unless -f or -j asks for it.

Options:
  -f        show the bar in any case
  -j, --json
            print a line of JSON now and then, and at the end: the name, bytes,
            seconds, rate in bytes a second; with a known size size, percent
            and left
  -n name   show name before the bar, or in each line of JSON
  -s size   how much is to come, in bytes or with a suffix K, M, G or T; of a
            file that is known

Exit status: 0, unless the input can't be read or the output can't be written.
`;

const FACTORS: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

interface Request {
  show: "auto" | "bar" | "json";
  name: string;
  /** -1 if it is not given. */
  size: number;
  file: string | null;
}

/** Reads the arguments; a string is what is wrong with them. */
function parse(args: readonly string[]): Request | string {
  const request: Request = { show: "auto", name: "", size: -1, file: null };
  let i = 0;
  for (; i < args.length && args[i]!.length > 1 && args[i]![0] === "-"; i++) {
    const argument = args[i]!;
    if (argument === "--") {
      i++;
      break;
    }
    if (argument === "--json") request.show = "json";
    else if (/^-[fj]+$/.test(argument)) request.show = argument.includes("j") ? "json" : "bar";
    else if (argument[1] === "n" || argument[1] === "s") {
      const value = argument.length > 2 ? argument.slice(2) : args[++i];
      if (value === undefined) return `${argument}: option requires an argument`;
      if (argument[1] === "n") request.name = value;
      else {
        const size = /^(\d+)([KMGT]?)$/.exec(value);
        if (size === null) return `${value}: invalid size`;
        request.size = Number(size[1]) * FACTORS[size[2]!]!;
      }
    } else return `${argument}: invalid option`;
  }
  if (args.length > i + 1) return "too many arguments";
  request.file = args[i] ?? null;
  return request;
}

function utilityArguments({ name, size, show, file }: Request): string[] {
  return ["meter", name, String(size), show, ...file === null ? [] : [file]];
}

export const meter: Builtin = {
  name: "meter",
  kind: "regular",
  usage: "[-fj] [-n name] [-s size] [file]",
  relay(_shell, args) {
    const request = parse(args);
    return typeof request === "string" ? HERE : { kind: "utility", arguments: utilityArguments(request) };
  },
  run(shell: Shell, args) {
    const request = parse(args);
    if (typeof request !== "string") return runUtility(shell, utilityArguments(request));
    usageError(shell, meter, request);
    return USAGE;
  },
};
