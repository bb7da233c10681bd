/** What the editor's model asks of the shell. */

import { expandTilde } from "../completion/files.ts";
import { isComplete } from "../execution/completeness.ts";
import type { Shell } from "../execution/shell.ts";
import { VERSION } from "../version.ts";
import { Completer } from "./completer.ts";
import { listCandidates } from "./candidate_list.ts";
import type { EnteredLines } from "../history/entered_lines.ts";
import type { Candidate, CompletionKind, CompletionPurpose, Completions } from "./model/completion.ts";
import type { Advisor } from "./model/editing.ts";

/** More candidates than this are shown only if that is wanted. */
const LONG_LIST = 100;

export class ShellAdvisor implements Advisor {
  readonly version = `hexsh ${VERSION}`;

  private readonly completer: Completer;

  constructor(private readonly shell: Shell, private readonly lines: EnteredLines) {
    this.completer = new Completer(shell);
  }

  complete(text: string, cursor: number, kind: CompletionKind, purpose: CompletionPurpose): Completions {
    return this.completer.complete(text, cursor, kind, purpose);
  }

  isLongList(candidates: readonly Candidate[]): boolean {
    const size = this.shell.system.windowSize(this.shell.streams.table.get(2)?.descriptor ?? -1);
    if (candidates.length > LONG_LIST || typeof size === "number") return candidates.length > LONG_LIST;
    return listCandidates(candidates, size.columns || 80).length > (size.rows || 24) / 2;
  }

  isComplete(text: string): boolean {
    return isComplete(this.shell, this.lines.expanded(text) ?? "");
  }

  expandHistory(text: string): string | null {
    return this.lines.expanded(text);
  }

  expandLine(text: string): string | null {
    return this.lines.expanded(text);
  }

  expandTilde(word: string): string {
    return expandTilde(this.shell, word);
  }
}
