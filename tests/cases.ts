/**
 * Files of language tests (`tests/language/*.cases`): small scripts with what they must print and how they must end.
 *
 * A file is a sequence of cases. Each begins with a line `== NAME`; the script follows, and then sections, of which all may be
 * missing:
 *
 *   -- stdout        what it prints (nothing, if the section is missing)
 *   -- stderr        what it prints on standard error; without the section that is not looked at
 *   -- status N      its exit status (0)
 *   -- stdin         its standard input (empty)
 *   -- arguments A…  arguments of the script
 *   -- options O…    options of the shell, before the script
 *   -- command       run the script with -c
 *   -- input         let the shell read the script from standard input
 *   -- differs SHELL REASON   another shell does it otherwise
 *
 * The script finds the shell under test in the variable SHELL. In what is printed, SCRIPT stands for the script's path, WORK for the directory that it runs in, and SHELL for the
 * shell's path where a message begins with it. Text before the first case is a comment.
 */

/** One case, as it stands in its file. */
export interface Case {
  readonly name: string;
  /** The number of its first line. */
  readonly line: number;
  readonly script: string;
  readonly stdout: string;
  /** `null`: any. */
  readonly stderr: string | null;
  readonly status: number;
  readonly stdin: string;
  readonly arguments: readonly string[];
  readonly options: readonly string[];
  readonly mode: "file" | "command" | "input";
  /** Shells that do it otherwise on purpose, with why. */
  readonly differs: ReadonlyMap<string, string>;
}

interface Section {
  readonly keyword: string;
  readonly operands: readonly string[];
  text: string;
}

/** Reads the cases of a file. Throws an Error that says where, if one is not well formed. */
export function parseCases(text: string, file: string): Case[] {
  const cases: Case[] = [];
  const lines = text.split("\n");
  let name: string | null = null;
  let start = 0;
  let sections: Section[] = [];
  const finish = () => {
    if (name !== null) cases.push(makeCase(name, start, sections, file));
  };
  lines.forEach((line, index) => {
    if (line.startsWith("== ")) {
      finish();
      name = line.slice(3).trim();
      start = index + 1;
      sections = [{ keyword: "script", operands: [], text: "" }];
    } else if (name !== null && /^-- [a-z]/.test(line)) {
      const [keyword, ...operands] = line.slice(3).split(" ").filter((word) => word !== "");
      sections.push({ keyword: keyword!, operands, text: "" });
    } else if (name !== null && index < lines.length - 1) sections.at(-1)!.text += `${line}\n`;
  });
  finish();
  return cases;
}

function makeCase(name: string, line: number, sections: readonly Section[], file: string): Case {
  const find = (keyword: string) => sections.find((section) => section.keyword === keyword);
  // The blank line before the next case is not part of the last section.
  const text = (keyword: string) => {
    const section = find(keyword);
    return section === undefined
      ? ""
      : section === sections.at(-1)
      ? section.text.replace(/\n\n$/, "\n").replace(/^\n$/, "")
      : section.text;
  };
  const known = [
    "script",
    "stdout",
    "stderr",
    "status",
    "stdin",
    "arguments",
    "options",
    "command",
    "input",
    "differs",
  ];
  const unknown = sections.find(({ keyword }) => !known.includes(keyword));
  if (unknown !== undefined) throw new Error(`${file}:${line}: unknown section "${unknown.keyword}"`);
  return {
    name,
    line,
    script: text("script"),
    stdout: text("stdout"),
    stderr: find("stderr") === undefined ? null : text("stderr"),
    status: Number(find("status")?.operands[0] ?? 0),
    stdin: text("stdin"),
    arguments: find("arguments")?.operands ?? [],
    options: find("options")?.operands ?? [],
    mode: find("command") ? "command" : find("input") ? "input" : "file",
    differs: new Map(
      sections.filter(({ keyword }) => keyword === "differs").map(({ operands: [shell = "", ...reason] }) => [
        shell,
        reason.join(" "),
      ]),
    ),
  };
}

/** What a shell made of a case. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** 128 and the signal's number, if one ended it; `null` if it ran out of time. */
  readonly status: number | null;
}

/** How many seconds after a case's time its processes may still be there. */
const PATIENCE = 3;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Runs a case with a shell, in an empty directory of its own that is the home directory too. */
export async function runCase(
  test: Case,
  shell: readonly string[],
  seconds: number,
  environment = {},
): Promise<Outcome> {
  const directory = await Deno.makeTempDir({ prefix: "hexsh-case-" });
  try {
    const script = `${directory}/script`;
    const work = `${directory}/work`;
    await Deno.mkdir(work);
    await Deno.writeTextFile(script, test.script);
    const source = { file: [script], command: ["-c", test.script, script], input: ["-s"] }[test.mode];
    const [program, ...options] = shell as [string, ...string[]];
    const command = new Deno.Command("timeout", {
      args: ["-k", "1", String(seconds), program, ...options, ...test.options, ...source, ...test.arguments],
      cwd: work,
      clearEnv: true,
      env: { PATH: Deno.env.get("PATH")!, HOME: work, LANG: "C.UTF-8", SHELL: program, ...environment },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    });
    const child = command.spawn();
    // What it has left behind may hold its output open; `timeout` has made all of it a process group.
    const guard = setTimeout(() => endGroup(child.pid), (seconds + PATIENCE) * 1000);
    const writer = child.stdin.getWriter();
    const input = test.mode === "input" ? test.script : test.stdin;
    const written = writer.write(encoder.encode(input)).then(() => writer.close()).catch(() => {});
    const { stdout, stderr, code } = await child.output();
    clearTimeout(guard);
    await written;
    return {
      stdout: normalize(decoder.decode(stdout), script, work),
      stderr: normalize(decoder.decode(stderr), script, work)
        .replaceAll(new RegExp(`^${RegExp.escape(program)}(?=: )`, "gm"), "SHELL"),
      status: code === 124 || code === 137 ? null : code,
    };
  } finally {
    await Deno.remove(directory, { recursive: true }).catch(() => {});
  }
}

function endGroup(leader: number): void {
  try {
    Deno.kill(-leader, "SIGKILL");
  } catch {
    // There is nobody left.
  }
}

/** Paths that differ from run to run. */
function normalize(text: string, script: string, work: string): string {
  return text.replaceAll(script, "SCRIPT").replaceAll(work, "WORK");
}

/** What is wrong with an outcome; the empty string if nothing is. `messages` is whether standard error counts. */
export function compare(test: Case, outcome: Outcome, messages: boolean): string {
  const wrong: string[] = [];
  if (outcome.status === null) wrong.push("it ran out of time");
  else if (outcome.status !== test.status) wrong.push(`status ${outcome.status}, not ${test.status}`);
  if (outcome.stdout !== test.stdout) wrong.push(`stdout\n${quote(outcome.stdout)}\nnot\n${quote(test.stdout)}`);
  if (messages && test.stderr !== null && outcome.stderr !== test.stderr) {
    wrong.push(`stderr\n${quote(outcome.stderr)}\nnot\n${quote(test.stderr)}`);
  } else if (wrong.length > 0 && outcome.stderr !== "") wrong.push(`stderr\n${quote(outcome.stderr)}`);
  return wrong.join("\n");
}

function quote(text: string): string {
  return text === "" ? "  (nothing)" : text.replace(/\n$/, "").replaceAll(/^/gm, "  ");
}
