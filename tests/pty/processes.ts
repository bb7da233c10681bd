/** The kernel's view of processes, from /proc. */

export interface ProcessEntry {
  readonly pid: number;
  readonly name: string;
  /** `R` running, `S` sleeping, `T` stopped, `Z` zombie and so on. */
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
}

/** A process, or `null` if there is none. */
export function process(pid: number): ProcessEntry | null {
  let text: string;
  try {
    text = Deno.readTextFileSync(`/proc/${pid}/stat`);
  } catch {
    return null;
  }
  // The name is in parentheses, and may hold more of these.
  const end = text.lastIndexOf(")");
  const [state, parent, group, session] = text.slice(end + 2).split(" ");
  return {
    pid,
    name: text.slice(text.indexOf("(") + 1, end),
    state: state!,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
  };
}

/** All processes of a session, ascending. */
export function processesOf(session: number): ProcessEntry[] {
  return [...Deno.readDirSync("/proc")]
    .filter(({ name }) => /^\d+$/.test(name))
    .map(({ name }) => process(Number(name)))
    .filter((entry) => entry !== null && entry.session === session)
    .sort((a, b) => a!.pid - b!.pid) as ProcessEntry[];
}

/** The numbers of a process's open descriptors, ascending. */
export function descriptorsOf(pid: number): number[] {
  return [...Deno.readDirSync(`/proc/${pid}/fd`)].map(({ name }) => Number(name)).sort((a, b) => a - b);
}
