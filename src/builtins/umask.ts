/** `umask` (XCU umask). */

import type { Builtin } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { fail, has, parseArguments } from "./arguments.ts";

export const help = `Shows or sets the mask of permissions that new files do not get.

The mask is an octal number, or symbolic as for chmod: then it says which
permissions files do get.

Options:
  -p   print in a form that can be read again
  -S   print symbolically

Exit status: 0, unless the mask is not valid.
`;

export const umask: Builtin = {
  name: "umask",
  kind: "intrinsic",
  usage: "[-p] [-S] [mode]",
  run(shell, args) {
    const parsed = parseArguments(shell, umask, args, "pS");
    if (parsed === null) return USAGE;
    const [operand] = parsed.operands;
    // The kernel shows the mask only by setting it.
    const current = shell.system.umask(0o077);
    shell.system.umask(current);
    if (operand === undefined) {
      const symbolic = has(parsed, "S");
      const mask = symbolic ? symbolicMode(current) : current.toString(8).padStart(4, "0");
      const prefix = has(parsed, "p") ? (symbolic ? "umask -S " : "umask ") : "";
      return shell.print(`${prefix}${mask}\n`) ? SUCCESS : FAILURE;
    }
    let mask: number;
    if (/^\d/.test(operand)) {
      mask = /^[0-7]+$/.test(operand) ? parseInt(operand, 8) : -1;
      if (mask < 0 || mask > 0o7777) return fail(shell, umask, `${operand}: octal number out of range`);
    } else {
      const parsedMode = parseSymbolic(operand, current);
      if (typeof parsedMode === "string") return fail(shell, umask, parsedMode);
      mask = parsedMode;
    }
    shell.process.setMask(mask & 0o777);
    if (has(parsed, "S") && !shell.options.posix && !shell.print(`${symbolicMode(mask & 0o777)}\n`)) return FAILURE;
    return SUCCESS;
  },
};

const CLASSES = [["u", 6], ["g", 3], ["o", 0]] as const;

/** The permissions that `mask` leaves. */
function symbolicMode(mask: number): string {
  return CLASSES.map(([letter, shift]) => {
    const bits = ~mask >> shift & 7;
    return `${letter}=${bits & 4 ? "r" : ""}${bits & 2 ? "w" : ""}${bits & 1 ? "x" : ""}`;
  }).join(",");
}

/** The mask that a symbolic mode makes of `current` (XCU chmod), or the text of an error. */
function parseSymbolic(text: string, current: number): number | string {
  let permissions = ~current & 0o777;
  for (const clause of text.split(",")) {
    const match = /^([ugoa]*)([^]*)$/.exec(clause)!;
    let who = 0;
    for (const letter of match[1] === "" ? "a" : match[1]!) {
      who |= letter === "a" ? 0o777 : 7 << CLASSES.find(([name]) => name === letter)![1];
    }
    let rest = match[2]!;
    if (rest === "") return `\`${text[0] ?? ""}': invalid symbolic mode operator`;
    while (rest !== "") {
      const action = /^([-+=])([rwxXstugo]*)/.exec(rest);
      if (action === null) return `\`${rest[0]}': invalid symbolic mode operator`;
      rest = rest.slice(action[0].length);
      if (rest !== "" && !/^[-+=]/.test(rest)) return `\`${rest[0]}': invalid symbolic mode character`;
      let bits = 0;
      for (const letter of action[2]!) {
        if ("ugo".includes(letter)) {
          const [, shift] = CLASSES.find(([name]) => name === letter)!;
          bits |= (permissions >> shift & 7) * 0o111;
        } else if (letter === "X") bits |= permissions & 0o111 ? 0o111 : 0;
        else bits |= { r: 0o444, w: 0o222, x: 0o111 }[letter] ?? 0;
      }
      bits &= who;
      if (action[1] === "+") permissions |= bits;
      else if (action[1] === "-") permissions &= ~bits;
      else permissions = (permissions & ~who) | bits;
    }
  }
  return ~permissions & 0o777;
}
