/** `test` and `[` (XCU test; bash manual 4.1, 6.4). */

import { compareFiles, compareIntegers, isFileComparison, isUnary, unaryTest } from "../execution/primaries.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { plainDecimal } from "../expansion/arithmetic/integer.ts";
import { prepareTest } from "./prepared_test.ts";
import { constantOf } from "../expansion/operand.ts";
import { compareText } from "../expansion/collation.ts";

export const help = `Evaluates a condition.

Of files: -e exists, -f regular, -d directory, -h or -L symbolic link, -b -c -p
-S device, FIFO or socket, -r -w -x permitted, -s not empty, -u -g -k mode bits,
-O -G owned, -N modified since it was read, -t terminal; f1 -nt f2, f1 -ot f2
newer and older, f1 -ef f2 the same file.
Of text: -n not empty, -z empty, s1 = s2, s1 != s2, s1 < s2, s1 > s2.
Of integers: n1 -eq n2, and -ne -lt -le -gt -ge.
Of the shell: -v variable is set, -o option is on.
Combined: ! not, -a and, -o or, parentheses.

Exit status: 0 if it is true, 1 if not, 2 after an error.
`;

/** An error in an expression; its message follows the name of the command. */
class TestError {
  constructor(readonly message: string) {}
}

export const test: Builtin = {
  name: "test",
  kind: "regular",
  usage: "[expr]",
  quiet: true,
  helpless: true,
  run: (shell, args) => evaluateQuickly(args, args.length) ?? evaluate(shell, "test", args),
  prepare: prepareTest,
};

export const bracket: Builtin = {
  name: "[",
  kind: "regular",
  usage: "expr ]",
  quiet: true,
  helpless: true,
  run(shell, args) {
    if (args.at(-1) !== "]") {
      shell.report("[: missing `]'");
      return USAGE;
    }
    return evaluateQuickly(args, args.length - 1) ?? evaluate(shell, "[", args.slice(0, -1));
  },
  prepare: (operands) => constantOf(operands.at(-1)) === "]" ? prepareTest(operands.slice(0, -1)) : null,
};

/** The conditions that loops mostly have, of the first `count` arguments; `null` for all others. */
function evaluateQuickly(args: readonly string[], count: number): number | null {
  let result: boolean | null = null;
  if (count === 3) {
    const left = args[0]!;
    const right = args[2]!;
    const operator = args[1]!;
    if (operator === "=" || operator === "==") result = left === right;
    else if (operator === "!=") result = left !== right;
    else {
      const a = plainDecimal(left);
      const b = plainDecimal(right);
      if (a !== null && b !== null) result = compareIntegers(operator, a, b);
    }
  } else if (count === 2) {
    if (args[0] === "-n") result = args[1] !== "";
    else if (args[0] === "-z") result = args[1] === "";
  } else if (count === 1) result = args[0] !== "";
  return result === null ? null : result ? SUCCESS : FAILURE;
}

function evaluate(shell: Shell, name: string, args: readonly string[]): number {
  try {
    return new Evaluator(shell, args, name === "[").evaluate() ? SUCCESS : FAILURE;
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    shell.report(`${name}: ${error.message}`);
    return USAGE;
  }
}

class Evaluator {
  private position = 0;

  constructor(
    private readonly shell: Shell,
    private readonly args: readonly string[],
    private readonly bracketed: boolean,
  ) {}

  /** The meaning of up to four arguments is fixed by their number (XCU test, OPERANDS). */
  evaluate(): boolean {
    return this.byNumber(this.args);
  }

  private byNumber(args: readonly string[]): boolean {
    const [first, second, third] = args as [string, string, string];
    switch (args.length) {
      case 0:
        return false;
      case 1:
        return first !== "";
      case 2:
        if (first === "!") return second === "";
        if (isUnary(first)) return this.unary(first, second);
        throw new TestError(`${first}: unary operator expected`);
      case 3:
        if (isBinary(second)) return this.binary(first, second, third);
        if (second === "-a") return first !== "" && third !== "";
        if (second === "-o") return first !== "" || third !== "";
        if (first === "!") return !this.byNumber(args.slice(1));
        if (first === "(" && third === ")") return second !== "";
        throw new TestError(`${second}: binary operator expected`);
      case 4:
        if (first === "!") return !this.byNumber(args.slice(1));
        if (first === "(" && args[3] === ")") return this.byNumber(args.slice(1, 3));
    }
    const result = this.or();
    const rest = args[this.position];
    if (rest === undefined) return result;
    throw new TestError(rest.startsWith("-") ? `syntax error: \`${rest}' unexpected` : "too many arguments");
  }

  private or(): boolean {
    let result = this.and();
    while (this.args[this.position] === "-o") {
      this.position++;
      const right = this.and();
      result = result || right;
    }
    return result;
  }

  private and(): boolean {
    let result = this.not();
    while (this.args[this.position] === "-a") {
      this.position++;
      const right = this.not();
      result = result && right;
    }
    return result;
  }

  private not(): boolean {
    if (this.args[this.position] === "!") {
      this.position++;
      return !this.not();
    }
    return this.primary();
  }

  private primary(): boolean {
    const { args, position } = this;
    const [first, second, third] = args.slice(position, position + 3);
    if (first === undefined) throw new TestError("argument expected");
    if (second !== undefined && third !== undefined && isBinary(second)) {
      this.position += 3;
      return this.binary(first, second, third);
    }
    if (first === "(") {
      this.position++;
      const result = this.or();
      const close = this.args[this.position] ?? (this.bracketed ? "]" : undefined);
      if (close !== ")") throw new TestError(`\`)' expected${close === undefined ? "" : `, found ${close}`}`);
      this.position++;
      return result;
    }
    if (second !== undefined && isUnary(first)) {
      this.position += 2;
      return this.unary(first, second);
    }
    this.position++;
    return first !== "";
  }

  private unary(operator: string, operand: string): boolean {
    // What earlier builtins wrote may be in the file that is looked at.
    if (operator !== "-n" && operator !== "-z") this.shell.streams.settle();
    return unaryTest(this.shell, operator, operand);
  }

  private binary(left: string, operator: string, right: string): boolean {
    switch (operator) {
      case "=":
      case "==":
        return left === right;
      case "!=":
        return left !== right;
      case "<":
        return compareText(left, right) < 0;
      case ">":
        return compareText(left, right) > 0;
    }
    if (isFileComparison(operator)) return compareFiles(this.shell, operator, left, right);
    return compareIntegers(operator, integer(left), integer(right))!;
  }
}

const BINARY = new Set(["=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"]);

function isBinary(operator: string): boolean {
  return BINARY.has(operator);
}

/** A whole number in decimal, with blanks around. */
function integer(text: string): number | bigint {
  const plain = plainDecimal(text);
  if (plain !== null) return plain;
  if (!/^[ \t\n]*[-+]?\d+[ \t\n]*$/.test(text)) throw new TestError(`${text}: integer expression expected`);
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  const value = BigInt(text.trim().replace(/^\+/, ""));
  if (value !== BigInt.asIntN(64, value)) throw new TestError(`${text}: integer expression expected`);
  return value;
}
