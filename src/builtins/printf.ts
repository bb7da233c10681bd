/** `printf` (XCU printf; bash manual 4.2). */

import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { decimalText } from "../expansion/arithmetic/decimal_text.ts";
import { type Integer, plainDecimal } from "../expansion/arithmetic/integer.ts";
import { canonical, decode, encode } from "../system/bytes.ts";
import { ERANGE, strerror } from "../system/errno.ts";
import { quoteBackslash } from "./backslash_quote.ts";
import { isName, parseArguments, usageError, valueOf } from "./arguments.ts";
import { assignOperand, isVariableOperand } from "../execution/variable_operand.ts";
import { characterUnits } from "../system/locale.ts";
import { decodeEscapes, type EscapeStyle } from "./escapes.ts";
import { type Conversion, type Directive, preparedFormat, type Specification, specification } from "./printf_format.ts";
import { formatFloat, parseFloatArgument } from "./float_format.ts";

export const help = `Prints its arguments as a format says.

The format holds text, backslash escapes, and conversions: %d %i %o %u %x %X for
integers, %e %E %f %F %g %G %a %A for floating-point numbers, %c for a
character, %s for text, %% for a percent sign, with flags, width and precision
as for printf(3); %b for text with backslash escapes, %q for text quoted for the
shell, %(format)T for a time by strftime(3). The format is used again as long as
there are arguments.

Options:
  -v var   assign to a variable what would be printed

Exit status: 0, unless an argument is not valid or the output can't be written.
`;

export const printf: Builtin = {
  name: "printf",
  kind: "regular",
  usage: "[-v var] format [arguments]",
  quiet: true,
  run(shell, args) {
    const parsed = parseArguments(shell, printf, args, "v:");
    if (parsed === null) return USAGE;
    const variable = valueOf(parsed, "v");
    if (variable !== undefined && !isVariableOperand(shell, variable)) {
      shell.report(`printf: \`${variable}': not a valid identifier`);
      return USAGE;
    }
    const { operands } = parsed;
    if (operands.length === 0) return usageError(shell, printf);
    const output = new Formatter(shell, operands, variable === undefined);
    const status = output.run(preparedFormat(operands[0]!));
    const text = canonical(output.text);
    if (variable !== undefined) {
      // A variable holds text up to a NUL.
      assignOperand(shell, variable, text.split("\0", 1)[0]!);
      return status;
    }
    return text === "" || shell.print(text) ? status : FAILURE;
  },
};

const LARGEST_SIGNED = (1n << 63n) - 1n;
const LARGEST_UNSIGNED = (1n << 64n) - 1n;

class Formatter {
  /** What is still to be printed. */
  text = "";
  /** How many bytes have been printed, for `%n`. */
  private printed = 0;
  /** The operand that is used next: the first one is the format. */
  private next = 1;
  private status: number = SUCCESS;
  private stopped = false;

  /** @param immediate whether lines are printed before a message that comes after them */
  constructor(
    private readonly shell: Shell,
    private readonly operands: readonly string[],
    private readonly immediate: boolean,
  ) {}

  run(format: readonly Directive[]): number {
    do {
      const before = this.next;
      if (!this.once(format)) return FAILURE;
      // A format that takes no arguments is used once.
      if (this.next === before) break;
    } while (this.next < this.operands.length && !this.stopped);
    return this.status;
  }

  /** Uses the format once. Returns false after an error in it. */
  private once(format: readonly Directive[]): boolean {
    for (let i = 0; i < format.length && !this.stopped; i++) {
      const directive = format[i]!;
      if (directive.kind === "text") this.text += directive.text;
      else if (directive.kind === "escapes") this.text += this.escapes(directive.text, "format").text;
      else if (!this.convert(directive)) return false;
    }
    return true;
  }

  private convert(directive: Conversion): boolean {
    const { all, conversion, behind } = directive;
    if (conversion === "") {
      this.complain(`\`${all}': missing format character`);
      return false;
    }
    const specified = directive.specification ?? this.completed(directive);
    if (conversion === "(") {
      // A time without its end is text.
      this.complain(`warning: \`${behind}': invalid time format specification`);
      this.text += all;
      return true;
    }
    const text = this.converted(conversion, specified);
    if (text === null) {
      this.complain(`\`${conversion}': invalid format character`);
      return false;
    }
    this.text += text;
    return true;
  }

  /** Takes the width and the precision that are arguments. */
  private completed({ flags, width: fixedWidth, precision: fixedPrecision }: Conversion): Specification {
    const width = fixedWidth ?? Number(this.integer(this.take(), true));
    const precision = fixedPrecision ?? Number(this.integer(this.take(), true));
    return specification(width < 0 ? flags + "-" : flags, Math.abs(width), precision < 0 ? -1 : precision);
  }

  /** What a conversion makes of the next argument; `null` if there is no such conversion. */
  private converted(conversion: string, specified: Specification): string | null {
    const { precision } = specified;
    switch (conversion[0]) {
      case "s":
        return pad(cut(this.take() ?? "", precision), specified);
      case "c":
        // One byte, which of a text without any is NUL.
        return pad(cut(this.take() || "\0", 1), specified);
      case "b": {
        const { text, stopped } = this.escapes(this.take() ?? "", "%b");
        this.stopped = stopped;
        return pad(cut(text, precision), specified);
      }
      case "q":
        return pad(cut(quoteBackslash(this.take() ?? ""), precision), specified);
      case "Q":
        return pad(quoteBackslash(cut(this.take() ?? "", precision)), specified);
      case "d":
      case "i":
        return formatSigned(this.integer(this.take(), true), specified);
      case "u":
      case "o":
      case "x":
      case "X":
        return formatUnsigned(this.integer(this.take(), false), conversion, specified);
      case "e":
      case "E":
      case "f":
      case "F":
      case "g":
      case "G":
      case "a":
      case "A":
        return this.float(conversion, specified);
      case "n":
        this.count();
        return "";
      case "(":
        return pad(cut(this.time(conversion.slice(1, -2)), precision), specified);
      default:
        return null;
    }
  }

  private take(): string | undefined {
    return this.operands[this.next++];
  }

  /** Reports a message, after the whole lines that come before it. */
  private complain(message: string): void {
    const end = this.immediate ? this.text.lastIndexOf("\n") + 1 : 0;
    if (end > 0 && this.shell.print(canonical(this.text.slice(0, end)))) {
      this.printed += encode(this.text.slice(0, end)).length;
      this.text = this.text.slice(end);
    }
    this.shell.report(`printf: ${message}`);
  }

  private escapes(text: string, style: EscapeStyle) {
    return decodeEscapes(text, style, (message) => this.complain(message));
  }

  private invalid(text: string): void {
    const kind = /^0\d/.test(text) ? "octal " : /^0x/.test(text) ? "hex " : "";
    this.complain(`${text}: invalid ${kind}number`);
    this.status = FAILURE;
  }

  private outOfRange(text: string): void {
    this.complain(`warning: ${text}: ${strerror(ERANGE)}`);
  }

  /** The integer that an argument stands for: as in C, or a quote and a character (XCU printf). */
  private integer(text: string | undefined, signed: boolean): Integer {
    if (text === undefined || text === "") return 0;
    const plain = plainDecimal(text);
    if (plain !== null) return plain;
    const quoted = quotedCharacter(text);
    if (quoted !== null) return quoted;
    const match = /^\s*([-+]?)(0[xX][0-9A-Fa-f]+|0[0-7]*|[1-9]\d*)/.exec(text);
    const complete = match !== null && match[0].length === text.length;
    if (!complete) this.invalid(text);
    if (match === null) return 0;
    const digits = match[2]!;
    const octal = /^0[0-7]/.test(digits);
    const magnitude = BigInt(octal ? `0o${digits.slice(1)}` : digits);
    const negative = match[1] === "-";
    const limit = signed ? LARGEST_SIGNED + (negative ? 1n : 0n) : LARGEST_UNSIGNED;
    if (magnitude > limit && complete) this.outOfRange(text);
    if (magnitude > limit && !signed) return limit;
    const value = magnitude > limit ? limit : magnitude;
    return negative ? -value : value;
  }

  private float(conversion: string, specified: Specification): string {
    const { width, precision } = specified;
    const text = this.take() ?? "0";
    const quoted = quotedCharacter(text);
    const { negative, magnitude, complete, outOfRange } = parseFloatArgument(quoted === null ? text : String(quoted));
    if (!complete) this.invalid(text);
    else if (outOfRange) this.outOfRange(text);
    const sign = negative ? "-" : specified.sign;
    const digits = formatFloat(magnitude, conversion, precision, specified.alternative);
    const zeros = specified.zeros && typeof magnitude !== "string";
    // The zeros of a hexadecimal number stand behind its 0x.
    const prefix = zeros && /^0x/i.test(digits) ? digits.slice(0, 2) : "";
    const body = digits.slice(prefix.length).padStart(zeros ? width - sign.length - prefix.length : 0, "0");
    return pad(sign + prefix + body, specified);
  }

  /** `%n`: puts into a variable how many bytes there were so far. */
  private count(): void {
    const name = this.take();
    if (name === undefined || name === "") return;
    if (isName(name)) this.shell.variables.get(name).write(String(this.printed + encode(this.text).length));
    else {
      this.complain(`\`${name}': not a valid identifier`);
      this.status = FAILURE;
    }
  }

  /** `%(format)T`: seconds since the epoch; -1 or nothing for now, -2 for the start of the shell. */
  private time(format: string): string {
    const { system, variables } = this.shell;
    const text = this.take();
    const seconds = text === undefined ? -1 : Number(this.integer(text, true));
    const started = system.now() - Number(variables.get("SECONDS").read() ?? 0);
    const when = seconds === -1 ? system.now() : seconds === -2 ? started : seconds;
    return system.formatTime(format === "" ? "%X" : format, Math.floor(when), variables.get("TZ").read() ?? null);
  }
}

/** The code of the character behind a quote, or `null` if there is no quote in front. */
function quotedCharacter(text: string): number | null {
  if (text[0] !== '"' && text[0] !== "'") return null;
  const code = characterUnits(text).codePointAt(1) ?? 0;
  // A byte by itself.
  return code >= 0xdc80 && code <= 0xdcff ? code & 0xff : code;
}

/** At most `precision` bytes of `text`. */
function cut(text: string, precision: number): string {
  if (precision < 0 || text.length * 3 <= precision) return text;
  const ascii = asciiLength(text, precision);
  if (ascii === Math.min(text.length, precision)) return text.slice(0, precision);
  const bytes = encode(text);
  return bytes.length <= precision ? text : decode(bytes.subarray(0, precision));
}

/** How many characters at the beginning of `text`, up to `limit`, are one byte each. */
function asciiLength(text: string, limit: number): number {
  const end = Math.min(text.length, limit);
  let length = 0;
  while (length < end && text.charCodeAt(length) < 128) length++;
  return length;
}

/** Fills up with spaces, to the width in bytes. */
function pad(text: string, { left, width }: Specification): string {
  if (width === 0) return text;
  const length = asciiLength(text, text.length);
  return fill(text, length === text.length ? length : encode(text).length, left, width);
}

/** Fills up what is `length` bytes long. */
function fill(text: string, length: number, left: boolean, width: number): string {
  if (length >= width) return text;
  const spaces = repeated(" ", width - length);
  return left ? text + spaces : spaces + text;
}

/** Up to this many are appended one by one, which is sooner done than a call of the runtime. */
const FEW = 12;

function repeated(character: string, count: number): string {
  if (count > FEW) return character.repeat(count);
  let text = "";
  for (let i = 0; i < count; i++) text += character;
  return text;
}

function formatSigned(value: Integer, specified: Specification): string {
  const negative = value < 0;
  return formatDigits(decimalText(negative ? -value : value), negative ? "-" : specified.sign, specified);
}

function formatUnsigned(given: Integer, conversion: string, specified: Specification): string {
  const value = typeof given === "number" && given >= 0 ? given : BigInt.asUintN(64, BigInt(given));
  const radix = conversion === "o" ? 8 : conversion === "u" ? 10 : 16;
  let digits = radix === 10 ? decimalText(value) : value.toString(radix);
  if (conversion === "X") digits = digits.toUpperCase();
  let prefix = "";
  if (specified.alternative && value !== 0) {
    if (conversion === "o") digits = `0${digits}`;
    else if (radix === 16) prefix = `0${conversion}`;
  }
  return formatDigits(digits, prefix, specified);
}

function formatDigits(digits: string, prefix: string, { left, zeros, width, precision }: Specification): string {
  // The value 0 with precision 0 has no digits (printf(3)).
  const shown = precision === 0 && digits === "0" ? "" : digits;
  const least = precision < 0 && zeros ? width - prefix.length : precision;
  const padded = shown.length < least ? repeated("0", least - shown.length) + shown : shown;
  const text = prefix === "" ? padded : prefix + padded;
  return fill(text, text.length, left, width);
}
