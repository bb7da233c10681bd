/** Builtins that scripts hardly ever call, without their code. `deferred.ts` has them. */

import type { Builtin } from "../execution/shell.ts";

function stub(name: string, kind: Builtin["kind"], usage: string): Builtin {
  return { name, kind, usage, run: (shell, args) => shell.deferred().builtins.get(name)!.run(shell, args) };
}

export const DEFERRED: readonly Builtin[] = [
  stub("fc", "intrinsic", "[-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]"),
  stub("history", "regular", "[-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]"),
];
