/** `complete` (bash manual 8.7). */

import {
  COMPLETION_OPTIONS,
  type SpecialPlace,
  type Specification,
  specificationsOf,
} from "../completion/specification.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { inTableOrder } from "../variables/associative_array.ts";
import { type Arguments, fail, has, parseArguments, usageError } from "./arguments.ts";
import { ACTION_LETTERS, SPECIFICATION_LETTERS, specificationOf } from "./completion_arguments.ts";

export const help = `Says how the arguments of commands are completed.

Without options, or with -p, lists what has been said of the names, or of all.

What there is to choose from:
  -A action    names of a kind: alias arrayvar binding builtin command directory
               disabled enabled export file function group helptopic hostname
               job keyword running service setopt shopt signal stopped user
               variable
  -abcdefgjksuv
               short for -A alias, builtin, command, directory, export, file,
               group, job, keyword, service, user, variable
  -G globpat   files that match a pattern
  -W wordlist  words, which are expanded
  -F function  what a function puts into the array COMPREPLY
  -C command   what a command prints
  -X filterpat leave out what matches, or with ! before it what does not
  -P prefix, -S suffix
               put text before or behind each
Options:
  -o option    bashdefault, default, dirnames, plusdirs: what else to choose
               from; filenames, noquote, nosort, nospace: what to do with it
  -D           for commands of which nothing has been said
  -E           on an empty line
  -I           for the command itself
  -r           take back what has been said
  -p           list

Exit status: 0, unless an option is not valid or there is nothing to take back.
`;

/** How many buckets bash's table of specifications has. */
const BUCKETS = 512;

/** Options for what is no command, with what they stand for, and the name by which bash's table has it. */
const PLACES: readonly (readonly [string, SpecialPlace, string])[] = [
  ["D", "default", "_DefaultCmD_"],
  ["E", "empty", "_EmptycmD_"],
  ["I", "initial", "_InitialWorD_"],
];

export const complete: Builtin = {
  name: "complete",
  kind: "regular",
  usage: "[-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] " +
    "[-C command] [-X filterpat] [-P prefix] [-S suffix] [name ...]",
  run(shell, args) {
    const parsed = parseArguments(shell, complete, args, `${SPECIFICATION_LETTERS}prDEI`);
    if (parsed === null) return USAGE;
    const { operands } = parsed;
    const places = placesOf(parsed);
    const specification = specificationOf(shell, complete, parsed);
    if (typeof specification === "number") return specification;
    // The specifications are those of a process.
    if (has(parsed, "r")) return shell.becomeProcess() ? remove(shell, places, operands) : SUCCESS;
    if (has(parsed, "p") || args.length === 0) return list(shell, places, operands);
    if (places.length === 0 && operands.length === 0) return usageError(shell, complete);
    if (!shell.becomeProcess()) return SUCCESS;
    const specifications = specificationsOf(shell);
    // With an option for a place, names are of no interest.
    for (const place of places) specifications.setAt(place, specification);
    if (places.length === 0) { for (const name of operands) specifications.set(name, specification); }
    return SUCCESS;
  },
};

export function placesOf(parsed: Arguments): SpecialPlace[] {
  return PLACES.filter(([letter]) => has(parsed, letter)).map(([, place]) => place);
}

function remove(shell: Shell, places: readonly SpecialPlace[], names: readonly string[]): number {
  const specifications = specificationsOf(shell);
  if (places.length === 0 && names.length === 0) specifications.clear();
  let status: number = SUCCESS;
  for (const place of places) if (!specifications.deleteAt(place)) status = FAILURE;
  if (places.length > 0) return status;
  for (const name of names) {
    if (!specifications.delete(name)) status = fail(shell, complete, `${name}: no completion specification`);
  }
  return status;
}

function list(shell: Shell, places: readonly SpecialPlace[], names: readonly string[]): number {
  const specifications = specificationsOf(shell);
  let status: number = SUCCESS;
  let text = "";
  const addPlace = (letter: string, place: SpecialPlace) => {
    const specification = specifications.at(place);
    if (specification !== undefined) text += `${describe(specification)} -${letter}\n`;
    return specification !== undefined;
  };
  const addName = (name: string, specification: Specification) =>
    void (text += `${describe(specification)} ${/^[\w./:@%+-]+$/.test(name) ? name : quote(name)}\n`);
  if (places.length > 0) {
    for (const [letter, place] of PLACES) if (places.includes(place) && !addPlace(letter, place)) status = FAILURE;
  } else if (names.length > 0) {
    for (const name of names) {
      const specification = specifications.get(name);
      if (specification !== undefined) addName(name, specification);
      else status = fail(shell, complete, `${name}: no completion specification`);
    }
  } else {
    const all = new Map(specifications.entries());
    const places = new Map(PLACES.map(([letter, place, name]) => [name, [letter, place] as const]));
    // In bash's order, as that of associative arrays is.
    for (const name of inTableOrder([...all.keys(), ...places.keys()], BUCKETS)) {
      const place = places.get(name);
      if (place !== undefined) addPlace(...place);
      else addName(name, all.get(name)!);
    }
  }
  return text === "" || shell.print(text) ? status : FAILURE;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The command that makes a specification, without the name. */
function describe(
  { options, actions, glob, words, prefix, suffix, filter, command, functionName }: Specification,
): string {
  const parts = ["complete"];
  for (const option of COMPLETION_OPTIONS) if (options.has(option)) parts.push(`-o ${option}`);
  for (const [letter, action] of ACTION_LETTERS) if (actions.includes(action)) parts.push(`-${letter}`);
  const long = actions.filter((action) => !ACTION_LETTERS.some(([, short]) => short === action));
  for (const action of long) parts.push(`-A ${action}`);
  for (
    const [letter, value] of [["G", glob], ["W", words], ["P", prefix], ["S", suffix], ["X", filter], ["C", command]]
  ) {
    if (value) parts.push(`-${letter} ${quote(value)}`);
  }
  if (functionName !== null) parts.push(`-F ${functionName}`);
  return parts.join(" ");
}
