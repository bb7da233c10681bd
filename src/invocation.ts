/** The command line of the shell (XCU sh; bash manual 6.1): from arguments to what is to be done. */

import { isShoptOption, type OptionName, setOptionByLetter, setOptionByName } from "./execution/options.ts";

export interface Invocation {
  /** Where commands come from. */
  readonly source:
    | { readonly kind: "string"; readonly text: string }
    | { readonly kind: "file"; readonly path: string }
    | { readonly kind: "stdin" };
  readonly zero: string;
  readonly arguments: readonly string[];
  /** Options to set, in order. */
  readonly options: readonly { readonly name: OptionName; readonly value: boolean }[];
  /** `-i` */
  readonly interactive: boolean;
  readonly login: boolean;
  readonly posix: boolean;
  /** `--import-functions`, or the name `bash`: functions come from the environment. */
  readonly importFunctions: boolean;
  /** `--norc`, `--noprofile`, `--rcfile FILE`. */
  readonly startupFiles: { readonly rc: boolean; readonly profile: boolean; readonly rcFile: string | null };
  /** Letters of `$-` that stand for the way of invocation. */
  readonly flags: string;
}

/** What the command line asks for instead of commands, or what is wrong with it. */
export type Answer =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "list-options" | "list-shopt"; readonly reusable: boolean }
  | { readonly kind: "error"; readonly message: string };

/** What is printed after a mistake on the command line. */
export const USAGE_LINE =
  "usage: hexsh [options] [script [argument ...]] or hexsh [options] -c command [name [argument ...]]";

/** @param args argv, `[0]` included */
export function parseInvocation(args: readonly string[]): Invocation | Answer {
  const name = args[0] ?? "hexsh";
  const base = name.slice(name.lastIndexOf("/") + 1).replace(/^-/, "");
  const options: { name: OptionName; value: boolean }[] = [];
  let posix = base === "sh";
  // Who gives it that name wants what bash does, where it is otherwise more careful.
  let importFunctions = base === "bash";
  if (base === "rhexsh" || base === "rbash") options.push({ name: "restricted_shell", value: true });
  let login = name.startsWith("-");
  let interactive = false;
  let command = false;
  let stdin = false;
  let profile = true;
  let rc = true;
  let rcFile: string | null = null;
  let i = 1;

  for (; i < args.length; i++) {
    const argument = args[i]!;
    if (argument === "--") {
      i++;
      break;
    }
    if (argument === "-" || !/^[-+]./.test(argument)) {
      // A lone dash ends the options too (XCU sh).
      if (argument === "-") i++;
      break;
    }
    if (argument.startsWith("--")) {
      switch (argument) {
        case "--help":
          return { kind: "help" };
        case "--version":
          return { kind: "version" };
        case "--posix":
          posix = true;
          break;
        case "--import-functions":
          importFunctions = true;
          break;
        case "--login":
          login = true;
          break;
        case "--norc":
          rc = false;
          break;
        case "--noprofile":
          profile = false;
          break;
        case "--noediting":
          options.push({ name: "emacs", value: false });
          break;
        case "--restricted":
          options.push({ name: "restricted_shell", value: true });
          break;
        case "--verbose":
          options.push({ name: "verbose", value: true });
          break;
        case "--rcfile":
        case "--init-file":
          if (++i >= args.length) return { kind: "error", message: `${argument}: option requires an argument` };
          rcFile = args[i]!;
          break;
        default:
          return { kind: "error", message: `${argument}: invalid option` };
      }
      continue;
    }
    const value = argument[0] === "-";
    for (const letter of argument.slice(1)) {
      if (letter === "c" && value) command = true;
      else if (letter === "i") interactive = value;
      else if (letter === "l") login = value;
      else if (letter === "s") stdin = value;
      else if (letter === "o") {
        const operand = args[++i];
        if (operand === undefined) return { kind: "list-options", reusable: !value };
        const option = setOptionByName(operand);
        if (option === undefined) return { kind: "error", message: `${operand}: invalid option name` };
        if (option === "posix") posix = value;
        else options.push({ name: option, value });
      } else if (letter === "O") {
        const operand = args[++i];
        if (operand === undefined) return { kind: "list-shopt", reusable: !value };
        if (!isShoptOption(operand)) return { kind: "error", message: `${operand}: invalid shell option name` };
        options.push({ name: operand, value });
      } else {
        const option = setOptionByLetter(letter, value);
        if (option === undefined) return { kind: "error", message: `${argument[0]}${letter}: invalid option` };
        options.push({ name: option, value });
      }
    }
  }

  const rest = args.slice(i);
  const shared = { options, interactive, login, posix, importFunctions, startupFiles: { rc, profile, rcFile } };
  if (command) {
    const [text, zero, ...operands] = rest;
    if (text === undefined) return { kind: "error", message: "-c: option requires an argument" };
    return { ...shared, source: { kind: "string", text }, zero: zero ?? name, arguments: operands, flags: "c" };
  }
  const [path, ...operands] = rest;
  if (path !== undefined && !stdin) {
    return { ...shared, source: { kind: "file", path }, zero: path, arguments: operands, flags: "" };
  }
  return {
    ...shared,
    source: { kind: "stdin" },
    zero: name,
    arguments: rest,
    flags: stdin || rest.length === 0 ? "s" : "",
  };
}
