/** What a program is made of. */
export interface Program {
  /** The main module. It exports `start`, which runs the program, and `nativeSystem`. */
  readonly entry: string;
  /** The finished program. */
  readonly file: string;
  /** The directory of the modules that the program may import. */
  readonly sources: string;
  /** Files that the program holds beside its code, by their names, with the function that makes their text. */
  readonly assets: Readonly<Record<string, () => Promise<string>>>;
  /** Gives the names of the commands that it has itself. If there are none, it runs no commands. */
  readonly commandNames: () => Promise<readonly string[]>;
  /** The arguments with which it is run while it is built, to find out what of its code programs use. */
  readonly training: readonly string[];
}
