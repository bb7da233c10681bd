/** Which failures are tried, and what they may do. */
import { EAGAIN, EINTR, EINVAL, EIO, EMFILE, ENFILE, ENOENT, ENOMEM, ENOSPC, ESPIPE } from "../../src/system/errno.ts";
import type { Fault, Operation } from "./faulty_system.ts";

/**
 * What a failure may show of itself:
 *
 *   `hidden`    nothing: the call is repeated, or done in another way
 *   `reported`  one message, and the status of a command
 *   `either`    one message or none, as it matters or not
 *   `fatal`     one message, and the end of the shell, which would go on in the wrong place
 */
export type Consequence = "hidden" | "reported" | "either" | "fatal";

interface Kind {
  readonly result: Fault["result"];
  readonly consequence: Consequence;
}

const hidden = (result: Fault["result"]): Kind => ({ result, consequence: "hidden" });
const reported = (result: number): Kind => ({ result, consequence: "reported" });
const fatal = (result: number): Kind => ({ result, consequence: "fatal" });
const either = (result: number): Kind => ({ result, consequence: "either" });

/** What can go wrong with each operation. */
export const KINDS: Readonly<Record<Operation, readonly Kind[]>> = {
  access: [either(-EIO)],
  awaitChildren: [hidden(-EINTR)],
  chdir: [either(-EIO)],
  close: [hidden(-EIO)],
  duplicate: [either(-EMFILE)],
  fchdir: [fatal(-EIO)],
  fork: [either(-EAGAIN), reported(-ENOMEM)],
  fstat: [either(-EIO)],
  getStatusFlags: [either(-EINVAL)],
  getcwd: [either(-ENOENT)],
  getrlimit: [either(-EINVAL)],
  lseek: [either(-ESPIPE)],
  lstat: [either(-EIO)],
  memfdCreate: [either(-EMFILE), either(-ENOMEM)],
  open: [hidden(-EINTR), either(-EMFILE), either(-ENFILE)],
  pipe2: [either(-EMFILE), either(-ENFILE)],
  pipeCapacity: [hidden(-EINVAL)],
  pipeHolding: [hidden(-EMFILE), hidden(-EAGAIN)],
  poll: [hidden(-EINTR)],
  read: [hidden(-EINTR), hidden("short"), either(-EIO)],
  readAll: [hidden(-EINTR), either(-EIO)],
  readDirectory: [either(-EIO)],
  run: [hidden("interrupted"), hidden(-EAGAIN), hidden(-ENOMEM)],
  setStatusFlags: [either(-EINVAL)],
  spawn: [either(-EAGAIN), reported(-ENOMEM)],
  stat: [either(-EIO)],
  tee: [hidden(-EINVAL)],
  waitpid: [hidden(-EINTR)],
  write: [hidden(-EINTR), either(-EAGAIN), hidden("short"), either(-ENOSPC), either(-EIO)],
};
