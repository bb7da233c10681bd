/** Pathname expansion (XCU 2.6.6, 2.14.3): a pattern comes in, the paths of existing files that match come out, sorted. */

import type { Files, NameFilter } from "../system/system.ts";
import { parseBracket } from "./bracket.ts";
import { sortTexts } from "./collation.ts";
import { compilePattern, type Pattern } from "./pattern.ts";

const TYPE_MASK = 0o170000;
const DIRECTORY = 0o040000;
/** readdir(3)'s types. */
const DT_DIR = 4;
const DT_LNK = 10;
const DT_UNKNOWN = 0;
const PERIOD = 46;

export interface PathnameOptions {
  readonly extglob: boolean;
  readonly dotglob: boolean;
  readonly nocaseglob: boolean;
  readonly globstar: boolean;
  readonly globskipdots: boolean;
}

interface Component {
  /** `null` for `**` with globstar. */
  readonly pattern: Pattern | null;
  /** The name that it stands for where nothing in it is special, else `null`. */
  readonly name: string | null;
  /** The slashes before it. */
  readonly slashes: string;
  /** Whether it stands for several `**` in a row. */
  readonly joined: boolean;
}

/**
 * Returns the sorted paths that match the pattern `text`.
 *
 * @param ignored what is left out (GLOBIGNORE), or `null`
 */
export function expandPathname(
  files: Pick<Files, "readDirectory" | "lstat" | "stat">,
  text: string,
  options: PathnameOptions,
  ignored: IgnoredPaths | null,
): string[] {
  const components = split(text, options);
  const paths: string[] = [];
  const isDirectory = (path: string): boolean => {
    const status = files.stat(path);
    return typeof status !== "number" && (status.mode & TYPE_MASK) === DIRECTORY;
  };

  const walk = (prefix: string, index: number): void => {
    const component = components[index];
    if (component === undefined) {
      paths.push(prefix);
      return;
    }
    const { pattern, name, slashes } = component;
    const last = index === components.length - 1;
    const base = prefix + slashes;
    if (name !== null) {
      const path = base + name;
      // What comes before a later pattern is found out when its directory is read.
      if (!last) walk(path, index + 1);
      else if (name === "" ? isDirectory(path) : typeof files.lstat(path) !== "number") paths.push(path);
      return;
    }
    if (pattern === null) {
      descend(base, index, last);
      return;
    }
    const entries = files.readDirectory(base === "" ? "." : base, namesMatching(pattern, options.dotglob));
    if (typeof entries === "number") return;
    // The directory itself and its parent are matched by what begins with a period, if at all.
    const more = options.globskipdots || ignored !== null
      ? []
      : SELF_AND_PARENT.filter(({ name }) => pattern.matchesName(name, 0, name.length, true));
    const all = more.length === 0 ? entries : [...more, ...entries];
    for (let i = 0; i < all.length; i++) {
      const { name, type } = all[i]!;
      const path = base + name;
      if (last) paths.push(path);
      else if (type === DT_DIR || ((type === DT_LNK || type === DT_UNKNOWN) && isDirectory(path))) {
        walk(path, index + 1);
      }
    }
  };

  /** `**`: no directory, or any number of them; symbolic links are not followed (bash manual, globstar). */
  const descend = (base: string, index: number, last: boolean): void => {
    if (!last) {
      // What follows is looked for in the directory itself; its slashes are already in `base`.
      const following = components[index + 1]!;
      if (following.name === "") { if (base !== "") paths.push(base); }
      else {
        components[index + 1] = { ...following, slashes: "" };
        walk(base, index + 1);
        components[index + 1] = following;
      }
    } else if (base !== "" && isDirectory(base)) {
      // What a pattern has found has no slash behind it, what was written has.
      const found = components[index]!.joined || components.slice(0, index).some(({ name }) => name === null);
      paths.push(found ? base.replace(/\/+$/, "") : base);
    }
    const walkBelow = (directory: string): void => {
      const entries = files.readDirectory(directory === "" ? "." : directory);
      if (typeof entries === "number") return;
      for (const { name, type } of entries) {
        if (name.startsWith(".") && !options.dotglob) continue;
        const path = directory + name;
        const inside = type === DT_DIR || (type === DT_UNKNOWN && isDirectory(path));
        if (last) paths.push(path);
        else if (inside || (type === DT_LNK && components[index + 1]!.name === "" && isDirectory(path))) {
          walk(path, index + 1);
        }
        if (inside) walkBelow(`${path}/`);
      }
    };
    walkBelow(base);
  };

  walk("", 0);
  const kept = ignored === null ? paths : paths.filter((path) => !ignored.has(path));
  return sortTexts(kept);
}

function namesMatching(pattern: Pattern, dotglob: boolean): NameFilter {
  const { beginning, ending } = pattern;
  if (pattern.onlyEndsCount && (dotglob || beginning !== "")) return { beginning, ending, accepts: null };
  const accepts = (text: string, start: number, end: number) => {
    // A period at the beginning is matched by a period alone, unless options say otherwise (XCU 2.14.3).
    const guarded = !dotglob && text.charCodeAt(start) === PERIOD;
    return pattern.matchesName(text, start, end, guarded);
  };
  return { beginning, ending, accepts };
}

const SELF_AND_PARENT = [{ name: ".", type: DT_DIR }, { name: "..", type: DT_DIR }];

/** Cuts a pattern at its slashes. */
function split(text: string, options: PathnameOptions): Component[] {
  const components: Component[] = [];
  let position = 0;
  let matches = false;
  while (position <= text.length) {
    let start = position;
    while (text[start] === "/") start++;
    const slash = text.indexOf("/", start);
    const end = slash < 0 ? text.length : slash;
    const part = text.slice(start, end);
    // Behind a pattern several slashes are one.
    const slashes = matches ? "/" : text.slice(position, start);
    if (options.globstar && part === "**") {
      matches = true;
      // Several in a row are one.
      const before = components.at(-1);
      if (before === undefined || before.pattern !== null) {
        components.push({ pattern: null, name: null, slashes, joined: false });
      } else components[components.length - 1] = { ...before, joined: true };
    } else {
      const pattern = compilePattern(part, { extglob: options.extglob, ignoreCase: options.nocaseglob });
      // A backslash before a slash quotes nothing that a name could hold.
      const name = pattern.literal === null || options.nocaseglob && /[^\W\d_]/u.test(part)
        ? part === "" ? "" : null
        : end < text.length && /(?:^|[^\\])(?:\\\\)*\\$/.test(part)
        ? pattern.literal.slice(0, -1)
        : pattern.literal;
      components.push({ pattern, name, slashes, joined: false });
      if (name === null) matches = true;
    }
    if (end === text.length) break;
    position = end;
  }
  return components;
}

/** The patterns of GLOBIGNORE (bash manual 5.2): paths that pathname expansion leaves out. */
export class IgnoredPaths {
  private readonly patterns: readonly (readonly Pattern[])[];

  /** @param list the patterns, with colons between */
  constructor(list: string, extglob: boolean, ignoreCase: boolean) {
    this.patterns = splitPatterns(list).map((pattern) =>
      pattern.split("/").map((part) => compilePattern(part, { extglob, ignoreCase }))
    );
  }

  has(path: string): boolean {
    const names = path.split("/");
    return this.patterns.some((pattern) =>
      pattern.length === names.length && pattern.every((part, i) => part.matches(names[i]!))
    );
  }
}

/** Cuts at the colons that are not quoted, and not in brackets or parentheses. */
function splitPatterns(list: string): string[] {
  const patterns: string[] = [];
  let start = 0;
  let depth = 0;
  for (let i = 0; i < list.length; i++) {
    const character = list[i]!;
    if (character === "\\") i++;
    else if (character === "[") {
      const bracket = parseBracket(list, i);
      if (bracket !== null) i = bracket.end - 1;
    } else if (character === "(" && i > 0 && "?*+@!".includes(list[i - 1]!)) depth++;
    else if (character === ")" && depth > 0) depth--;
    else if (character === ":" && depth === 0) {
      patterns.push(list.slice(start, i));
      start = i + 1;
    }
  }
  patterns.push(list.slice(start));
  return patterns.filter((pattern) => pattern !== "");
}
