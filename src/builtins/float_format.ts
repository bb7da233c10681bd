/**
 * Floating-point numbers as strtold(3) reads and printf(3) writes them: long doubles, of 64 bits, kept as fractions of whole
 * numbers.
 */

/** A number that is not negative: `numerator / denominator`, or `inf`, or `nan`. */
export type Magnitude = { readonly numerator: bigint; readonly denominator: bigint } | "inf" | "nan";

export interface ParsedFloat {
  readonly negative: boolean;
  readonly magnitude: Magnitude;
  /** Whether the number is all of the text. */
  readonly complete: boolean;
  /** Whether it is too large or too small for a long double. */
  readonly outOfRange: boolean;
}

const NUMBER =
  /^[ \t\n]*([-+]?)(?:0[xX]([0-9A-Fa-f]*)\.?([0-9A-Fa-f]*)(?:[pP]([-+]?\d+))?|(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?)/i;
/** Beyond these exponents lie infinity and 0: a long double ends at 1e4932. */
const LARGEST_EXPONENT = 5000;
/** The bits of a long double, and the exponents of its largest and smallest normal values. */
const BITS = 64;
const LARGEST_POWER = 16383;
const SMALLEST_POWER = -16382;

/** The number at the beginning of `text`. */
export function parseFloatArgument(text: string): ParsedFloat {
  const special = /^[ \t\n]*([-+]?)(inf(?:inity)?|nan(?:\(\w*\))?)/i.exec(text);
  if (special !== null) {
    const magnitude = special[2]![0]!.toLowerCase() === "n" ? "nan" : "inf";
    return { negative: special[1] === "-", magnitude, complete: special[0].length === text.length, outOfRange: false };
  }
  const match = NUMBER.exec(text)!;
  const [all, sign, hexWhole, hexFraction = "", hexExponent = "0", whole = "", fraction = "", exponent = "0"] = match;
  const complete = all.length === text.length;
  const negative = sign === "-";
  if (hexWhole !== undefined && hexWhole + hexFraction !== "") {
    const power = Number(hexExponent) - 4 * hexFraction.length;
    return { negative, complete, ...scaled(BigInt(`0x${hexWhole}${hexFraction}`), 2n, power) };
  }
  const digits = whole + fraction;
  // A text without a number is 0; nothing at all is no mistake.
  if (digits === "") return { negative: false, magnitude: ZERO, complete: text === "", outOfRange: false };
  return { negative, complete, ...scaled(BigInt(digits), 10n, Number(exponent) - fraction.length) };
}

type Scaled = Pick<ParsedFloat, "magnitude" | "outOfRange">;

const ZERO: Magnitude = { numerator: 0n, denominator: 1n };

function scaled(value: bigint, base: bigint, power: number): Scaled {
  if (value === 0n) return { magnitude: ZERO, outOfRange: false };
  const digits = value.toString(Number(base)).length;
  const limit = base === 2n ? 4 * LARGEST_EXPONENT : LARGEST_EXPONENT;
  if (digits + power < -limit) return { magnitude: ZERO, outOfRange: true };
  if (digits + power > limit) return { magnitude: "inf", outOfRange: true };
  return power >= 0 ? nearest(value * base ** BigInt(power), 1n) : nearest(value, base ** BigInt(-power));
}

/** The long double nearest to a fraction. */
function nearest(numerator: bigint, denominator: bigint): Scaled {
  let power = bitLength(numerator) - bitLength(denominator);
  if (compareWithPower(numerator, denominator, power) < 0) power--;
  const tiny = power < SMALLEST_POWER;
  // The last bit stands for 2 ** unit.
  const unit = Math.max(power, SMALLEST_POWER) - (BITS - 1);
  const top = unit < 0 ? numerator << BigInt(-unit) : numerator;
  const bottom = unit < 0 ? denominator : denominator << BigInt(unit);
  const mantissa = round(top, bottom);
  if (bitLength(mantissa) + unit - 1 > LARGEST_POWER) return { magnitude: "inf", outOfRange: true };
  const magnitude = unit < 0
    ? { numerator: mantissa, denominator: 1n << BigInt(-unit) }
    : { numerator: mantissa << BigInt(unit), denominator: 1n };
  return { magnitude, outOfRange: tiny && mantissa * bottom !== top };
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}

/** Compares a fraction with a power of 2. */
function compareWithPower(numerator: bigint, denominator: bigint, power: number): number {
  const left = power < 0 ? numerator << BigInt(-power) : numerator;
  const right = power < 0 ? denominator : denominator << BigInt(power);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Rounds to the nearest whole number, halves to even. */
function round(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  return twice > denominator || (twice === denominator && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

type Fraction = Exclude<Magnitude, string>;

/**
 * Writes a number without its sign.
 *
 * @param conversion `e`, `f`, `g`, `a`, or in capitals
 * @param precision -1 for the default
 * @param alternative the flag `#`: always a point, and `g` keeps trailing zeros
 */
export function formatFloat(value: Magnitude, conversion: string, precision: number, alternative: boolean): string {
  const lower = conversion.toLowerCase();
  let text: string;
  if (typeof value === "string") text = value;
  else if (lower === "a") text = hexadecimal(value, precision, alternative);
  else if (lower === "g") text = general(value, precision < 0 ? 6 : Math.max(1, precision), alternative);
  else {
    const places = precision < 0 ? 6 : precision;
    text = lower === "f" ? fixed(value, places) : exponential(value, places).text;
    if (alternative && !text.includes(".")) text = text.replace(/^\d+/, "$&.");
  }
  return conversion === lower ? text : text.toUpperCase();
}

function withPoint(digits: string, places: number): string {
  if (places === 0) return digits;
  const padded = digits.padStart(places + 1, "0");
  return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

function fixed({ numerator, denominator }: Fraction, places: number): string {
  return withPoint(String(round(numerator * 10n ** BigInt(places), denominator)), places);
}

function exponential({ numerator, denominator }: Fraction, places: number): { text: string; exponent: number } {
  let exponent = 0;
  let digits = "0".repeat(places + 1);
  if (numerator !== 0n) {
    // One too low at the most: the digits then turn out one too many.
    exponent = String(numerator).length - String(denominator).length - 1;
    for (;;) {
      const shift = places - exponent;
      digits = shift >= 0
        ? String(round(numerator * 10n ** BigInt(shift), denominator))
        : String(round(numerator, denominator * 10n ** BigInt(-shift)));
      if (digits.length === places + 1) break;
      exponent++;
    }
  }
  const sign = exponent < 0 ? "-" : "+";
  const text = `${withPoint(digits, places)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  return { text, exponent };
}

function general(value: Fraction, precision: number, alternative: boolean): string {
  const { text: scientific, exponent } = exponential(value, precision - 1);
  const text = exponent < -4 || exponent >= precision ? scientific : fixed(value, precision - 1 - exponent);
  if (alternative) return text;
  return text.replace(/(\.\d*?)0+(?=e|$)/, "$1").replace(/\.(?=e|$)/, "");
}

/** As a long double: 64 bits, of which the first digit has four. */
function hexadecimal({ numerator, denominator }: Fraction, precision: number, alternative: boolean): string {
  let digits = "0";
  let exponent = 0;
  if (numerator !== 0n) {
    const places = precision < 0 || precision > 15 ? 15 : precision;
    const bits = 4 * (places + 1);
    exponent = numerator.toString(2).length - denominator.toString(2).length - bits;
    for (;; exponent++) {
      const mantissa = exponent < 0
        ? round(numerator << BigInt(-exponent), denominator)
        : round(numerator, denominator << BigInt(exponent));
      digits = mantissa.toString(16);
      if (mantissa.toString(2).length === bits) break;
    }
    exponent += 4 * places;
  }
  let fraction = digits.slice(1);
  fraction = precision < 0 ? fraction.replace(/0+$/, "") : fraction.padEnd(precision, "0");
  const point = fraction !== "" || alternative ? "." : "";
  return `0x${digits[0]}${point}${fraction}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}
