/**
 * hexsh: from arguments to a running shell.
 *
 * Puts the rooms together, works out from the command line what is to be done (a script, `-c`, standard input; interactive or not), and
 * runs it. Nothing here knows how a command is run.
 */

import { BUILTINS } from "./builtins/table.ts";
import { RememberedLocations } from "./execution/command_hash.ts";
import { CopiedMap } from "./execution/copied_map.ts";
import { EnabledBuiltins } from "./execution/enabled_builtins.ts";
import { Interpreter } from "./execution/interpreter.ts";
import { Options } from "./execution/options.ts";
import { openScript } from "./execution/script_file.ts";
import type { ShellFunction } from "./execution/shell.ts";
import { Divert, ExecutionState } from "./execution/state.ts";
import { CANNOT_EXECUTE, NOT_FOUND, SUCCESS, USAGE } from "./execution/status.ts";
import { type Answer, type Invocation, parseInvocation, USAGE_LINE } from "./invocation.ts";
import { JobTable } from "./jobs/job_table.ts";
import { TerminalOwner } from "./jobs/terminal.ts";
import { TrapTable } from "./signals/traps.ts";
import { StandardInput } from "./streams/standard_input.ts";
import { Streams } from "./streams/streams.ts";
import { inputOf } from "./syntax/input.ts";
import { RLIMIT_NOFILE } from "./system/constants.ts";
import { ENOENT, ENOEXEC, strerror } from "./system/errno.ts";
import { nativeSystem } from "./system/native.ts";
import { SIGHUP, SIGINT } from "./system/signal_numbers.ts";
import type { ResourceLimit, System } from "./system/system.ts";
import { setInitialVariables } from "./variables/initial.ts";
import { Positional } from "./variables/positional.ts";
import { VariableTable } from "./variables/table.ts";
import { VERSION } from "./version.ts";

/** Puts a shell together on `system`. */
function makeShell(system: System): Interpreter {
  const state = new ExecutionState();
  const options = new Options();
  const variables = new VariableTable();
  const positional = new Positional();
  const programLimits: ResourceLimit[] = [...system.start.limits];
  const streams: Streams = new Streams(system, {
    noclobber: () => options.noclobber,
    strict: () => options.posix,
    descriptorLimit: () => {
      // The shell's own limit may have been raised.
      const limit = programLimits.find(({ resource }) => resource === RLIMIT_NOFILE) ?? system.getrlimit(RLIMIT_NOFILE);
      return typeof limit === "number" ? Infinity : limit.soft;
    },
    givenUp: () => shell.interrupted(),
    writeFailed: (errno) => shell.writeFailed(errno),
  });
  const terminal = new TerminalOwner(system, {
    keep: (descriptor) => streams.table.hold(streams.table.adopt(descriptor)),
    report: (message) => shell.report(message),
  });
  const jobs: JobTable = new JobTable(system, {
    ignoredSignals: () => traps.ignored(),
    programLimits,
    terminal,
    poll: (requests, timeout) => streams.captures.poll(requests, timeout),
    takeSignals: () => {
      const signal = traps.collect();
      traps.dieIfAsked();
      return signal !== 0;
    },
    report: (message) => shell.report(message),
    tell: (text) => streams.write(2, text),
    interrupt: (stopped, status) => {
      // A stopped program is no reason to leave a list (bash goes on with it), but a loop would start the next. With a
      // trap for the interrupt, people want to deal with it themselves, but not in every round.
      const inLoop = state.loopDepth + state.outerLoopDepth > 0;
      if (state.interactive && (inLoop || (!stopped && !traps.handles(SIGINT)))) shell.interrupt(status);
    },
    terminalTaken: () => shell.onTerminalTaken(),
    get interactive() {
      return state.interactive && state.subshellDepth === 0;
    },
    get silent() {
      return shell.subshells.isSingleSubstitution;
    },
    get posix() {
      return options.posix;
    },
    get pipefail() {
      return options.pipefail;
    },
    get notifyAtOnce() {
      return options.notify;
    },
    get directory() {
      return shell.process.directory;
    },
    get home() {
      return variables.get("HOME").read();
    },
  });
  const traps: TrapTable = new TrapTable(system, {
    state,
    options,
    evaluate: (text, firstLine) => shell.evaluate(text, { name: "trap", kind: "trap", firstLine }),
    reap: () => jobs.reap(),
    takeForegroundStatus: () => jobs.takeForegroundStatus(),
    get virtual() {
      return shell.subshells.virtual;
    },
    dieOf: (signal) => shell.dieOf(signal),
    interrupt: () => {
      streams.write(2, "\n");
      shell.interrupt();
    },
    endSubshell: (status) => shell.exit(status),
    notice: (signal) => shell.onUntrappedSignal(signal),
  });
  const shell: Interpreter = new Interpreter({
    system,
    options,
    state,
    variables,
    positional,
    functions: new CopiedMap<ShellFunction>(),
    aliases: new CopiedMap<string>(),
    hash: new RememberedLocations(system, variables, options),
    streams,
    jobs,
    traps,
    builtins: new EnabledBuiltins(BUILTINS),
    programLimits,
    alwaysFork: system.start.environment.includes("HEXSH_FORCE_FORK=1"),
    help: readHelp,
  });
  const setJobControl = (on: boolean) => {
    if (on && state.interactive) {
      const result = terminal.acquire();
      if (result < 0) {
        shell.report(`no job control in this shell: ${strerror(-result)}`);
        options.monitor = false;
      }
    } else if (on) terminal.borrow();
    jobs.controlled = options.monitor;
    traps.configure(state.interactive, options.monitor);
  };
  shell.onEnd = (signal) => {
    const hangUp = signal === SIGHUP || (options.huponexit && options.login_shell);
    if (state.interactive && hangUp) jobs.hangUp();
    if (jobs.controlled) jobs.leave();
  };
  options.watch((name, value) => {
    if (name === "allexport") variables.exportAll = value;
    else if (name === "monitor") setJobControl(value);
  });
  shell.process.directory = setInitialVariables(variables, {
    system,
    state,
    becomeProcess: () => shell.becomeProcess(),
    warn: (message) => streams.write(2, message),
  });
  // What the shell was started with does not count.
  variables.watch("GLOBIGNORE", (list) => shell.environment.ignore(list));
  return shell;
}

/** The help text of a command, from the file that the build puts beside the code. */
function readHelp(name: string): string {
  const texts: Record<string, string> = JSON.parse(Deno.readTextFileSync(`${import.meta.dirname}/help.json`));
  return texts[name] ?? "";
}

/** What interactive shells and login shells need beyond a script's; loaded only for them. */
export type Session = typeof import("./editor/session.ts");

/** Runs the shell as the arguments say. `session` is there when {@link needsSession}. */
export function main(system: System, invocation: Invocation | Answer, session: Session | null): never {
  const shell = makeShell(system);
  if ("kind" in invocation) return answer(shell, invocation);
  const { state, options, positional } = shell;
  state.shellPid = system.getpid();
  positional.zero = invocation.zero;
  positional.values = invocation.arguments;
  state.interactive = isInteractive(system, invocation);
  options.invocation = invocation.flags;
  options.interactive = state.interactive;
  options.login_shell = invocation.login;
  if (invocation.posix) options.set("posix", true);
  if (invocation.posix || state.interactive) options.set("expand_aliases", true);
  for (const { name, value } of invocation.options) options.set(name, value);

  const { source } = invocation;
  session?.prepare(shell, invocation);
  if (state.divert === Divert.exit) return shell.terminate(state.status);
  if (source.kind === "string") {
    state.origin = "environment";
    return shell.terminate(shell.runMain(inputOf(source.text), { name: "-c", kind: "string", firstLine: 1 }));
  }
  if (source.kind === "stdin") {
    const stdin = { name: null, kind: "stdin", firstLine: 1 } as const;
    if (!state.interactive) return shell.terminate(shell.runMain(new StandardInput(shell), stdin));
    const input = session!.makeInput(shell);
    return shell.terminate(shell.runMain(input, stdin, () => input.commandRead()));
  }
  const script = openNamedScript(shell, source.path);
  if (typeof script === "number") return shell.terminate(script);
  state.call = { name: "main", source: source.path, line: 0, arguments: invocation.arguments, outer: null };
  return shell.terminate(shell.runMain(script, { name: source.path, kind: "file", firstLine: 1 }));
}

/** Opens the script that the command line names: as a path, or by PATH if it has no slash (XCU sh, command_file). */
function openNamedScript(shell: Interpreter, name: string) {
  let script = openScript(shell, name);
  if (script === -ENOENT && !name.includes("/")) {
    const found = shell.hash.search(name, shell.variables.get("PATH").read() ?? "");
    if (typeof found === "string") script = openScript(shell, found);
  }
  if (typeof script !== "number") return script;
  const reason = script === -ENOEXEC ? "cannot execute binary file" : strerror(-script);
  shell.streams.write(2, `${shell.system.start.arguments[0] ?? "hexsh"}: ${name}: ${reason}\n`);
  return script === -ENOENT ? NOT_FOUND : CANNOT_EXECUTE;
}

/** What the command line asks for instead of commands. */
function answer(shell: Interpreter, what: Answer): never {
  let status: number = SUCCESS;
  switch (what.kind) {
    case "error":
      shell.streams.write(2, `hexsh: ${what.message}\n${USAGE_LINE}\n`);
      status = USAGE;
      break;
    case "version":
      shell.print(`hexsh ${VERSION}\n`);
      break;
    case "help":
      shell.print(shell.help("hexsh"));
      break;
    case "list-options":
      status = shell.builtins.get("set")!.run(shell, [what.reusable ? "+o" : "-o"]);
      break;
  }
  return shell.terminate(status);
}

/** A shell is interactive with -i, or if it reads commands from a terminal and writes messages to one (XCU sh, -i). */
function isInteractive(system: System, invocation: Invocation): boolean {
  if (invocation.interactive) return true;
  return invocation.source.kind === "stdin" && system.isatty(0) && system.isatty(2);
}

export function needsSession(system: System, invocation: Invocation | Answer): boolean {
  return !("kind" in invocation) && (invocation.login || isInteractive(system, invocation));
}

if (import.meta.main) {
  const system = nativeSystem();
  const invocation = parseInvocation(system.start.arguments);
  main(system, invocation, needsSession(system, invocation) ? await import("./editor/session.ts") : null);
}
