/**
 * hexsh: from arguments to a running shell.
 *
 * Puts the rooms together, works out from the command line what is to be done (a script, `-c`, standard input; interactive or not), and
 * runs it. Nothing here knows how a command is run.
 */

import * as session from "./editor/session.ts";
import * as deferred from "./deferred.ts";
import { BUILTINS } from "./builtins/table.ts";
import { RememberedLocations } from "./execution/command_hash.ts";
import { CopiedMap } from "./execution/copied_map.ts";
import { EnabledBuiltins } from "./execution/enabled_builtins.ts";
import { Interpreter } from "./execution/interpreter.ts";
import { mirrorOptions } from "./execution/mirrored_options.ts";
import { importFunctions } from "./execution/imported_functions.ts";
import { isShoptOption, Options, setOptionByName } from "./execution/options.ts";
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
import { assetPath } from "./system/assets.ts";
import { R_OK, RLIMIT_NOFILE } from "./system/constants.ts";
import { EISDIR, ENOENT, ENOEXEC, strerror } from "./system/errno.ts";
import { nativeSystem } from "./system/native.ts";
import { SIGHUP, SIGINT, SIGPIPE } from "./system/signal_numbers.ts";
import type { ResourceLimit, System } from "./system/system.ts";
import { setInitialVariables } from "./variables/initial.ts";
import { Positional } from "./variables/positional.ts";
import { READ_ONLY } from "./expansion/attributes.ts";
import { VariableTable } from "./variables/table.ts";
import { VERSION } from "./version.ts";

export { nativeSystem };

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
    offline: () => options.nonet,
    networkTimeout: () => variables.get("HEXSH_NET_TIMEOUT").read(),
    debugging: () => variables.get("HEXSH_DEBUG").isSet,
    descriptorLimit: () => {
      // The shell's own limit may have been raised.
      const limit = programLimits.find(({ resource }) => resource === RLIMIT_NOFILE) ?? system.getrlimit(RLIMIT_NOFILE);
      return typeof limit === "number" ? Infinity : limit.soft;
    },
    givenUp: () => shell.interrupted(),
    survivesBrokenPipe: () => traps.handles(SIGPIPE),
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
    runChildTrap: () => traps.runChildTrap(),
    report: (message) => shell.report(message),
    tell: (text) => streams.write(2, text),
    interrupt: (stopped, status) => {
      // A stopped program is no reason to leave a list (bash goes on with it), but a loop would start the next. With a
      // trap for the interrupt, people want to deal with it themselves, but not in every round.
      const inLoop = state.loopDepth + state.outerLoopDepth > 0;
      if (state.interactive && (inLoop || (!stopped && !traps.handles(SIGINT)))) shell.interrupt(status);
    },
    terminalTaken: () => shell.onTerminalTaken(),
    get waitsForMore() {
      return streams.captures.needReading || traps.attendsToChildren;
    },
    get interactive() {
      return state.interactive && state.subshellDepth === 0;
    },
    get silent() {
      return shell.subshells.isSingleSubstitution;
    },
    get posix() {
      return options.posix;
    },
    get sh() {
      return options.sh;
    },
    get commandString() {
      return options.invocation === "c";
    },
    get pipefail() {
      return options.pipefail;
    },
    traps: (signal) => traps.handles(signal),
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
    positional,
    options,
    evaluate: (text, firstLine) => shell.evaluate(text, { name: "trap", kind: "trap", firstLine }),
    reap: () => jobs.reap(),
    takeEndedChildren: () => jobs.takeEndedChildren(),
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
    deferred: () => deferred,
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
  const fillInStreams = (on: boolean) => {
    const result = streams.fillIn(on);
    if (result >= 0) return;
    shell.report(`/dev/null: ${strerror(-result)}`);
    options.streams = false;
  };
  options.watch((name, value) => {
    if (name === "restricted_shell" && value) restrict(variables);
    if (name === "allexport") variables.exportAll = value;
    else if (name === "localvar_unset") variables.keepsLocals = value;
    else if (name === "localvar_inherit") variables.inheritsLocals = value;
    else if (name === "monitor") setJobControl(value);
    else if (name === "streams") fillInStreams(value);
    else if (name === "history" && value && !state.interactive) deferred.beginHistory(shell);
  });
  shell.process.directory = setInitialVariables(variables, {
    system,
    state,
    options,
    positional,
    aliases: shell.aliases,
    hash: shell.hash,
    process: shell.process,
    directories: shell.directories,
    becomeProcess: () => shell.becomeProcess(),
    warn: (message) => streams.write(2, message),
    version: VERSION,
  });
  // What the shell was started with does not count.
  variables.watch("GLOBIGNORE", (list) => shell.environment.ignore(list));
  mirrorOptions(variables, options);
  variables.watch("FUNCNEST", (text) => state.limitFunctions(text));
  variables.watch("OPTIND", (text) => state.restartOptions(text));
  return shell;
}

/** What a restricted shell must not change decides which programs it can start (bash manual 6.10). */
function restrict(variables: VariableTable): void {
  for (const name of ["PATH", "SHELL", "ENV", "BASH_ENV", "HISTFILE"]) {
    variables.get(name).setAttributes(READ_ONLY, true);
  }
}

/** The help text of a command, from the file that the build puts beside the code. */
function readHelp(name: string): string {
  const texts: Record<string, string> = JSON.parse(Deno.readTextFileSync(assetPath("help.json")));
  return texts[name] ?? "";
}

/** What interactive shells and login shells need beyond a script's. */
export type Session = typeof session;

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
  if (invocation.posix) {
    options.set("posix", true);
    options.sh = true;
    // It is an extension that changes what `&` and `\` in values have always meant to scripts for sh.
    options.set("patsub_replacement", false);
  }
  if (invocation.posix || state.interactive) options.set("expand_aliases", true);
  if (!invocation.options.some(({ name, value }) => name === "privileged" && value)) inheritOptions(shell);
  for (const { name, value } of invocation.options) if (name !== "restricted_shell") options.set(name, value);

  const imports = invocation.importFunctions || (shell.variables.get("HEXSH_IMPORT_FUNCTIONS").read() ?? "") !== "";
  if (imports && !options.privileged) importFunctions(shell);

  const { source } = invocation;
  if (source.kind === "string") shell.variables.get("BASH_EXECUTION_STRING").write(source.text);
  session?.prepare(shell, invocation);
  if (!state.interactive && !options.posix && !options.privileged) sourceEnvironmentFile(shell);
  // A restricted shell is one once its start-up files have been read (bash manual 6.10).
  if (invocation.options.some(({ name }) => name === "restricted_shell")) options.set("restricted_shell", true);
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

/** Options that a shell around has exported in SHELLOPTS and BASHOPTS (bash manual 4.3). */
function inheritOptions({ variables, options }: Interpreter): void {
  const names = (variable: string) => (variables.get(variable).read() ?? "").split(":");
  for (const text of names("SHELLOPTS")) {
    const name = setOptionByName(text);
    if (name !== undefined) options.set(name, true);
  }
  for (const name of names("BASHOPTS")) if (isShoptOption(name)) options.set(name, true);
}

/** Before a script, the file that BASH_ENV names is executed (bash manual 6.2). */
function sourceEnvironmentFile(shell: Interpreter): void {
  const value = shell.variables.get("BASH_ENV").read();
  if (value === undefined || value === "") return;
  try {
    const path = shell.expandText(value);
    if (shell.system.access(path, R_OK) === 0) {
      shell.builtins.get(".")!.run(shell, ["--", path.includes("/") ? path : `./${path}`]);
    }
  } catch (error) {
    shell.failed(error, "command");
  }
  if (shell.state.divert !== Divert.exit) shell.unwind();
}

/** Opens the script that the command line names: as a path, or by PATH if it has no slash (XCU sh, command_file). */
function openNamedScript(shell: Interpreter, name: string) {
  let script = openScript(shell, name);
  if (script === -ENOENT && !name.includes("/")) {
    const found = shell.hash.search(name, shell.variables.get("PATH").read() ?? "", R_OK);
    if (typeof found === "string") script = openScript(shell, found);
  }
  if (typeof script !== "number") return script;
  const reason = script === -ENOEXEC ? "cannot execute binary file" : strerror(-script);
  // What was found has given the shell its name.
  const found = script === -EISDIR || script === -ENOEXEC;
  const zero = found ? name : shell.system.start.arguments[0] ?? "hexsh";
  shell.streams.write(2, `${zero}: ${name}: ${reason}\n`);
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
    case "list-shopt":
      status = shell.builtins.get("shopt")!.run(shell, what.reusable ? ["-p"] : []);
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

/** Starts the shell as this process was started. */
export function start(): never {
  const system = nativeSystem();
  const invocation = parseInvocation(system.start.arguments);
  return main(system, invocation, needsSession(system, invocation) ? session : null);
}
