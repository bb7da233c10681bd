/**
 * Floating-point numbers as strtold(3) reads and printf(3) writes them.
 *
 * They are kept as fractions of whole numbers, exactly as they were written, so that nothing is lost before it is rounded.
 */

/** A number that is not negative: `numerator / denominator`, or `inf`, or `nan`. */
export type Magnitude = { readonly numerator: bigint; readonly denominator: bigint } | "inf" | "nan";

export interface ParsedFloat {
  readonly negative: boolean;
  readonly magnitude: Magnitude;
  /** Whether the number is all of the text. */
  readonly complete: boolean;
}

const NUMBER =
  /^[ \t\n]*([-+]?)(?:0[xX]([0-9A-Fa-f]*)\.?([0-9A-Fa-f]*)(?:[pP]([-+]?\d+))?|(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?|(inf(?:inity)?)|(nan))/i;
/** Beyond these exponents lie infinity and 0: a long double ends at 1e4932. */
const LARGEST_EXPONENT = 5000;

/** The number at the beginning of `text`. */
export function parseFloatArgument(text: string): ParsedFloat {
  const special = /^[ \t\n]*([-+]?)(inf(?:inity)?|nan)/i.exec(text);
  if (special !== null) {
    const magnitude = special[2]!.toLowerCase() === "nan" ? "nan" : "inf";
    return { negative: special[1] === "-", magnitude, complete: special[0].length === text.length };
  }
  const match = NUMBER.exec(text)!;
  const [all, sign, hexWhole, hexFraction = "", hexExponent = "0", whole = "", fraction = "", exponent = "0"] = match;
  const complete = all.length === text.length;
  const negative = sign === "-";
  if (hexWhole !== undefined && hexWhole + hexFraction !== "") {
    const power = Number(hexExponent) - 4 * hexFraction.length;
    return { negative, complete, magnitude: scaled(BigInt(`0x${hexWhole}${hexFraction}`), 2n, power) };
  }
  const digits = whole + fraction;
  if (digits === "") return { negative: false, magnitude: { numerator: 0n, denominator: 1n }, complete: false };
  return { negative, complete, magnitude: scaled(BigInt(digits), 10n, Number(exponent) - fraction.length) };
}

function scaled(value: bigint, base: bigint, power: number): Magnitude {
  const limit = base === 2n ? 4 * LARGEST_EXPONENT : LARGEST_EXPONENT;
  if (value === 0n || power < -limit) return { numerator: 0n, denominator: 1n };
  if (power > limit) return "inf";
  return power >= 0
    ? { numerator: value * base ** BigInt(power), denominator: 1n }
    : { numerator: value, denominator: base ** BigInt(-power) };
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
