/** What the test driver (`run.ts`) and its suites share. */
import { root, run } from "../native/build/support.ts";

/** What came of a suite. */
export interface SuiteResult {
  passed: number;
  skipped: number;
  /** For each test that failed its name and, on further lines, why. */
  failures: string[];
}

/** A group of tests that is run as one. */
export interface Suite {
  /** As it is named on the command line. */
  readonly name: string;
  run(): Promise<SuiteResult>;
}

/** The result of no test. */
export function noResult(): SuiteResult {
  return { passed: 0, skipped: 0, failures: [] };
}

/**
 * Runs a program in the root of the repository; after `seconds` it is ended with all that it has started. Returns its
 * output, both streams, and whether it exited with status 0.
 */
export function runWithin(seconds: number, program: string, args: readonly string[], environment = {}) {
  return run("timeout", ["-k", "5", String(seconds), program, ...args], { environment });
}

/** A path as messages show it. */
export function shownPath(file: string): string {
  return file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
}
