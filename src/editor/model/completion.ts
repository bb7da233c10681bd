/** What the editor asks for to complete a word, and what it gets. */

export interface Candidate {
  /** What stands in the line for it, with its quoting. */
  readonly text: string;
  /** What it is called in a list. */
  readonly shown: string;
  /** What it is, in a few words. */
  readonly description?: string | undefined;
  /** What follows when it is the only one: a blank, a slash, a closing quote. */
  readonly suffix: string;
}

export interface Completions {
  /** The stretch of the text that a candidate takes the place of. */
  readonly start: number;
  readonly end: number;
  /** In the order in which they are listed. */
  readonly candidates: readonly Candidate[];
  /** What all of them have in common, as it stands in the line. */
  readonly common: string;
}

/** What kind of words is asked for: by the place in the command, or always the same. */
export type CompletionKind = "by place" | "command" | "filename" | "username" | "variable" | "hostname" | "glob";

/** What is to be done with the candidates. */
export type CompletionPurpose = "complete" | "list" | "insert all" | "menu";
