/**
 * Where an interactive shell gets its lines from: the line editor, or the terminal as it is ({@link "./plain_lines.ts"}).
 *
 * A line source shows the prompt and comes back with a line. While it waits for keys it does so by
 * {@link PromptWait.awaitInput}, which attends to everything that may happen meanwhile: traps run, jobs are reported, the window
 * changes its size, the time runs out.
 */

export interface LineRequest {
  /** What to show before the line; what is between \x01 and \x02 takes no room on the screen. */
  readonly prompt: string;
  /** Whether a command has begun, which the line goes on with. */
  readonly continuation: boolean;
  /** What stands in the line already, for a source that lets it be changed. */
  readonly initial?: string;
}

export type LineOutcome =
  /** A line, with its newline unless the input ended without one. */
  | { readonly kind: "line"; readonly text: string }
  /** The input has ended: Ctrl-D on an empty line, or the terminal is gone. */
  | { readonly kind: "end" }
  /** Ctrl-C, or a trap that ends the shell: what was typed is dropped. The cursor is on an empty line. */
  | { readonly kind: "interrupted" }
  /** The time that TMOUT allows is over. */
  | { readonly kind: "timed out" };

export interface LineSource {
  /** Whether a line can be given back to be changed. */
  readonly editable: boolean;
  /**
   * Reads one line. The terminal is in the modes that programs want before and afterwards. An editor that makes it raw leaves
   * ISIG set and VINTR as it is, so that Ctrl-C comes as a signal; VQUIT and VSUSP it disables.
   */
  readLine(request: LineRequest, wait: PromptWait): LineOutcome;
}

/** What came of waiting for a key; "interrupted" and "timed out" are to be returned by `readLine`. */
export type WaitOutcome = "ready" | "interrupted" | "timed out";

export interface PromptWait {
  /**
   * Waits until `descriptor` has something to read, its end included.
   *
   * @param screen what the line source shows; `null` if others may write as they like
   */
  awaitInput(descriptor: number, screen: Screen | null): WaitOutcome;
}

/** What a line editor shows, and others have to write over. */
export interface Screen {
  /** Somebody else is about to write: the cursor goes to an empty line, and the modes are those for programs. */
  leave(): void;
  /** They have written: shows the prompt and the line again, in modes for editing. */
  enter(): void;
  /** The window has a new size; LINES and COLUMNS say so already. */
  resized(): void;
}
