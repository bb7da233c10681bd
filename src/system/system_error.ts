import { errorName, strerror } from "./errno.ts";

/** A system call that failed, where that is not for the caller of the call to handle. */
export class SystemError extends Error {
  override readonly name = "SystemError";
  /** The error number, positive. */
  readonly errno: number;
  /** The name of the error, such as "ENOENT". */
  readonly code: string;

  /**
   * @param operation what was tried, such as "spawn ls"
   * @param result what the call returned: `-errno`
   */
  constructor(operation: string, result: number) {
    super(`${operation}: ${strerror(result)}`);
    this.errno = -result;
    this.code = errorName(result) ?? String(this.errno);
  }
}

/** `result`, unless it is `-errno`: then throws {@link SystemError}. */
export function orThrow<T>(operation: string, result: T | number): T {
  if (typeof result === "number" && result < 0) throw new SystemError(operation, result);
  return result as T;
}
