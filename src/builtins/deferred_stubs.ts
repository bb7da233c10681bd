/** Builtins that scripts hardly ever call, without their code. `src/deferred.ts` has them. */

import type { Builtin } from "../execution/shell.ts";

function stub(name: string, kind: Builtin["kind"], usage: string): Builtin {
  return { name, kind, usage, run: (shell, args) => shell.deferred().builtins.get(name)!.run(shell, args) };
}

const GENERATORS = "[-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] " +
  "[-P prefix] [-S suffix]";

export const DEFERRED: readonly Builtin[] = [
  stub(
    "bind",
    "regular",
    "[-lpsvPSVX] [-m keymap] [-f filename] [-q name] [-u name] [-r keyseq] [-x keyseq:shell-command] " +
      "[keyseq:readline-function or readline-command]",
  ),
  stub("compgen", "regular", `[-abcdefgjksuv] ${GENERATORS} [word]`),
  stub("complete", "regular", `[-abcdefgjksuv] [-pr] [-DEI] ${GENERATORS} [name ...]`),
  stub("compopt", "regular", "[-o|+o option] [-DEI] [name ...]"),
  stub("fc", "intrinsic", "[-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]"),
  stub("history", "regular", "[-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]"),
];
