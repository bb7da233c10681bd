/** Runs many small programs with one start of a shell. */
/** What came of a program. */
export interface Outcome {
  readonly stdout: string;
  /** What it wrote to standard error, in an order that does not depend on which process comes first. */
  readonly stderr: string;
  /** `null`: the shell did not live to tell it, or took too long. */
  readonly status: number | null;
}

/** Before anything else: what programs show their words with, whatever the options are. */
const PRELUDE = `show() { printf '%s' "$#"; printf ' <%s>' "$@"; echo; }\n`;

/** It ends the output of a program, and stands before its status. */
const MARK = "\x02end ";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Runs programs, each in a subshell and in an empty directory of its own. A program that ends the whole shell, or at which
 * the `seconds` for them all are over, has no status;
 * those after it run in another.
 */
export async function runBatch(shell: string, programs: readonly string[], seconds: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  while (outcomes.length < programs.length) {
    const rest = await runOnce(shell, programs.slice(outcomes.length), seconds);
    outcomes.push(...rest.slice(0, programs.length - outcomes.length));
  }
  return outcomes;
}

async function runOnce(shell: string, programs: readonly string[], seconds: number): Promise<Outcome[]> {
  const directory = await Deno.makeTempDir({ prefix: "hexsh-agreement-" });
  try {
    // The last commands are there lest bash start the last program of each in place of the subshell, before its traps.
    const runs = programs.map((program, index) => {
      Deno.mkdirSync(`${directory}/${index}`);
      Deno.writeTextFileSync(`${directory}/program${index}`, `${program}return\n`);
      return `cd ${directory}/${index}; ( unset OLDPWD; . ../program${index}; exit ) 2>../errors${index}; printf '\\n${MARK}%s\\n' $?\n`;
    });
    Deno.writeTextFileSync(`${directory}/batch`, PRELUDE + runs.join(""));
    const { stdout } = await new Deno.Command("timeout", {
      args: ["-k", "1", String(seconds), shell, "batch"],
      cwd: directory,
      clearEnv: true,
      env: { PATH: Deno.env.get("PATH")!, HOME: "/home", LC_ALL: "C.UTF-8" },
      stdin: "null",
      stderr: "null",
    }).output();
    return outcomesIn(decoder.decode(stdout).replaceAll(directory, "DIRECTORY")).map(({ stdout, status }, index) => ({
      stdout: normalized(stdout),
      stderr: normalized(errorsIn(`${directory}/errors${index}`).replaceAll(directory, "DIRECTORY")).split("\n").sort()
        .join("\n"),
      status,
    }));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/**
 * What programs write, but for the numbers of lines and processes in it. What is wrong with an expression is told otherwise where values
 * of variables are expressions in turn: bash evaluates what it reads at once.
 */
function normalized(text: string): string {
  return text.replaceAll(/\bline(>?) (<?)\d+(?=[:>])/g, "line$1$2").replaceAll(/(kill -\w+|wait) \d+/g, "$1")
    .replaceAll(/^.*: (?:(?!\n[^\n]*: line:)[^])*?(?:error token is|recursion level exceeded)[^]*?\)$/gm, "arithmetic")
    // A complaint of bash about itself.
    .replaceAll(/^.*: pop_var_context: .*\n/gm, "");
}

/** How much is read of the messages of a program, in bytes: one that is being made small may become endless. */
const MOST_MESSAGES = 1 << 20;

/** The messages in a file, if there is one. */
function errorsIn(path: string): string {
  try {
    using file = Deno.openSync(path);
    const bytes = new Uint8Array(Math.min(file.statSync().size, MOST_MESSAGES));
    return decoder.decode(bytes.subarray(0, file.readSync(bytes) ?? 0));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

function outcomesIn(output: string): Omit<Outcome, "stderr">[] {
  const pieces = output.split(new RegExp(`\\n${MARK}(\\d+)\\n`));
  const outcomes: Omit<Outcome, "stderr">[] = [];
  for (let at = 0; at + 1 < pieces.length; at += 2) {
    outcomes.push({ stdout: pieces[at]!, status: Number(pieces[at + 1]) });
  }
  outcomes.push({ stdout: pieces.at(-1)!, status: null });
  return outcomes;
}
