/** Job specifications among the operands of builtins (XBD 3.182; bash manual 7.1). */

import type { Builtin, JobView, Shell } from "../execution/shell.ts";

/** The job that `operand` names, or the current one without. `null` after an error, which has been reported. */
export function findJob(shell: Shell, builtin: Pick<Builtin, "name">, operand: string | undefined): JobView | null {
  const found = shell.jobs.find(operand ?? "%%");
  if (typeof found !== "string") return found;
  const shown = operand ?? "current";
  if (found === "none") shell.report(`${builtin.name}: ${shown}: no such job`);
  else shell.report(`${builtin.name}: ${shown.replace(/^%\??/, "")}: ambiguous job spec`);
  return null;
}
