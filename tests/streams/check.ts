/** Tests of streams that need more than a script and its output: {@link check} declares one. */
import { programFile } from "../../native/build/build.ts";
import { runWithin } from "../suite.ts";
import { directory as fixtures } from "./sixstream.ts";

export interface Check {
  readonly name: string;
  /** @param directory an empty one of its own */
  readonly body: (directory: string) => Promise<void>;
}

/** Thrown by a test that can't be made here, with why. */
export class Skipped extends Error {}

/** The tests that have been declared. */
export const checks: Check[] = [];

/** Declares a test. It fails by throwing. */
export function check(name: string, body: Check["body"]): void {
  checks.push({ name, body });
}

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  /** 124 if it ran out of time. */
  readonly status: number;
}

const SECONDS = 60;

/** Starts `script` with the shell in `directory`. What is left of it is ended when its time is over. */
export function start(script: string, directory: string, options: ScriptOptions = {}): Deno.ChildProcess {
  const { seconds = SECONDS, before = [], environment = {} } = options;
  return new Deno.Command("timeout", {
    args: ["-k", "1", String(seconds), ...before, programFile, "-c", script, "hexsh"],
    cwd: directory,
    clearEnv: true,
    env: { PATH: `${fixtures}:/usr/bin:/bin`, HOME: directory, LANG: "C.UTF-8", ...environment },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

export interface ScriptOptions {
  readonly seconds?: number;
  /** A program that runs the shell, with its arguments. */
  readonly before?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs `script` with the shell in `directory`. */
export async function runScript(script: string, directory: string, options: ScriptOptions = {}): Promise<Finished> {
  return await finished(start(script, directory, options));
}

/** What came of a shell that {@link start} has started. */
export async function finished(child: Deno.ChildProcess): Promise<Finished> {
  const { stdout, stderr, code } = await child.output();
  const decoder = new TextDecoder();
  return { stdout: decoder.decode(stdout), stderr: decoder.decode(stderr), status: code };
}

/** Skips the test where a program is missing. */
export async function need(program: string, ...args: readonly string[]): Promise<void> {
  const { success } = await runWithin(10, program, args).catch(() => ({ success: false }));
  if (!success) throw new Skipped(`${program} can't be used here`);
}
