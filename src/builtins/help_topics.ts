/** Help texts for what is no builtin: the constructs of the language, and the variables. They are loaded as those of builtins. */

/** What a construct looks like, and what it does. */
export interface Topic {
  readonly usage: string;
  readonly text: string;
}

const LAST = "Exit status: that of the last command executed; 0 if there was none.\n";

export const TOPICS: Readonly<Record<string, Topic>> = {
  "((": {
    usage: "(( expression ))",
    text: `Evaluates an arithmetic expression.

Exit status: 0 if its value is not 0, else 1.
`,
  },
  "[[": {
    usage: "[[ expression ]]",
    text: `Evaluates a condition.

The operators of test are known, and && || ! and parentheses. Words are neither
split nor expanded to file names. On the right of = and != stands a pattern, on
the right of =~ an extended regular expression; what matched it, and its groups,
are put into BASH_REMATCH. -eq and its kin take arithmetic expressions.

Exit status: 0 if it is true, 1 if not, 2 if it is not valid.
`,
  },
  case: {
    usage: "case WORD in [PATTERN [| PATTERN]...) COMMANDS ;;]... esac",
    text: `Executes the commands of the first pattern that matches a word.

Ended by ;& instead of ;;, the commands of the next pattern follow; by ;;&, the
patterns that remain are tried.

${LAST}`,
  },
  coproc: {
    usage: "coproc [-x] [NAME] command [redirections]",
    text: `Starts a command beside the shell, with pipes to and from it.

The descriptors of the pipes are NAME[0], for its output, and NAME[1], for its
input; without a name, in COPROC. NAME_PID is its process id. Only before a
compound command can there be a name. When the command has ended, NAME_PID is
unset, and NAME once its output has been read. Programs and subshells do not
get the descriptors.

Options:
  -x       connect its streams 4 and 5 too, for binary data: NAME[4] is for what
           it writes to stream 5, NAME[5] for what it reads from stream 4

Exit status: 0.
`,
  },
  for: {
    usage: "for NAME [in WORDS ...] ; do COMMANDS; done",
    text: `Executes commands for each of some words.

NAME is set to each of them in turn. Without "in", the words are the positional
parameters.

${LAST}`,
  },
  "for ((": {
    usage: "for (( exp1; exp2; exp3 )); do COMMANDS; done",
    text: `Executes commands as long as an arithmetic expression is not 0.

The first expression is evaluated before, the third after each round.

${LAST}`,
  },
  function: {
    usage: "function name { COMMANDS ; } or name () { COMMANDS ; }",
    text: `Defines a function.

It is called by its name as a command; the arguments are then the positional
parameters.

Exit status: 0, unless the name can't be used.
`,
  },
  if: {
    usage: "if COMMANDS; then COMMANDS; [ elif ... then ... ]... [ else COMMANDS; ] fi",
    text: `Executes commands if others succeed.

${LAST}`,
  },
  select: {
    usage: "select NAME [in WORDS ... ;] do COMMANDS; done",
    text: `Shows words as a menu, and executes commands for each answer.

NAME is the word whose number was typed, or null; REPLY is the answer. The
prompt is PS3. The loop ends with break or with the end of the input.

${LAST}`,
  },
  time: {
    usage: "time [-p] pipeline",
    text: `Executes a pipeline and shows how long that took.

TIMEFORMAT is the format; with -p it is that of POSIX.

Exit status: that of the pipeline.
`,
  },
  until: {
    usage: "until COMMANDS; do COMMANDS; done",
    text: `Executes commands as long as others fail.

${LAST}`,
  },
  variables: {
    usage: "variables - names and meanings of some shell variables",
    text: `CDPATH        where cd looks for directories
GLOBIGNORE    patterns of names that file name expansion leaves out
HISTFILE      the file of the history
HISTSIZE      how many commands the history holds
HOME          the home directory
IFS           what separates fields
PATH          where programs are looked for
PS1 PS2 PS4   prompts, and what begins lines of set -x
PWD OLDPWD    the working directory, and the one before
SECONDS       how long the shell has run
TIMEFORMAT    what time shows

Exit status: none; these are no commands.
`,
  },
  while: {
    usage: "while COMMANDS; do COMMANDS; done",
    text: `Executes commands as long as others succeed.

${LAST}`,
  },
  "{": {
    usage: "{ COMMANDS ; }",
    text: `Executes commands as one: with the same redirections, say.

${LAST}`,
  },
};
