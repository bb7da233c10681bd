/**
 * The completion room: what a word may be completed to (bash manual 8.6).
 *
 * A {@link Specification} says how the arguments of a command are completed; `complete` makes them, {@link specificationsOf} keeps
 * them. `generate.ts` carries one out: names of some kind (`actions.ts`), files (`files.ts`), words of a list (`word_list.ts`), what
 * a function or a command says (`programs.ts`). Where on a line a word stands is the editor's affair, not this room's.
 */

import type { Shell } from "../execution/shell.ts";
import type { ActionName } from "./actions.ts";

export const COMPLETION_OPTIONS = [
  "bashdefault",
  "default",
  "dirnames",
  "filenames",
  "noquote",
  "nosort",
  "nospace",
  "plusdirs",
] as const;

export type CompletionOption = (typeof COMPLETION_OPTIONS)[number];

export function isCompletionOption(name: string): name is CompletionOption {
  return (COMPLETION_OPTIONS as readonly string[]).includes(name);
}

/** How words are completed. */
export interface Specification {
  /** Kinds of names (`-A`). */
  readonly actions: readonly ActionName[];
  readonly options: Set<CompletionOption>;
  /** A pattern of files (`-G`). */
  readonly glob: string | null;
  /** Words that are expanded and split (`-W`). */
  readonly words: string | null;
  /** A function that sets COMPREPLY (`-F`). */
  readonly functionName: string | null;
  /** A command that prints candidates (`-C`). */
  readonly command: string | null;
  /** A pattern of candidates to leave out (`-X`). */
  readonly filter: string | null;
  /** What is put before (`-P`) and behind (`-S`) each candidate. */
  readonly prefix: string;
  readonly suffix: string;
}

export const NO_SPECIFICATION: Specification = {
  actions: [],
  options: new Set(),
  glob: null,
  words: null,
  functionName: null,
  command: null,
  filter: null,
  prefix: "",
  suffix: "",
};

/** What is completed that is no argument of a certain command: of any other one, on an empty line, the command itself. */
export type SpecialPlace = "default" | "empty" | "initial";

export class Specifications {
  private readonly commands = new Map<string, Specification>();
  private readonly places = new Map<SpecialPlace, Specification>();
  /** The one that is being carried out, which `compopt` without names changes, and whether the word has quoting. */
  current: { readonly specification: Specification; readonly quoted: boolean } | null = null;

  /** The specification of a command: by its name as it is written, or its file's. */
  find(command: string): Specification | undefined {
    return this.commands.get(command) ?? this.commands.get(command.slice(command.lastIndexOf("/") + 1));
  }

  get(command: string): Specification | undefined {
    return this.commands.get(command);
  }

  set(command: string, specification: Specification): void {
    this.commands.set(command, specification);
  }

  delete(command: string): boolean {
    return this.commands.delete(command);
  }

  entries(): [string, Specification][] {
    return [...this.commands];
  }

  at(place: SpecialPlace): Specification | undefined {
    return this.places.get(place);
  }

  setAt(place: SpecialPlace, specification: Specification): void {
    this.places.set(place, specification);
  }

  deleteAt(place: SpecialPlace): boolean {
    return this.places.delete(place);
  }

  clear(): void {
    this.commands.clear();
    this.places.clear();
  }
}

const specifications = new WeakMap<Shell, Specifications>();

/** The specifications of a shell. */
export function specificationsOf(shell: Shell): Specifications {
  let found = specifications.get(shell);
  if (found === undefined) specifications.set(shell, found = new Specifications());
  return found;
}
