/** The formats of `printf` (XBD 5, File Format Notation), taken apart once. */

import { locale } from "../system/locale.ts";
import { decodeEscapes } from "./escapes.ts";

/** How a conversion is padded and cut. */
export interface Specification {
  /** Filled at the right (`-`). */
  readonly left: boolean;
  /** Filled with zeros (`0`), unless it is filled at the right. */
  readonly zeros: boolean;
  /** What stands before a number that is not negative (`+`, space). */
  readonly sign: "" | "+" | " ";
  /** The alternative form (`#`). */
  readonly alternative: boolean;
  readonly width: number;
  /** -1 without one. */
  readonly precision: number;
}

export function specification(flags: string, width: number, precision: number): Specification {
  const left = flags.includes("-");
  return {
    left,
    zeros: !left && flags.includes("0"),
    sign: flags.includes("+") ? "+" : flags.includes(" ") ? " " : "",
    alternative: flags.includes("#"),
    width,
    precision,
  };
}

export interface Conversion {
  readonly kind: "conversion";
  /** As it is written. */
  readonly all: string;
  readonly flags: string;
  /** `null` if a part of it is an argument. */
  readonly specification: Specification | null;
  /** 0 without one; `null` if it is an argument. */
  readonly width: number | null;
  /** -1 without one; `null` if it is an argument. */
  readonly precision: number | null;
  /** Its character, or all of `(…)T`; empty at the end of the format. */
  readonly conversion: string;
  /** Of a time format without its end, the character that stands in place of it. */
  readonly behind: string;
}

export type Directive =
  | { readonly kind: "text"; readonly text: string }
  /** Text with escapes of which something is to be said whenever they are printed. */
  | { readonly kind: "escapes"; readonly text: string }
  | Conversion;

const CONVERSION = /%([-+ 0#']*)(\*|\d+)?(?:\.(\*|-?\d*))?(?:hh|h|ll|l|L|j|z|t)?(.)?/suy;

/** What follows the `(` of a time's format, up to its `)T`; parentheses within it are in pairs. Empty if it has no such end. */
function timeFormatAt(format: string, start: number): string {
  let depth = 1;
  for (let i = start; i < format.length; i++) {
    if (format[i] === "(") depth++;
    else if (format[i] === ")" && --depth === 0) return format[i + 1] === "T" ? format.slice(start, i + 2) : "";
  }
  return "";
}

/** How many formats are remembered. */
const CACHE_SIZE = 100;
const cache = new Map<string, readonly Directive[]>();
/** What the locale was, by which escapes are characters, when they were taken apart. */
let { utf8 } = locale;

export function preparedFormat(format: string): readonly Directive[] {
  if (utf8 !== locale.utf8) cache.clear();
  ({ utf8 } = locale);
  let prepared = cache.get(format);
  if (prepared === undefined) {
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(format, prepared = prepare(format));
  }
  return prepared;
}

function prepare(format: string): Directive[] {
  const directives: Directive[] = [];
  let position = 0;
  while (position < format.length) {
    const percent = format.indexOf("%", position);
    const end = percent < 0 ? format.length : percent;
    if (end > position) directives.push(prepareText(format.slice(position, end)));
    if (percent < 0) break;
    CONVERSION.lastIndex = percent;
    const match = CONVERSION.exec(format)!;
    position = percent + match[0].length;
    if (match[4] === "(") {
      const time = timeFormatAt(format, position);
      match[4] += time;
      position += time.length;
    }
    directives.push(match[0] === "%%" ? { kind: "text", text: "%" } : prepareConversion(match, format.slice(position)));
  }
  return directives;
}

function prepareText(text: string): Directive {
  let sound = true;
  const decoded = decodeEscapes(text, "format", () => sound = false);
  return sound ? { kind: "text", text: decoded.text } : { kind: "escapes", text };
}

/** @param rest what follows it in the format */
function prepareConversion([all, flags, digits, cut, conversion]: RegExpExecArray, rest: string): Conversion {
  const width = digits === "*" ? null : Number(digits ?? 0);
  const precision = cut === "*" ? null : cut === undefined ? -1 : Math.max(Number(cut), -1);
  return {
    kind: "conversion",
    all,
    flags: flags!,
    specification: width === null || precision === null ? null : specification(flags!, width, precision),
    width,
    precision,
    conversion: conversion ?? "",
    behind: /\)(.?)/u.exec(rest)?.[1] ?? "",
  };
}
