/** `compopt` (bash manual 8.7). */

import {
  COMPLETION_OPTIONS,
  type CompletionOption,
  isCompletionOption,
  type Specification,
  specificationsOf,
} from "../completion/specification.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { fail, parseArguments } from "./arguments.ts";
import { placesOf } from "./complete.ts";

export const help = `Changes options of completion.

Of the commands that are named; without names, of the completion that a function
has been called for. -o sets an option, +o unsets it. Without any, the options
are listed. See complete for what they are.

Options:
  -D   for commands of which nothing has been said
  -E   on an empty line
  -I   for the command itself

Exit status: 0, unless an option or a name is not valid.
`;

interface Change {
  readonly option: CompletionOption;
  readonly on: boolean;
}

export const compopt: Builtin = {
  name: "compopt",
  kind: "regular",
  usage: "[-o|+o option] [-DEI] [name ...]",
  run(shell, args) {
    const separated = separate(shell, args);
    if (typeof separated === "number") return separated;
    const parsed = parseArguments(shell, compopt, separated.rest, "DEI");
    if (parsed === null) return USAGE;
    const specifications = specificationsOf(shell);
    const { changes } = separated;
    const places = placesOf(parsed);
    if (places.length === 0 && parsed.operands.length === 0) {
      const { current } = specifications;
      if (current === null) return fail(shell, compopt, "not currently executing completion function");
      return apply(shell, current.specification, changes, "");
    }
    if (changes.length > 0 && !shell.becomeProcess()) return SUCCESS;
    let status: number = SUCCESS;
    for (const place of places) {
      const specification = specifications.at(place);
      if (specification === undefined) status = FAILURE;
      else apply(shell, specification, changes, ` -${place[0]!.toUpperCase()}`);
    }
    for (const name of places.length > 0 ? [] : parsed.operands) {
      const specification = specifications.get(name);
      if (specification === undefined) status = fail(shell, compopt, `${name}: no completion specification`);
      else apply(shell, specification, changes, ` ${name}`);
    }
    return status;
  },
};

/** Takes `-o name` and `+o name` out of the arguments. A status after an error, which has been reported. */
function separate(shell: Shell, args: readonly string[]): { changes: Change[]; rest: string[] } | number {
  const changes: Change[] = [];
  let index = 0;
  const rest: string[] = [];
  for (; index < args.length && /^[-+]./.test(args[index]!) && args[index] !== "--"; index++) {
    const argument = args[index]!;
    const match = /^([-+])o(.*)$/.exec(argument);
    if (match === null) {
      rest.push(argument);
      continue;
    }
    const option = match[2] !== "" ? match[2]! : args[++index];
    if (option === undefined) return fail(shell, compopt, `${match[1]}o: option requires an argument`, USAGE);
    if (!isCompletionOption(option)) return fail(shell, compopt, `${option}: invalid option name`, USAGE);
    changes.push({ option, on: match[1] === "-" });
  }
  return { changes, rest: [...rest, ...args.slice(index)] };
}

/** Makes the changes, or without any lists the options; `name` is the end of the line. */
function apply(shell: Shell, { options }: Specification, changes: readonly Change[], name: string): number {
  if (changes.length === 0) {
    const listed = COMPLETION_OPTIONS.map((option) => `${options.has(option) ? "-" : "+"}o ${option}`);
    return shell.print(`compopt ${listed.join(" ")}${name}\n`) ? SUCCESS : FAILURE;
  }
  for (const { option, on } of changes) {
    if (on) options.add(option);
    else options.delete(option);
  }
  return SUCCESS;
}
