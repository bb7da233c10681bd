/** The state of execution that everything looks at: the status, the line, and what control flow is under way. */

import type { SimpleCommand } from "../syntax/tree.ts";
import type { SubshellState } from "./subshell_state.ts";
import { Stack } from "./stack.ts";

/**
 * Control flow is a value. A command that ends its surroundings early sets one of these, and everything around returns
 * until it meets what the value is meant for. The order says how far each one goes.
 */
export const Divert = {
  none: 0,
  /** `continue`: the loop {@link ExecutionState.levels} levels out goes on with its next round. */
  continue: 1,
  /** `break`: the loop that many levels out ends. */
  break: 2,
  /** `return`: the function or sourced script ends. */
  return: 3,
  /** Everything up to the next complete command of the text that is being read is given up: an error. */
  command: 4,
  /** The same of the shell's own input: an interrupt of an interactive shell. */
  top: 5,
  /** The shell, or the subshell, exits. */
  exit: 6,
  /** A forked child has taken the virtual subshell over; the parent leaves it. */
  detach: 7,
} as const;

export type Divert = (typeof Divert)[keyof typeof Divert];

/**
 * Thrown where an expansion has to end because nobody wants its value: in the parent that {@link Divert.detach} leaves, for it is for
 * the child alone, and after an interrupt.
 */
export class ExpansionAbandoned {}

/** A function or script that is being run: what FUNCNAME, BASH_SOURCE, BASH_LINENO and `caller` show (bash manual 5.2). */
export interface Call {
  /** The function's name; `source` for a script that `.` reads, `main` for the shell's own script. */
  readonly name: string;
  /** The file that its commands are from. */
  readonly source: string;
  /** The line on which it was called; 0 for the shell's own script. */
  readonly line: number;
  readonly arguments: readonly string[];
  /** What it was called by; `null` for the outermost. */
  readonly outer: Call | null;
}

export class ExecutionState implements SubshellState {
  /** `$?` */
  status = 0;
  /** `LINENO`: the line of the command that runs. */
  line = 1;
  divert: Divert = Divert.none;
  /** With `break` and `continue`: how many loops are still to be left. */
  levels = 0;
  /** In an interactive shell, the number of the complete command to be read next: `\#` in prompts. */
  commandNumber = 1;
  /** HISTCMD: the number that the command has in the history; before a prompt, that of the next one. */
  historyNumber: () => number = () => 0;
  /** The value of {@link commandNumber} when the user was last shown the jobs; -1 before. */
  jobsShownAt = -1;
  /** How many loops of the running function enclose the command that runs. */
  loopDepth = 0;
  /** How many loops enclose the call of the running function. */
  outerLoopDepth = 0;
  /** The innermost of the functions and scripts that are being run; `null` where there is none, as under `-c`. */
  call: Call | null = null;
  /** What stands for the file of functions that are not defined in one (bash manual 5.2, BASH_SOURCE). */
  origin: "environment" | "main" = "main";
  /** Gives the text of the command that runs or is about to, for BASH_COMMAND. */
  command: (() => string) | null = null;
  /** The descriptor to which traces are written (bash manual 5.2, BASH_XTRACEFD). */
  traceDescriptor = 2;
  /** While a trap's action runs, what BASH_COMMAND was before it; else `null`. */
  trappedCommand: (() => string) | null = null;
  /** How many functions are being called. */
  functionDepth = 0;
  /** How many may be: FUNCNEST (bash manual 5.2). */
  functionLimit = Infinity;
  /** How many scripts are being read by `.`. */
  sourceDepth = 0;
  /** Above 0 where errexit is ignored: in conditions, after `!`, before `&&` and `||` (XCU 2.15.23, -e). */
  conditionDepth = 0;
  /** How many texts that are read within each other `set -x` is to show: of `eval`, `.`, traps, and substitutions. */
  traceDepth = 0;
  /** How many subshells, virtual or not, this one is in. */
  subshellDepth = 0;
  /** How many of them BASH_SUBSHELL does not count: those that only are there to run a `( … )` beside the shell. */
  uncountedDepth = 0;
  /** The subshell whose simple command has not begun to run, but is being expanded, so that it does not count yet; -1 for none. */
  expandedSubshell = -1;
  /** Whether the innermost subshell is that of a command substitution. */
  isSubstitution = false;
  /** `$$`: the process id of the shell itself, also in subshells. */
  shellPid = 0;
  /** `$!`; 0 before any. */
  lastBackgroundPid = 0;
  /** `$_` */
  lastArgument = "";
  interactive = false;
  /** Where `getopts` is: the parameter that it looked at last, and the offset of the next letter in it. */
  optionIndex = 1;
  optionOffset = 0;
  /** While a trap's action runs, the status before it: what `return` without operand means, and maybe `exit`; else `null`. */
  trapStatus: number | null = null;
  /** The command with which the text of `-c` ends, once it is reached; see `final_command.ts`. */
  finalCommand: SimpleCommand | null = null;
  /** Whether the action of EXIT runs. */
  inExitTrap = false;
  /** While the action of ERR or RETURN runs, the status before it: what `return` without operand means; else `null`. */
  returnStatus: number | null = null;
  /** What `$?` was before the `return` that is under way, as the action of RETURN sees it. */
  statusBeforeReturn = 0;
  /** Above 0 within `command`, which takes from special builtins what is special about them. */
  plainDepth = 0;
  /** Whether the text that is read was given to `eval` or `.` within `command`: an assignment that fails gives up no more than that. */
  inPlainText = false;
  /** The builtin that was called last, for messages about what it wrote. */
  builtinName = "";
  /** Whether a pipe or a redirection gave the commands around their standard input, for asynchronous lists among them. */
  inputGiven = false;
  /** Statuses of the stages of the last pipeline; the status alone if it was but one command. */
  pipeStatus: number | readonly number[] = 0;
  /** Operands of the command that runs that name elements by subscripts whose expansions are done; `null` for none. */
  elementOperands: Set<string> | null = null;
  /** The status of the last command substitution in the command that runs; `null` if there was none. */
  substitutionStatus: number | null = null;

  private readonly saved = new Stack<SavedState>();

  /** The file of the commands that run, as messages and BASH_SOURCE show it. */
  get source(): string {
    return this.call === null ? this.origin : this.call.source;
  }

  /** The state of a shell that has just been started. */
  reset(): void {
    Object.assign(this, new ExecutionState());
  }

  /** FUNCNEST has another value. */
  limitFunctions(limit: string | undefined): void {
    const number = Number(limit);
    this.functionLimit = number > 0 ? number : Infinity;
  }

  /** OPTIND has another value: 1, or none, has `getopts` begin anew (XCU getopts). */
  restartOptions(index: string | undefined): void {
    if (index !== undefined && Number(index) > 1) return;
    this.optionIndex = 1;
    this.optionOffset = 0;
  }

  enterSubshell(): void {
    this.saved.push(new SavedState(this));
    this.subshellDepth++;
    this.isSubstitution = false;
    this.trapStatus = null;
  }

  leaveSubshell(): void {
    this.saved.pop().restore(this);
    this.subshellDepth--;
  }

  becomeSubshell(): void {
    // It goes on with what there is.
  }

  /** Runs `body`, a simple command, in a subshell that BASH_SUBSHELL does not count while the command is expanded, as in bash. */
  expandOutside<Result>(body: () => Result): Result {
    const { expandedSubshell } = this;
    this.expandedSubshell = this.subshellDepth;
    this.uncountedDepth++;
    try {
      return body();
    } finally {
      this.uncountedDepth--;
      this.expandedSubshell = expandedSubshell;
    }
  }

  /** Runs `body`, what the simple command of a subshell came to: commands that it runs in turn are in that subshell. */
  runInside<Result>(body: () => Result): Result {
    const { expandedSubshell } = this;
    this.expandedSubshell = -1;
    this.uncountedDepth--;
    try {
      return body();
    } finally {
      this.uncountedDepth++;
      this.expandedSubshell = expandedSubshell;
    }
  }

  /** Runs `body`, which is a subshell by itself, in another one that is not counted. */
  uncounted(body: () => number): number {
    this.uncountedDepth++;
    try {
      return body();
    } finally {
      this.uncountedDepth--;
    }
  }
}

/** What a subshell has a copy of. Each member is named, for copying by names that are looked up takes most of the time of `( : )`. */
class SavedState {
  private readonly status: ExecutionState["status"];
  private readonly line: ExecutionState["line"];
  private readonly lastBackgroundPid: ExecutionState["lastBackgroundPid"];
  private readonly lastArgument: ExecutionState["lastArgument"];
  private readonly loopDepth: ExecutionState["loopDepth"];
  private readonly outerLoopDepth: ExecutionState["outerLoopDepth"];
  private readonly functionDepth: ExecutionState["functionDepth"];
  private readonly sourceDepth: ExecutionState["sourceDepth"];
  private readonly call: ExecutionState["call"];
  private readonly command: ExecutionState["command"];
  private readonly conditionDepth: ExecutionState["conditionDepth"];
  private readonly pipeStatus: ExecutionState["pipeStatus"];
  private readonly interactive: ExecutionState["interactive"];
  private readonly optionIndex: ExecutionState["optionIndex"];
  private readonly optionOffset: ExecutionState["optionOffset"];
  private readonly plainDepth: ExecutionState["plainDepth"];
  private readonly inPlainText: ExecutionState["inPlainText"];
  private readonly trapStatus: ExecutionState["trapStatus"];
  private readonly inputGiven: ExecutionState["inputGiven"];
  private readonly traceDepth: ExecutionState["traceDepth"];
  private readonly isSubstitution: ExecutionState["isSubstitution"];

  constructor(state: ExecutionState) {
    this.status = state.status;
    this.line = state.line;
    this.lastBackgroundPid = state.lastBackgroundPid;
    this.lastArgument = state.lastArgument;
    this.loopDepth = state.loopDepth;
    this.outerLoopDepth = state.outerLoopDepth;
    this.functionDepth = state.functionDepth;
    this.sourceDepth = state.sourceDepth;
    this.call = state.call;
    this.command = state.command;
    this.conditionDepth = state.conditionDepth;
    this.pipeStatus = state.pipeStatus;
    this.interactive = state.interactive;
    this.optionIndex = state.optionIndex;
    this.optionOffset = state.optionOffset;
    this.plainDepth = state.plainDepth;
    this.inPlainText = state.inPlainText;
    this.trapStatus = state.trapStatus;
    this.inputGiven = state.inputGiven;
    this.traceDepth = state.traceDepth;
    this.isSubstitution = state.isSubstitution;
  }

  restore(state: ExecutionState): void {
    state.status = this.status;
    state.line = this.line;
    state.lastBackgroundPid = this.lastBackgroundPid;
    state.lastArgument = this.lastArgument;
    state.loopDepth = this.loopDepth;
    state.outerLoopDepth = this.outerLoopDepth;
    state.functionDepth = this.functionDepth;
    state.sourceDepth = this.sourceDepth;
    state.call = this.call;
    state.command = this.command;
    state.conditionDepth = this.conditionDepth;
    state.pipeStatus = this.pipeStatus;
    state.interactive = this.interactive;
    state.optionIndex = this.optionIndex;
    state.optionOffset = this.optionOffset;
    state.plainDepth = this.plainDepth;
    state.inPlainText = this.inPlainText;
    state.trapStatus = this.trapStatus;
    state.inputGiven = this.inputGiven;
    state.traceDepth = this.traceDepth;
    state.isSubstitution = this.isSubstitution;
  }
}
