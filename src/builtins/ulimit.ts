/** `ulimit` (XCU ulimit; bash manual 4.2). */

import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import {
  RLIMIT_AS,
  RLIMIT_CORE,
  RLIMIT_CPU,
  RLIMIT_DATA,
  RLIMIT_FSIZE,
  RLIMIT_LOCKS,
  RLIMIT_MEMLOCK,
  RLIMIT_MSGQUEUE,
  RLIMIT_NICE,
  RLIMIT_NOFILE,
  RLIMIT_NPROC,
  RLIMIT_RSS,
  RLIMIT_RTPRIO,
  RLIMIT_RTTIME,
  RLIMIT_SIGPENDING,
  RLIMIT_STACK,
} from "../system/constants.ts";
import { strerror } from "../system/errno.ts";
import { fail, usageError } from "./arguments.ts";

interface Resource {
  readonly letter: string;
  /** An RLIMIT_ number; -1 for the size of a pipe, which can't be changed. */
  readonly number: number;
  readonly description: string;
  readonly unit: string;
  /** Bytes (or the kernel's own unit) in one unit of the user's. */
  readonly factor: number;
}

const resource = (letter: string, number: number, description: string, unit = "", factor = 1): Resource => (
  { letter, number, description, unit, factor }
);

const RESOURCES: readonly Resource[] = [
  resource("R", RLIMIT_RTTIME, "real-time non-blocking time", "microseconds"),
  resource("c", RLIMIT_CORE, "core file size", "blocks", 512),
  resource("d", RLIMIT_DATA, "data seg size", "kbytes", 1024),
  resource("e", RLIMIT_NICE, "scheduling priority"),
  resource("f", RLIMIT_FSIZE, "file size", "blocks", 512),
  resource("i", RLIMIT_SIGPENDING, "pending signals"),
  resource("l", RLIMIT_MEMLOCK, "max locked memory", "kbytes", 1024),
  resource("m", RLIMIT_RSS, "max memory size", "kbytes", 1024),
  resource("n", RLIMIT_NOFILE, "open files"),
  resource("p", -1, "pipe size", "512 bytes", 512),
  resource("q", RLIMIT_MSGQUEUE, "POSIX message queues", "bytes"),
  resource("r", RLIMIT_RTPRIO, "real-time priority"),
  resource("s", RLIMIT_STACK, "stack size", "kbytes", 1024),
  resource("t", RLIMIT_CPU, "cpu time", "seconds"),
  resource("u", RLIMIT_NPROC, "max user processes"),
  resource("v", RLIMIT_AS, "virtual memory", "kbytes", 1024),
  resource("x", RLIMIT_LOCKS, "file locks"),
];
/** What the kernel takes for no limit. */
const LARGEST_LIMIT = 2 ** 64;
/** PIPE_BUF, in bytes. */
const PIPE_SIZE = 4096;
/** Limits that the shell's own process could not live with: they are for the programs that it starts. */
const FOR_PROGRAMS = [RLIMIT_AS, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_NOFILE, RLIMIT_RSS, RLIMIT_MEMLOCK];

export const help = `Shows or sets the limits of resources.

Without a limit, prints the soft one. The limit is a number in the unit that -a
shows, or one of soft, hard and unlimited. Without -S and -H, both limits are
set. The limits of memory, stack and open files hold for the programs that the
shell starts, not for the shell itself.

Options:
  -a   show all
  -S   the soft limit
  -H   the hard limit
${
  RESOURCES.map(({ letter, description, unit }) => `  -${letter}   ${description}${unit ? `, in ${unit}` : ""}\n`).join(
    "",
  )
}
Exit status: 0, unless an option is not valid or a limit can't be set.
`;

export const ulimit: Builtin = {
  name: "ulimit",
  kind: "intrinsic",
  usage: "[-SHabcdefiklmnpqrstuvxPRT] [limit]",
  run(shell, args) {
    const parsed = parse(shell, args);
    if (parsed === null) return USAGE;
    const { soft, hard, all, operand } = parsed;
    let { chosen } = parsed;
    const shown = hard && !soft;
    if (all) return show(shell, RESOURCES.map((entry) => ({ entry, limit: undefined })), shown, true);
    if (chosen.length === 0) chosen = [{ entry: RESOURCES.find(({ letter }) => letter === "f")!, limit: operand }];
    const labelled = chosen.length > 1;
    for (const choice of chosen) {
      const { entry, limit } = choice;
      const status = limit === undefined
        ? show(shell, [choice], shown, labelled)
        : setLimit(shell, entry, limit, soft, hard);
      if (status !== SUCCESS) return status;
    }
    return SUCCESS;
  },
};

/** A resource, and what its limit is to be; without, it is to be shown. */
interface Choice {
  readonly entry: Resource;
  readonly limit: string | undefined;
}

interface Request {
  readonly soft: boolean;
  readonly hard: boolean;
  readonly all: boolean;
  readonly chosen: readonly Choice[];
  readonly operand: string | undefined;
}

/** Takes the options off. The letter of a resource may have a limit behind it, in the same word or the next. */
function parse(shell: Shell, args: readonly string[]): Request | null {
  let [soft, hard, all] = [false, false, false];
  const chosen: Choice[] = [];
  let i = 0;
  for (; i < args.length && /^-./.test(args[i]!); i++) {
    const argument = args[i]!;
    if (argument === "--") {
      i++;
      break;
    }
    for (let j = 1; j < argument.length; j++) {
      const letter = argument[j]!;
      if (letter === "S") soft = true;
      else if (letter === "H") hard = true;
      else if (letter === "a") all = true;
      else {
        const entry = RESOURCES.find((resource) => resource.letter === letter);
        if (entry === undefined) {
          usageError(shell, ulimit, `-${letter}: invalid option`);
          return null;
        }
        let limit: string | undefined = argument.slice(j + 1) || undefined;
        if (limit === undefined && args[i + 1] !== undefined && !args[i + 1]!.startsWith("-")) limit = args[++i];
        chosen.push({ entry, limit });
        break;
      }
    }
  }
  const operand = args[i];
  const [only, ...others] = chosen;
  if (only !== undefined && others.length === 0 && only.limit === undefined) chosen[0] = { ...only, limit: operand };
  return { soft, hard, all, chosen, operand };
}

/** The limits as programs have them. */
function limitsOf(shell: Shell, { number }: Resource): { soft: number; hard: number } | number {
  if (number < 0) return { soft: PIPE_SIZE, hard: PIPE_SIZE };
  return shell.programLimits.find((limit) => limit.resource === number) ?? shell.system.getrlimit(number);
}

function show(shell: Shell, choices: readonly Choice[], hard: boolean, labelled: boolean): number {
  let text = "";
  for (const { entry } of choices) {
    const limits = limitsOf(shell, entry);
    if (typeof limits === "number") {
      return fail(shell, ulimit, `${entry.description}: cannot get limit: ${strerror(-limits)}`);
    }
    const value = hard ? limits.hard : limits.soft;
    const shown = value === Infinity ? "unlimited" : String(Math.floor(value / entry.factor));
    if (!labelled) text += `${shown}\n`;
    else {
      const unit = `(${entry.unit === "" ? "" : `${entry.unit}, `}-${entry.letter}) `;
      text += `${entry.description.padEnd(20)} ${unit.padStart(20)}${shown}\n`;
    }
  }
  return shell.print(text) ? SUCCESS : FAILURE;
}

function setLimit(shell: Shell, entry: Resource, operand: string, soft: boolean, hard: boolean): number {
  const limits = limitsOf(shell, entry);
  if (typeof limits === "number" || entry.number < 0) {
    const reason = typeof limits === "number" ? strerror(-limits) : "Invalid argument";
    return fail(shell, ulimit, `${entry.description}: cannot modify limit: ${reason}`);
  }
  let value: number;
  if (operand === "unlimited") value = Infinity;
  else if (operand === "soft") value = limits.soft;
  else if (operand === "hard") value = limits.hard;
  else if (/^\d+$/.test(operand)) {
    value = Number(operand) * entry.factor;
    if (value >= LARGEST_LIMIT) return fail(shell, ulimit, `${operand}: limit out of range`);
  } else return fail(shell, ulimit, `${operand}: invalid number`);
  const both = soft === hard;
  const wanted = {
    resource: entry.number,
    soft: soft || both ? value : limits.soft,
    hard: hard || both ? value : limits.hard,
  };
  // Limits belong to a process, and can't all be raised again.
  if (!shell.becomeProcess()) return SUCCESS;
  const errno = apply(shell, wanted);
  return errno === 0 ? SUCCESS : fail(shell, ulimit, `${entry.description}: cannot modify limit: ${strerror(errno)}`);
}

/** Sets a limit, or records it for programs. Returns 0 or a positive errno. */
function apply(shell: Shell, limit: { resource: number; soft: number; hard: number }): number {
  const EINVAL = 22;
  if (limit.soft > limit.hard) return EINVAL;
  if (!FOR_PROGRAMS.includes(limit.resource)) return -Math.min(0, shell.system.setrlimit(limit));
  const EPERM = 1;
  const own = shell.system.getrlimit(limit.resource);
  const recorded = shell.programLimits.find(({ resource }) => resource === limit.resource);
  const ceiling = recorded?.hard ?? (typeof own === "number" ? Infinity : own.hard);
  if (limit.hard > ceiling && shell.system.geteuid() !== 0) return EPERM;
  const others = shell.programLimits.filter(({ resource }) => resource !== limit.resource);
  shell.programLimits.splice(0, Infinity, ...others, limit);
  return 0;
}
