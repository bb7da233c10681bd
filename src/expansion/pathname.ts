/** Pathname expansion (XCU 2.6.6, 2.14.3): a pattern comes in, the paths of existing files that match come out, sorted. */

import type { Files } from "../system/system.ts";
import { compilePattern, type Pattern } from "./pattern.ts";

const TYPE_MASK = 0o170000;
const DIRECTORY = 0o040000;
/** readdir(3)'s types. */
const DT_DIR = 4;
const DT_LNK = 10;
const DT_UNKNOWN = 0;

export interface PathnameOptions {
  readonly extglob: boolean;
  readonly dotglob: boolean;
  readonly nocaseglob: boolean;
  readonly globstar: boolean;
}

interface Component {
  /** `null` for `**` with globstar. */
  readonly pattern: Pattern | null;
  /** May match a name that begins with a period (XCU 2.14.3, rule 2). */
  readonly matchesPeriod: boolean;
  /** The slashes before it. */
  readonly slashes: string;
}

/** Returns the sorted paths that match `text`; `null` if `text` is no pattern after all. */
export function expandPathname(
  files: Pick<Files, "readDirectory" | "lstat" | "stat">,
  text: string,
  options: PathnameOptions,
): string[] | null {
  const components = split(text, options);
  if (components === null) return null;
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
    const { pattern, slashes } = component;
    const last = index === components.length - 1;
    const base = prefix + slashes;
    if (pattern === null) {
      descend(base, index, last);
      return;
    }
    if (pattern.literal !== null) {
      const path = base + pattern.literal;
      // What comes before a later pattern is found out when its directory is read.
      if (!last) walk(path, index + 1);
      else if (pattern.literal === "" ? isDirectory(path) : typeof files.lstat(path) !== "number") paths.push(path);
      return;
    }
    const entries = files.readDirectory(base === "" ? "." : base);
    if (typeof entries === "number") return;
    for (const { name, type } of entries) {
      if (name.startsWith(".") && !component.matchesPeriod) continue;
      if (!pattern.matches(name)) continue;
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
      components[index + 1] = { ...following, slashes: "" };
      walk(base, index + 1);
      components[index + 1] = following;
    } else if (base !== "") paths.push(base);
    const entries = files.readDirectory(base === "" ? "." : base);
    if (typeof entries === "number") return;
    for (const { name, type } of entries) {
      if (name.startsWith(".") && !options.dotglob) continue;
      const path = base + name;
      const directory = type === DT_DIR || (type === DT_UNKNOWN && isDirectory(path));
      if (directory) descend(path + "/", index, last);
      if (last) paths.push(path);
    }
  };

  walk("", 0);
  const unique = options.globstar ? [...new Set(paths)] : paths;
  return unique.sort(compareText);
}

/** Cuts a pattern at its slashes; `null` if no component has a special character. */
function split(text: string, options: PathnameOptions): Component[] | null {
  const components: Component[] = [];
  let special = false;
  let position = 0;
  while (position <= text.length) {
    let start = position;
    while (text[start] === "/") start++;
    const slash = text.indexOf("/", start);
    const end = slash < 0 ? text.length : slash;
    let part = text.slice(start, end);
    // A backslash before a slash quotes nothing that a name could hold.
    if (end < text.length && /(?:^|[^\\])(?:\\\\)*\\$/.test(part)) part = part.slice(0, -1);
    const slashes = text.slice(position, start);
    const anyDepth = options.globstar && part === "**";
    const pattern = anyDepth
      ? null
      : compilePattern(part, { extglob: options.extglob, ignoreCase: options.nocaseglob });
    if (pattern === null || pattern.literal === null) special = true;
    components.push({ pattern, slashes, matchesPeriod: options.dotglob || /^\\?\./.test(part) });
    if (end === text.length) break;
    position = end;
  }
  return special ? components : null;
}

/**
 * Compares by bytes of UTF-8, as the POSIX locale collates. UTF-16 order differs from it only where one of two
 * differing units is a surrogate: a pair stands above all of the basic plane, a lone one for a byte of 0x80 or more.
 */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a === b) continue;
    if (a < 0xd800 && b < 0xd800) return a - b;
    return left.codePointAt(i)! - right.codePointAt(i)!;
  }
  return left.length - right.length;
}
