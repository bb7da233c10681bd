/**
 * The syntax tree: what the parser makes, the printer prints and execution compiles.
 *
 * It holds the whole grammar of POSIX.1-2024 (XCU 2.10) and of bash 5.2, with hexsh's stream operators. The tree is
 * plain data and is never changed once it is made. Quoting is kept as written, as parts of words, so that the
 * printer can give the text back and expansion knows what was quoted. Tilde prefixes, brace expansions and
 * glob characters are not nodes: they are unquoted literal text, to which expansion gives a meaning.
 */

/** What every node knows: the half-open range of its text, in UTF-16 code units of its {@link Source}. */
export interface Node {
  readonly start: number;
  readonly end: number;
}

/** Where a text came from; messages show it. */
export interface Source {
  /** The name that messages show before "line N", such as a script's path; `null` shows none but the shell's. */
  readonly name: string | null;
  readonly kind: "file" | "stdin" | "string" | "eval" | "trap" | "alias" | "substitution";
  /** The line number that the first line of the text counts as (from 1). */
  readonly firstLine: number;
}

// ---------------------------------------------------------------------------------------------------------------
// Words

/** A word (XCU 2.3): its parts in order, without blanks between. Without parts it is the empty string, unquoted. */
export interface Word extends Node {
  readonly kind: "word";
  readonly parts: readonly WordPart[];
}

export type WordPart =
  | LiteralPart
  | QuotedPart
  | DoubleQuotedPart
  | ParameterPart
  | CommandPart
  | ArithmeticPart
  | ProcessPart;

/** Text that stands for itself; outside double quotes it is unquoted and may hold glob, brace or tilde characters. */
export interface LiteralPart extends Node {
  readonly kind: "literal";
  readonly text: string;
}

/** Text quoted by `\c`, `'…'` or `$'…'`; `text` is what it stands for, escapes of `$'…'` already decoded. */
export interface QuotedPart extends Node {
  readonly kind: "quoted";
  readonly style: "backslash" | "single" | "ansi";
  readonly text: string;
}

/** `"…"`, or `$"…"` when `localized`. In its literal parts, backslash escapes are already taken away. */
export interface DoubleQuotedPart extends Node {
  readonly kind: "double";
  readonly localized: boolean;
  readonly parts: readonly WordPart[];
}

/** `$name` or `${…}`. */
export interface ParameterPart extends Node {
  readonly kind: "parameter";
  /** A variable's name, the digits of a positional parameter, or one of `@ * # ? - $ ! 0`. */
  readonly name: string;
  /** Between `[` and `]`, if any: `@`, `*`, or an expression or key as a word. */
  readonly subscript: Subscript | null;
  /** `length` for `${#name}`, `indirect` for `${!name}`; `keys` for `${!name[@]}` and `${!name[*]}`. */
  readonly prefix: "none" | "length" | "indirect" | "keys";
  readonly operation: ParameterOperation | null;
  /** False for `$name`. */
  readonly braces: boolean;
}

export type Subscript = "@" | "*" | Word;

export type ParameterOperation =
  /** `-` `=` `?` `+`, with a colon also for the null string (XCU 2.6.2). */
  | { readonly kind: "default"; readonly operator: "-" | "=" | "?" | "+"; readonly colon: boolean; readonly word: Word }
  /** `#` `##` `%` `%%`. */
  | { readonly kind: "trim"; readonly side: "#" | "%"; readonly longest: boolean; readonly pattern: Word }
  /** `/` (first), `//` (all), `/#` (at the start), `/%` (at the end). A missing replacement is `null`. */
  | {
    readonly kind: "replace";
    readonly mode: "first" | "all" | "start" | "end";
    readonly pattern: Word;
    readonly replacement: Word | null;
  }
  /** `:offset` and `:offset:length`, both arithmetic expressions. */
  | { readonly kind: "substring"; readonly offset: Word; readonly length: Word | null }
  /** `^` `^^` `,` `,,` `~` `~~`. A missing pattern is `null`. */
  | {
    readonly kind: "case";
    readonly operator: "^" | "^^" | "," | ",," | "~" | "~~";
    readonly pattern: Word | null;
  }
  /** `@U`, `@Q` and their kin: the letter after `@`. */
  | { readonly kind: "transform"; readonly letter: string }
  /** `${!prefix*}` and `${!prefix@}`: the names of variables that begin so. */
  | { readonly kind: "names"; readonly join: "*" | "@" }
  /**
   * Nothing that can be expanded; bash says "bad substitution" when it comes to it, not before. Where it has no end, it is
   * everything up to the end of the here-document that it is in, and `reason` says what is missing.
   */
  | { readonly kind: "bad"; readonly text: string; readonly reason: string | null };

/** What `$(…)`, `` `…` `` and `<(…)` have. */
export interface SubstitutionNode extends Node {
  /**
   * The commands as text. `$(…)` is parsed with the word that holds it; if aliases were not substituted in it then, those that are
   * in force when it is run need another parse (XCU 2.6.3).
   */
  readonly text: string;
  /** Whether aliases have been substituted in what was parsed. */
  readonly aliased: boolean;
  /** The number of the text's first line. */
  readonly line: number;
}

/** `$(…)` or `` `…` ``. */
export interface CommandPart extends SubstitutionNode {
  readonly kind: "command";
  readonly form: "dollar" | "backquote";
  /** `null` for backquotes, which are parsed when they are run: an error in them is found only then, as in bash. */
  readonly body: List | null;
  /** The text between backquotes with the backslashes that `text` has no more, for the printer. */
  readonly written: string | null;
}

/** `$((…))` or `$[…]`; the expression as a word, its quoting as in double quotes (XCU 2.6.4). */
export interface ArithmeticPart extends Node {
  readonly kind: "arithmetic";
  readonly form: "parentheses" | "brackets";
  readonly expression: Word;
}

/** `<(…)` or `>(…)`. */
export interface ProcessPart extends SubstitutionNode {
  readonly kind: "process";
  readonly direction: "<" | ">";
  readonly body: List;
}

// ---------------------------------------------------------------------------------------------------------------
// Assignments and redirections

/** `name=value`, `name+=value`, `name[subscript]=value`, `name=(…)`. */
export interface Assignment extends Node {
  readonly kind: "assignment";
  readonly name: string;
  readonly subscript: Word | null;
  readonly append: boolean;
  readonly value: Word | ArrayValue;
}

/** The parenthesised value of an array assignment. */
export interface ArrayValue extends Node {
  readonly kind: "array";
  readonly elements: readonly ArrayElement[];
}

export interface ArrayElement extends Node {
  /** The expression or key of `[subscript]=value`; `null` for a plain word, which undergoes every expansion. */
  readonly subscript: Word | null;
  readonly append: boolean;
  readonly value: Word;
}

export type RedirectionOperator =
  | "<"
  | ">"
  | ">>"
  | ">|"
  | "<>"
  | "<&"
  | ">&"
  | "&>"
  | "&>>"
  | "<<"
  | "<<-"
  | "<<<";

export interface Redirection extends Node {
  readonly kind: "redirection";
  /** The number before the operator; a variable's name for `{name}>`; `null` for the operator's own default. */
  readonly descriptor: number | { readonly variable: string } | null;
  readonly operator: RedirectionOperator;
  /** The file, the descriptor, the here-string; for a here-document its delimiter as written. */
  readonly target: Word;
  /** Set for `<<` and `<<-`. */
  readonly hereDocument: HereDocument | null;
}

export interface HereDocument {
  /** The delimiter after quote removal. */
  readonly delimiter: string;
  /** Whether any part of the delimiter was quoted: the body is then one quoted part. */
  readonly quoted: boolean;
  /** The lines before the delimiter, with leading tabs removed for `<<-`; expansions as in double quotes. */
  readonly body: Word;
  /** The same as it is written, for the printer; line continuations are taken away. */
  readonly text: string;
}

// ---------------------------------------------------------------------------------------------------------------
// Lists and pipelines

/** Commands separated by `;`, `&` and newlines. */
export interface List extends Node {
  readonly kind: "list";
  readonly items: readonly ListItem[];
}

export interface ListItem {
  readonly command: Statement;
  /** Ended by `&`. */
  readonly background: boolean;
  /** Ended by a newline, for the printer. */
  readonly newline: boolean;
}

/** One item of a list: wrapped in as few nodes as it needs. */
export type Statement = AndOrList | Pipeline | Command;

/** Two or more pipelines joined by `&&` and `||`, which have equal precedence (XCU 2.9.3). */
export interface AndOrList extends Node {
  readonly kind: "andor";
  readonly first: Pipeline | Command;
  readonly rest: readonly { readonly operator: "&&" | "||"; readonly command: Pipeline | Command }[];
}

/** A pipeline that is more than a lone command: several stages, or `!`, or `time`. */
export interface Pipeline extends Node {
  readonly kind: "pipeline";
  readonly line: number;
  readonly negated: boolean;
  /** `posix` for `time -p`. */
  readonly timed: "no" | "default" | "posix";
  /** At least one stage, but for a lone `time` or `!`, which has none. */
  readonly stages: readonly Command[];
  /** What joins stage i to stage i + 1: one shorter than `stages`. */
  readonly joints: readonly Joint[];
}

/** An operator between two stages. */
export interface Joint {
  /** `pipe` for `|`, `both` for `|&`, `streams` for `|5>` and `|N>M,…`. */
  readonly form: "pipe" | "both" | "streams";
  /** Descriptor `from` of the left stage feeds descriptor `to` of the right one. `|&` has 1 and 2 feed 0. */
  readonly connections: readonly { readonly from: number; readonly to: number }[];
}

// ---------------------------------------------------------------------------------------------------------------
// Commands

export type Command = SimpleCommand | CompoundCommand | FunctionDefinition | Coprocess;

/** What every command has. */
export interface CommandNode extends Node {
  /** The number of the line on which it begins: `LINENO`, and the line of its messages. */
  readonly line: number;
}

/** XCU 2.9.1. At least one of its three lists has an element. */
export interface SimpleCommand extends CommandNode {
  readonly kind: "simple";
  readonly assignments: readonly Assignment[];
  /**
   * The command's name and its arguments. After the name of a declaration utility (`export`, `readonly`, `local`,
   * `declare`, `typeset`, `alias` not; also after `command` and `builtin`), an argument in the form of an
   * assignment is an {@link Assignment}.
   */
  readonly words: readonly (Word | Assignment)[];
  readonly redirections: readonly Redirection[];
}

export type CompoundCommand =
  | Group
  | Subshell
  | IfCommand
  | ForCommand
  | ArithmeticForCommand
  | SelectCommand
  | WhileCommand
  | CaseCommand
  | ArithmeticCommand
  | ConditionalCommand;

/** What every compound command has. */
export interface CompoundNode extends CommandNode {
  readonly redirections: readonly Redirection[];
}

/** `{ …; }` */
export interface Group extends CompoundNode {
  readonly kind: "group";
  readonly body: List;
}

/** `( … )` */
export interface Subshell extends CompoundNode {
  readonly kind: "subshell";
  readonly body: List;
}

export interface IfCommand extends CompoundNode {
  readonly kind: "if";
  /** `if` and each `elif`. */
  readonly clauses: readonly { readonly condition: List; readonly body: List }[];
  readonly otherwise: List | null;
}

export interface ForCommand extends CompoundNode {
  readonly kind: "for";
  readonly variable: string;
  /** `null` without `in`: the positional parameters. */
  readonly words: readonly Word[] | null;
  readonly body: List;
}

/** `for ((initial; condition; step))`; a missing expression is `null`. */
export interface ArithmeticForCommand extends CompoundNode {
  readonly kind: "arithmetic-for";
  readonly initial: Word | null;
  readonly condition: Word | null;
  readonly step: Word | null;
  readonly body: List;
}

export interface SelectCommand extends CompoundNode {
  readonly kind: "select";
  readonly variable: string;
  readonly words: readonly Word[] | null;
  readonly body: List;
}

/** `while`, or `until`. */
export interface WhileCommand extends CompoundNode {
  readonly kind: "while";
  readonly until: boolean;
  readonly condition: List;
  readonly body: List;
}

export interface CaseCommand extends CompoundNode {
  readonly kind: "case";
  readonly subject: Word;
  readonly items: readonly CaseItem[];
}

export interface CaseItem extends Node {
  readonly patterns: readonly Word[];
  readonly body: List;
  /** `;;` also where the last item has none. */
  readonly terminator: ";;" | ";&" | ";;&";
}

/** `((expression))` */
export interface ArithmeticCommand extends CompoundNode {
  readonly kind: "arithmetic-command";
  readonly expression: Word;
}

/** `[[ … ]]` */
export interface ConditionalCommand extends CompoundNode {
  readonly kind: "conditional";
  readonly expression: ConditionalExpression;
}

export type ConditionalExpression =
  | { readonly kind: "not"; readonly operand: ConditionalExpression }
  | { readonly kind: "and" | "or"; readonly left: ConditionalExpression; readonly right: ConditionalExpression }
  | { readonly kind: "parentheses"; readonly operand: ConditionalExpression }
  /** `-f word` and its kin; a lone word is `-n word`, with `operator` the empty string. */
  | { readonly kind: "unary"; readonly operator: string; readonly operand: Word }
  /** `= == != < > =~ -eq …`; the right side is a pattern or a regular expression where the operator says so. */
  | { readonly kind: "binary"; readonly operator: string; readonly left: Word; readonly right: Word };

export interface FunctionDefinition extends CommandNode {
  readonly kind: "function";
  readonly name: string;
  /** Written with the word `function`. */
  readonly keyword: boolean;
  /** A compound command; its redirections are carried out at each call (XCU 2.9.5). */
  readonly body: CompoundCommand;
}

/** `coproc [-x] [NAME] command` */
export interface Coprocess extends CommandNode {
  readonly kind: "coprocess";
  /** Whether its streams 4 and 5 are connected too: `-x`. */
  readonly binary: boolean;
  /** Expanded, but not split. */
  readonly name: Word | null;
  readonly body: Command;
}
