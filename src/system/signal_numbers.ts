/**
 * Signals of Linux: numbers, names and the texts that strsignal(3) gives for them. Names are without SIG. The
 * real-time signals are named as bash lists them: RTMIN, RTMIN+1 … RTMIN+15, RTMAX-14 … RTMAX-1, RTMAX.
 */

export const SIGHUP = 1;
export const SIGINT = 2;
export const SIGQUIT = 3;
export const SIGILL = 4;
export const SIGTRAP = 5;
export const SIGABRT = 6;
export const SIGBUS = 7;
export const SIGFPE = 8;
export const SIGKILL = 9;
export const SIGUSR1 = 10;
export const SIGSEGV = 11;
export const SIGUSR2 = 12;
export const SIGPIPE = 13;
export const SIGALRM = 14;
export const SIGTERM = 15;
export const SIGSTKFLT = 16;
export const SIGCHLD = 17;
export const SIGCONT = 18;
export const SIGSTOP = 19;
export const SIGTSTP = 20;
export const SIGTTIN = 21;
export const SIGTTOU = 22;
export const SIGURG = 23;
export const SIGXCPU = 24;
export const SIGXFSZ = 25;
export const SIGVTALRM = 26;
export const SIGPROF = 27;
export const SIGWINCH = 28;
export const SIGIO = 29;
export const SIGPWR = 30;
export const SIGSYS = 31;
/** The first and the last real-time signal that programs may use; the C library keeps the two before for itself. */
export const SIGRTMIN = 34;
export const SIGRTMAX = 64;

/** Number, name, text; read at the first use. */
const TABLE = `
1 HUP Hangup
2 INT Interrupt
3 QUIT Quit
4 ILL Illegal instruction
5 TRAP Trace/breakpoint trap
6 ABRT Aborted
7 BUS Bus error
8 FPE Floating point exception
9 KILL Killed
10 USR1 User defined signal 1
11 SEGV Segmentation fault
12 USR2 User defined signal 2
13 PIPE Broken pipe
14 ALRM Alarm clock
15 TERM Terminated
16 STKFLT Stack fault
17 CHLD Child exited
18 CONT Continued
19 STOP Stopped (signal)
20 TSTP Stopped
21 TTIN Stopped (tty input)
22 TTOU Stopped (tty output)
23 URG Urgent I/O condition
24 XCPU CPU time limit exceeded
25 XFSZ File size limit exceeded
26 VTALRM Virtual timer expired
27 PROF Profiling timer expired
28 WINCH Window changed
29 IO I/O possible
30 PWR Power failure
31 SYS Bad system call
`;

interface Tables {
  readonly names: ReadonlyMap<number, string>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly texts: ReadonlyMap<number, string>;
}

function makeTables(): Tables {
  const names = new Map<number, string>();
  const texts = new Map<number, string>();
  for (const [, number, name, text] of TABLE.matchAll(/^(\d+) (\w+) (.*)$/gm)) {
    names.set(Number(number), name!);
    texts.set(Number(number), text!);
  }
  for (let number = SIGRTMIN; number <= SIGRTMAX; number++) {
    const fromFirst = number - SIGRTMIN;
    const toLast = SIGRTMAX - number;
    const name = fromFirst <= toLast ? `RTMIN+${fromFirst}` : `RTMAX-${toLast}`;
    names.set(number, name.replace(/[+-]0$/, ""));
    texts.set(number, `Real-time signal ${fromFirst}`);
  }
  return { names, texts, numbers: new Map(Array.from(names, ([number, name]) => [name, number])) };
}

let cached: Tables | undefined;
const tables = () => cached ??= makeTables();

/** The name of a signal without SIG, such as "INT"; `null` if there is no such signal. */
export function signalName(number: number): string | null {
  return tables().names.get(number) ?? null;
}

/** The number of a signal by its name, in capitals and without SIG; `null` if there is none. */
export function signalNumber(name: string): number | null {
  return tables().numbers.get(name) ?? null;
}

/** What happened to a process that the signal ended, such as "Terminated"; "Unknown signal N" if there is none. */
export function signalText(number: number): string {
  return tables().texts.get(number) ?? `Unknown signal ${number}`;
}

/** The numbers of all signals, ascending. */
export function signalList(): number[] {
  return [...tables().names.keys()];
}
