/** Where commands were found (XCU 2.9.1.4, hash). Whoever changes PATH clears it; a file that has vanished is looked for anew. */

import { S_IFMT, S_IFREG, X_OK } from "../system/constants.ts";
import type { Files } from "../system/system.ts";
import type { CommandHash, Variables } from "./shell.ts";
import { CANNOT_EXECUTE, NOT_FOUND } from "./status.ts";
import { Stack } from "./stack.ts";

interface Entry {
  readonly path: string;
  hits: number;
  /** Whether the user knows of it. */
  listed: boolean;
}

/** Why a restricted shell must not remember `path`; `null` if it may: what PATH finds (bash manual 6.10). */
export function restriction(
  { hash, variables }: { readonly hash: CommandHash; readonly variables: Pick<Variables, "get"> },
  path: string,
): string | null {
  if (path.includes("/")) return `${path}: restricted`;
  const found = hash.search(path, variables.get("PATH").read() ?? "");
  return typeof found === "number" ? `${path}: not found` : null;
}

export class RememberedLocations implements CommandHash {
  private entriesByName = new Map<string, Entry>();
  /** For each subshell, what was known before its first change; `null` before that. */
  private readonly saved = new Stack<Map<string, Entry> | null>();

  /** Whether what is found is to be listed. */
  private listing = true;

  constructor(
    private readonly files: Pick<Files, "stat" | "access">,
    private readonly variables: Pick<Variables, "get">,
    private readonly options: { readonly hashall: boolean; readonly checkhash: boolean },
  ) {}

  find(name: string): string | 126 | 127 {
    if (name.includes("/")) return name;
    const known = this.entriesByName.get(name);
    if (known !== undefined && this.listing) {
      known.hits++;
      known.listed = true;
    }
    if (known !== undefined && !(this.options.checkhash && this.files.access(known.path, X_OK) !== 0)) {
      return known.path;
    }
    const path = this.variables.get("PATH").read();
    if (name === "" || path === undefined) return NOT_FOUND;
    const found = this.search(name, path);
    // What was found by a relative directory is found elsewhere after `cd`.
    if (typeof found === "string" && this.options.hashall && found.startsWith("/")) {
      this.change();
      this.entriesByName.set(name, { path: found, hits: this.listing ? 1 : 0, listed: this.listing });
    }
    return found;
  }

  use(name: string): string | undefined {
    const known = this.entriesByName.get(name);
    if (known === undefined || !known.listed) return undefined;
    known.hits++;
    return known.path;
  }

  unlisted<T>(run: () => T): T {
    const { listing } = this;
    this.listing = false;
    try {
      return run();
    } finally {
      this.listing = listing;
    }
  }

  peek(name: string): string | 126 | 127 {
    return this.entriesByName.get(name)?.path ?? this.search(name, this.variables.get("PATH").read() ?? "");
  }

  search(name: string, path: string, permission = X_OK): string | 126 | 127 {
    let status: 126 | 127 = NOT_FOUND;
    for (const directory of path.split(":")) {
      // A null prefix is the working directory (XBD 8.3).
      const candidate = directory === ""
        ? `./${name}`
        : directory.endsWith("/")
        ? directory + name
        : `${directory}/${name}`;
      const file = this.files.stat(candidate);
      if (typeof file === "number" || (file.mode & S_IFMT) !== S_IFREG) continue;
      if (this.files.access(candidate, permission) === 0) return candidate;
      status = CANNOT_EXECUTE;
    }
    return status;
  }

  remember(name: string, path: string): void {
    this.change();
    this.entriesByName.set(name, { path, hits: 0, listed: true });
  }

  forget(name: string): boolean {
    this.change();
    return this.entriesByName.delete(name);
  }

  clear(): void {
    if (this.entriesByName.size === 0) return;
    this.change();
    this.entriesByName.clear();
  }

  entries(): { name: string; path: string; hits: number }[] {
    return Array.from(this.entriesByName)
      .filter(([, { listed }]) => listed)
      .map(([name, { path, hits }]) => ({ name, path, hits }));
  }

  /** Keeps what is known before its first change in a subshell. */
  private change(): void {
    if (this.saved.top !== null) return;
    this.saved.replaceTop(this.entriesByName);
    this.entriesByName = new Map(this.entriesByName);
  }

  enterSubshell(): void {
    this.saved.push(null);
  }

  leaveSubshell(): void {
    const entries = this.saved.pop();
    if (entries) this.entriesByName = entries;
  }

  becomeSubshell(): void {
    // It keeps what is known.
  }
}
