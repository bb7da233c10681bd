/** Carries redirections out (XCU 2.7; bash manual 3.6): opens what they name and enters it into the descriptor table. */

import { canonical } from "../system/bytes.ts";
import {
  O_ACCMODE,
  O_APPEND,
  O_CREAT,
  O_EXCL,
  O_RDONLY,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  S_IFMT,
  S_IFREG,
} from "../system/constants.ts";
import { EBADF, EEXIST, EINTR, EINVAL, strerror } from "../system/errno.ts";
import type { Descriptors, Files } from "../system/system.ts";
import type { RedirectionOperator } from "../syntax/tree.ts";
import { type Connector, type Endpoint, endpointOf } from "./network.ts";
import type { DescriptorTable } from "./descriptor_table.ts";
import { HereDocument } from "./here_document.ts";
import type { OpenFile } from "./open_file.ts";

/** A redirection whose words are expanded. */
export interface RedirectionRequest {
  /** The number before the operator; `null` for the operator's default; `new` to choose a free one. */
  readonly descriptor: number | "new" | null;
  readonly operator: RedirectionOperator;
  /** The path, the number or `-`; for a here-document or here-string its text. */
  readonly target: string;
}

/** The number that was redirected, or what went wrong, as the text of a message; empty if there is nothing to say. */
export type RedirectionResult = number | {
  readonly error: string;
  /** Whether what was to be duplicated is not open. */
  readonly badDescriptor?: boolean;
  /** Whether there was no number left for `{name}>`. */
  readonly noNumber?: boolean;
};

type RedirectionSystem =
  & Pick<Files, "open" | "stat" | "fstat">
  & Pick<Descriptors, "close" | "pipeHolding" | "write" | "memfdCreate" | "lseek" | "getStatusFlags">;

const PERMISSIONS = 0o666;

export class Redirector {
  /**
   * @param noclobber whether `>` must leave existing files alone now (`set -C`)
   * @param givenUp asked when a signal comes while an open waits (for the other end of a FIFO, say): whether to give up
   * @param strict whether a descriptor must be open for what it is duplicated for, as POSIX has it
   * @param offline whether network endpoints must not be opened now (`set -o nonet`)
   */
  constructor(
    private readonly system: RedirectionSystem,
    private readonly table: DescriptorTable,
    private readonly noclobber: () => boolean,
    private readonly givenUp: () => boolean,
    private readonly strict: () => boolean,
    private readonly connector: Connector,
    private readonly offline: () => boolean,
  ) {}

  /** Carries one redirection out within the table's innermost frame. */
  redirect(request: RedirectionRequest): RedirectionResult {
    const { operator, target } = request;
    switch (operator) {
      case "<":
        return this.file(request, 0, O_RDONLY);
      case ">":
        return this.noclobber()
          ? this.fileUnlessExisting(request)
          : this.file(request, 1, O_WRONLY | O_CREAT | O_TRUNC);
      case ">|":
        return this.file(request, 1, O_WRONLY | O_CREAT | O_TRUNC);
      case ">>":
        return this.file(request, 1, O_WRONLY | O_CREAT | O_APPEND);
      case "<>":
        return this.file(request, 0, O_RDWR | O_CREAT);
      case "<&":
      case ">&":
        return this.duplicate(request);
      case "&>":
      case "&>>":
        return this.both(request, operator === "&>" ? O_TRUNC : O_APPEND);
      case "<<":
      case "<<-":
      case "<<<":
        return this.document(request, target);
    }
  }

  private enter(request: RedirectionRequest, standard: number, file: OpenFile): RedirectionResult {
    const number = request.descriptor === "new" ? this.table.freeNumber() : request.descriptor ?? standard;
    this.table.hold(file);
    if (number < 0) {
      this.table.release(file);
      return { error: `${request.target}: ${strerror(EINVAL)}`, noNumber: true };
    }
    const result = this.table.set(number, file);
    this.table.release(file);
    return result < 0 ? { error: `${number}: ${strerror(-result)}` } : number;
  }

  private file(request: RedirectionRequest, standard: number, flags: number): RedirectionResult {
    const endpoint = endpointOf(request.target);
    if (endpoint !== null) return this.connection(request, standard, endpoint);
    const descriptor = this.open(request.target, flags);
    if (descriptor < 0) return cannotOpen(request.target, descriptor);
    return this.enter(request, standard, this.table.adopt(descriptor));
  }

  private connection(request: RedirectionRequest, standard: number, endpoint: Endpoint): RedirectionResult {
    const { target } = request;
    if (this.offline()) return { error: `${target}: network connections are disabled` };
    const descriptor = this.connector.open(endpoint);
    if (typeof descriptor === "number") return this.enter(request, standard, this.table.adopt(descriptor));
    return { error: descriptor.error === "" ? "" : `${target}: ${descriptor.error}` };
  }

  private open(path: string, flags: number): number {
    const translated = this.table.translate(path);
    for (;;) {
      const descriptor = this.system.open(translated, flags, PERMISSIONS);
      if (descriptor !== -EINTR || this.givenUp()) return descriptor;
    }
  }

  /** `>` with noclobber: only a file that isn't a regular one may exist already (XCU 2.7.2). */
  private fileUnlessExisting(request: RedirectionRequest): RedirectionResult {
    const { target } = request;
    if (endpointOf(target) !== null) return this.file(request, 1, 0);
    const exists = { error: `${target}: cannot overwrite existing file` };
    const status = this.system.stat(target);
    if (typeof status !== "number" && (status.mode & S_IFMT) === S_IFREG) return exists;
    if (typeof status === "number") {
      const descriptor = this.open(target, O_WRONLY | O_CREAT | O_EXCL);
      if (descriptor === -EEXIST) return exists;
      if (descriptor < 0) return cannotOpen(target, descriptor);
      return this.enter(request, 1, this.table.adopt(descriptor));
    }
    const descriptor = this.open(target, O_WRONLY);
    if (descriptor < 0) return cannotOpen(target, descriptor);
    // Somebody may have put a regular file in its place since.
    const opened = this.system.fstat(descriptor);
    if (typeof opened !== "number" && (opened.mode & S_IFMT) === S_IFREG) {
      this.system.close(descriptor);
      return exists;
    }
    return this.enter(request, 1, this.table.adopt(descriptor));
  }

  /** `n<&m`, `n>&m`, `n>&-`, `n>&m-`; bash's `>&word` for both outputs. */
  private duplicate(request: RedirectionRequest): RedirectionResult {
    const { target } = request;
    const operator = request.operator === "<&" ? "<&" : ">&";
    const standard = operator === "<&" ? 0 : 1;
    if (target === "-") {
      const number = request.descriptor === null || request.descriptor === "new" ? standard : request.descriptor;
      this.table.set(number, undefined);
      return number;
    }
    const match = /^(\d+)(-?)$/.exec(target);
    if (match === null) {
      if (operator === ">&" && request.descriptor === null && target !== "") return this.both(request, O_TRUNC);
      return { error: `${target}: ambiguous redirect` };
    }
    const source = Number(match[1]);
    const file = this.table.get(source);
    if (file === undefined) return { error: `${target}: ${strerror(EBADF)}`, badDescriptor: true };
    if (this.strict() && !this.isOpenFor(file, operator)) return { error: `${target}: ${strerror(EBADF)}` };
    const result = this.enter(request, standard, file);
    if (match[2] === "-" && typeof result === "number" && result !== source) this.table.set(source, undefined);
    return result;
  }

  /** Whether `file` can be read, for `<&`, or written, for `>&` (XCU 2.7.5, 2.7.6). */
  private isOpenFor(file: OpenFile, operator: "<&" | ">&"): boolean {
    if (file.capture !== null) return operator === ">&";
    if (file.document !== null) return operator === "<&";
    const mode = this.system.getStatusFlags(file.descriptor) & O_ACCMODE;
    return mode === O_RDWR || mode === (operator === "<&" ? O_RDONLY : O_WRONLY);
  }

  private both(request: RedirectionRequest, mode: number): RedirectionResult {
    const result = mode === O_TRUNC && this.noclobber()
      ? this.fileUnlessExisting({ ...request, descriptor: 1 })
      : this.file({ ...request, descriptor: 1 }, 1, O_WRONLY | O_CREAT | mode);
    if (typeof result === "number") this.table.set(2, this.table.get(1));
    return result;
  }

  private document(request: RedirectionRequest, text: string): RedirectionResult {
    const document = new HereDocument(this.system, canonical(text));
    return this.enter(request, 0, this.table.adoptDocument(document));
  }
}

/** @param error `-errno` */
function cannotOpen(path: string, error: number): RedirectionResult {
  // Who interrupts it knows.
  return { error: error === -EINTR ? "" : `${path}: ${strerror(-error)}` };
}
