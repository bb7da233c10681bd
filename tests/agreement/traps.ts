/** Writes random traps and options that end a program: EXIT, ERR, DEBUG, RETURN, signals, `set -e` and `set -u`. */
import type { Choices } from "./choices.ts";
import { quoted } from "./values.ts";

const FAILING = [
  "false",
  "(exit 3)",
  "f",
  "! true",
  "false || false",
  "true && false",
  "false | true",
  "true | false",
  "[[ '' ]]",
  "((0))",
  "{ false; }",
  "( false; echo x )",
  "if false; then :; fi",
  "while false; do :; done",
  "x=$(false)",
  "echo $(false)",
  "local z=1",
  "none",
  "eval false",
  "test a = b",
  "for x in 1; do false; done",
  "case a in a) false;; esac",
  "f || echo x",
  "if f; then echo y; fi",
  "! f",
  "f && true",
  "f | cat",
  "let 0",
  "read x </dev/null",
  "command false",
  "true; false",
  "x=$(false; echo a)",
  "cat <(false)",
  "return 2",
  "until f; do break; done",
  "declare x=$(false)",
  "[ a = b ] || false",
  "unset -f none",
  "false <f1",
  "{ false; } 2>&1",
  "time_=$(exit 4) true",
];
const SET = ["-e", "-e", "-E", "-T", "-eE", "-u", "-o pipefail", "-ET", "-eET", "-euo pipefail", "+e", "-e +E"];

/** Commands that fail, with what looks at it. */
export function failing(random: Choices): string {
  const lines = random.several(80, 3, () => random.pick(FAILING) + random.pick(["", "", "; echo $?"]));
  const trap = () =>
    random.chance(50)
      ? `trap ${
        quoted(random.pick(["echo err $?", 'echo "$BASH_COMMAND"', "echo $FUNCNAME", "false", "x=1; echo t"]))
      } ERR; `
      : "";
  if (lines.length === 0) lines.push(":");
  const body = random.pick([
    () => lines.join("\n"),
    () => `g() {\n${lines.join("\n")}\n}\ng; echo $?; g || echo or; g | cat`,
    () => `( ${lines.join("\n")}\n); echo $?`,
    () => `x=$( ${lines.join("\n")}\n); echo $? $x`,
    () => `if { ${lines.join("\n")}\n}; then echo yes; else echo no $?; fi`,
    () => `eval ${quoted(lines.join("; "))}; echo $?`,
  ])();
  return `( ${trap()}set ${random.pick(SET)}\nf() { ${
    random.pick(["false", "false; echo after", "return 3", "true", "[[ a = b ]]"])
  }; }\n${body}\necho end ); echo $?`;
}

/**
 * Traps of every condition, in functions, subshells and files.
 *
 * @param substituted whether it is part of a command substitution, of which bash counts the lines otherwise
 */
export function trapped(random: Choices, substituted: boolean): string {
  const condition = random.pick(["EXIT", "ERR", "DEBUG", "RETURN", "USR1", "TERM"]);
  const action = random.pick([
    `echo ${condition} $?${substituted ? "" : " $LINENO"}`,
    // Which command was the last is told in other words here and there at the end of a subshell.
    condition === "EXIT" ? 'echo "$a"' : 'echo "$BASH_COMMAND"',
    'echo "${FUNCNAME[*]}"',
    // Bash runs DEBUG's action before the subshell of its own action, and so on.
    ...(condition === "DEBUG" ? [] : ["echo $?; (exit 7)", "exit 6", "return 4", "trap - " + condition, "f"]),
  ]);
  const kills = /^[UT]/.test(condition) && action !== "f";
  const set = random.pick(["", "", "set -E; ", "set -T; ", "set -ET; ", "set -e; "]);
  const body = random.pick([
    "f; echo $?",
    // With DEBUG it is a matter of chance whether the shell or the process of a stage comes first.
    ...(condition === "DEBUG" ? [] : ["f | cat; echo $?"]),
    "(f); echo $?",
    "x=$(f); echo $x",
    ". ./t1; echo $?",
    "false; true",
    ...(kills ? [`kill -${condition} $BASHPID; echo after`, `f() { kill -${condition} $BASHPID; echo g; }; f`] : []),
    "eval f; g() { f; }; g",
    "for x in 1 2; do f; done",
    "if f; then :; else echo e; fi",
    "((0)); [[ a ]]; case a in a) : ;; esac",
    "exit 3",
    "exec true",
    "f() { trap 'echo inner' RETURN; echo b; }; f; f",
    "trap -p " + condition + "; (trap -p " + condition + "); echo $(trap -p)",
    "while f; do break; done; until f; do break; done",
  ]);
  return `( echo 'echo file; ${random.pick(["false", ":", "return 2"])}' >t1; ${set}f() { ${
    random.pick(["echo b; false", ":", "return 3", "false; echo c"])
  }; }\ntrap ${quoted(action)} ${condition}\n${body}\necho end ); echo $?`;
}
