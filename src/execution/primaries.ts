/** The primaries of `test` and `[[ ]]`: of files, descriptors, variables and options (XCU test; bash manual 6.4). */

import {
  R_OK,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  S_IFSOCK,
  S_ISGID,
  S_ISUID,
  S_ISVTX,
  W_OK,
  X_OK,
} from "../system/constants.ts";
import type { FileStatus } from "../system/system.ts";
import { parseOperand } from "./operand.ts";
import { setOptionByName } from "./options.ts";
import type { Shell } from "./shell.ts";

const TYPES: Readonly<Record<string, number>> = {
  b: S_IFBLK,
  c: S_IFCHR,
  d: S_IFDIR,
  f: S_IFREG,
  p: S_IFIFO,
  S: S_IFSOCK,
};
const BITS: Readonly<Record<string, number>> = { g: S_ISGID, k: S_ISVTX, u: S_ISUID };
const ACCESS: Readonly<Record<string, number>> = { r: R_OK, w: W_OK, x: X_OK };

/** Whether `operator` is a unary primary. */
export function isUnary(operator: string): boolean {
  return operator.length === 2 && operator[0] === "-" && "abcdefghknoprstuvwxzGLNORS".includes(operator[1]!);
}

/** Evaluates a unary primary. */
export function unaryTest(shell: Shell, operator: string, operand: string): boolean {
  const letter = operator[1]!;
  switch (letter) {
    case "z":
      return operand === "";
    case "n":
      return operand !== "";
    case "o": {
      const name = setOptionByName(operand);
      return name !== undefined && shell.options[name];
    }
    case "v":
      return isVariableSet(shell, operand);
    case "R":
      return shell.variables.get(operand).reference !== undefined;
    case "t": {
      const file = /^\d+$/.test(operand.trim()) ? shell.streams.table.get(Number(operand)) : undefined;
      return file !== undefined && file.descriptor >= 0 && shell.system.isatty(file.descriptor);
    }
  }
  const path = shell.streams.table.translate(operand);
  const { system } = shell;
  if (Object.hasOwn(ACCESS, letter)) return system.access(path, ACCESS[letter]!) === 0;
  const status = letter === "h" || letter === "L" ? system.lstat(path) : system.stat(path);
  return typeof status !== "number" && statusTest(shell, letter, status);
}

function statusTest(shell: Shell, letter: string, status: FileStatus): boolean {
  if (Object.hasOwn(TYPES, letter)) return (status.mode & S_IFMT) === TYPES[letter];
  if (Object.hasOwn(BITS, letter)) return (status.mode & BITS[letter]!) !== 0;
  switch (letter) {
    case "h":
    case "L":
      return (status.mode & S_IFMT) === S_IFLNK;
    case "s":
      return status.size > 0;
    case "G":
      return status.group === shell.system.getegid();
    case "O":
      return status.user === shell.system.geteuid();
    case "N":
      return status.modificationTime > status.accessTime;
    default:
      // -a, -e
      return true;
  }
}

const ELEMENT = /^([A-Za-z_][A-Za-z0-9_]*)\[([^]*)\]$/;

/**
 * `-v name[subscript]` in `[[ … ]]`, which expands its operand as a part of an expression: in the subscript, backslashes keep what
 * came out of that from being expanded again. Anything else is as {@link isVariableSet} has it.
 */
export function isExpandedVariableSet(shell: Shell, operand: string): boolean {
  const match = ELEMENT.exec(operand);
  if (match === null || match[2] === "@" || match[2] === "*") return isVariableSet(shell, operand);
  const variable = shell.variables.get(match[1]!);
  const subscript = match[2]!;
  if (subscript === "") return false;
  return variable.readElement(shell.words.subscripts.compileText(variable, subscript, true, null)()) !== undefined;
}

/** `-v name` and `-v name[subscript]`. */
function isVariableSet(shell: Shell, operand: string): boolean {
  const named = parseOperand(operand);
  if (named === null || named.value !== null) {
    return /^\d+$/.test(operand) && Number(operand) > 0 && shell.positional.values.length >= Number(operand);
  }
  const variable = shell.variables.get(named.name);
  const { subscript } = named;
  if (subscript === null) return variable.read() !== undefined;
  if ((subscript === "@" || subscript === "*") && !variable.associative) return variable.count() > 0;
  const key = shell.words.subscripts.evaluate(variable, subscript);
  return key !== "" && variable.readElement(key) !== undefined;
}

/** Whether `operator` compares files. */
export function isFileComparison(operator: string): boolean {
  return operator === "-nt" || operator === "-ot" || operator === "-ef";
}

/** `-nt`, `-ot` and `-ef`: a file that does not exist is older than any that does. */
export function compareFiles(shell: Shell, operator: string, left: string, right: string): boolean {
  const { system, streams } = shell;
  const a = system.stat(streams.table.translate(left));
  const b = system.stat(streams.table.translate(right));
  if (operator === "-ef") {
    return typeof a !== "number" && typeof b !== "number" && a.device === b.device && a.inode === b.inode;
  }
  const [newer, older] = operator === "-nt" ? [a, b] : [b, a];
  if (typeof newer === "number") return false;
  return typeof older === "number" || newer.modificationTime > older.modificationTime;
}

/** Whether `operator` compares what arithmetic expressions come to. */
export function isIntegerComparison(operator: string): boolean {
  return compareIntegers(operator, 0, 0) !== null;
}

/** The six arithmetic comparisons; `null` for any other operator. */
export function compareIntegers(operator: string, left: number | bigint, right: number | bigint): boolean | null {
  switch (operator) {
    case "-eq":
      return left === right;
    case "-ne":
      return left !== right;
    case "-lt":
      return left < right;
    case "-le":
      return left <= right;
    case "-gt":
      return left > right;
    case "-ge":
      return left >= right;
    default:
      return null;
  }
}
