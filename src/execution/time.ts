/** The reserved word `time` (bash manual 3.2.3; XCU time for `-p`). */

import type { Run, Shell } from "./shell.ts";

const DEFAULT_FORMAT = "\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS";
const POSIX_FORMAT = "real %2R\nuser %2U\nsys %2S";

/** Runs `run`, and then writes how much time it took to standard error, as TIMEFORMAT says. */
export function timed(shell: Shell, run: Run, posix: boolean): number {
  const { system } = shell;
  const start = system.monotonic();
  const before = system.times();
  const status = run();
  const after = system.times();
  const real = system.monotonic() - start;
  const user = difference(after.user + after.childrenUser, before.user + before.childrenUser);
  const kernel = difference(after.system + after.childrenSystem, before.system + before.childrenSystem);
  const format = posix ? POSIX_FORMAT : shell.variables.get("TIMEFORMAT").read() ?? DEFAULT_FORMAT;
  const text = formatTimes(format, real, user, kernel);
  if (typeof text !== "string") shell.report(`TIMEFORMAT: \`${text.invalid}': invalid format character`);
  else if (format !== "") shell.streams.write(2, text + "\n");
  return status;
}

/** What lies between two times in seconds, which are known to the microsecond. */
function difference(after: number, before: number): number {
  return Math.max(0, Math.round((after - before) * 1e6) / 1e6);
}

/**
 * Fills in `%[digits][l]R`, `U` and `S`, `%P` and `%%` (bash manual 5.2, TIMEFORMAT); a percent sign at the end stands for itself.
 * Times are in seconds. `invalid` is the character that makes the format wrong.
 */
function formatTimes(
  format: string,
  real: number,
  user: number,
  kernel: number,
): string | { readonly invalid: string } {
  const invalid: string[] = [];
  const text = format.replace(/%([0-9]?)(l?)([^]?)/g, (all, digits: string, long: string, unit: string) => {
    if (all === "%" || all === "%%") return "%";
    if (all === "%P") return (real > 0 ? (100 * (user + kernel)) / real : 0).toFixed(2);
    if (unit === "" || !"RUS".includes(unit)) {
      invalid.push(unit === "" ? " " : unit);
      return "";
    }
    const seconds = unit === "R" ? real : unit === "U" ? user : kernel;
    const places = digits === "" ? 3 : Math.min(3, Number(digits));
    // Cut off, not rounded, as bash does.
    const scale = 10 ** places;
    const cut = Math.floor(seconds * scale) / scale;
    if (long === "") return cut.toFixed(places);
    const minutes = Math.floor(cut / 60);
    return `${minutes}m${(cut - 60 * minutes).toFixed(places)}s`;
  });
  return invalid.length === 0 ? text : { invalid: invalid[0]! };
}
