/** The builtins by name. */

import type { Builtin } from "../execution/shell.ts";
import { alias, unalias } from "./alias.ts";
import { builtinCommand } from "./builtin.ts";
import { caller } from "./caller.ts";
import { cat } from "./cat.ts";
import { cd, pwd } from "./cd.ts";
import { command } from "./command.ts";
import { declare, local, typeset } from "./declare.ts";
import { DEFERRED } from "./deferred_stubs.ts";
import { dirs, popd, pushd } from "./dirs.ts";
import { dot, source } from "./dot.ts";
import { echo } from "./echo.ts";
import { enable } from "./enable.ts";
import { evalCommand } from "./eval.ts";
import { exec } from "./exec.ts";
import { exit, logout, returnCommand } from "./exit.ts";
import { exportCommand, readonlyCommand } from "./export.ts";
import { bg, disown, fg } from "./fg.ts";
import { getopts } from "./getopts.ts";
import { hash } from "./hash.ts";
import { help } from "./help_command.ts";
import { jobs } from "./jobs.ts";
import { kill } from "./kill.ts";
import { letCommand } from "./let.ts";
import { breakCommand, continueCommand } from "./loop_control.ts";
import { mapfile, readarray } from "./mapfile.ts";
import { colon, falseCommand, trueCommand } from "./null_commands.ts";
import { meter } from "./meter.ts";
import { printf } from "./printf.ts";
import { read } from "./read.ts";
import { set } from "./set.ts";
import { shift } from "./shift.ts";
import { streams } from "./streams.ts";
import { suspend } from "./suspend.ts";
import { tee } from "./tee.ts";
import { bracket, test } from "./test.ts";
import { shopt } from "./shopt.ts";
import { times } from "./times.ts";
import { trap } from "./trap.ts";
import { type } from "./type.ts";
import { ulimit } from "./ulimit.ts";
import { umask } from "./umask.ts";
import { unset } from "./unset.ts";
import { wait } from "./wait.ts";

const ALL: readonly Builtin[] = [
  // The special ones (XCU 2.15).
  breakCommand,
  colon,
  continueCommand,
  dot,
  evalCommand,
  exec,
  exit,
  exportCommand,
  readonlyCommand,
  returnCommand,
  set,
  shift,
  source,
  times,
  trap,
  unset,
  // The intrinsic ones (XCU 1.7).
  alias,
  bg,
  cd,
  command,
  falseCommand,
  fg,
  getopts,
  hash,
  jobs,
  kill,
  pwd,
  read,
  trueCommand,
  type,
  ulimit,
  umask,
  unalias,
  wait,
  // All others.
  bracket,
  builtinCommand,
  caller,
  declare,
  dirs,
  cat,
  disown,
  echo,
  enable,
  help,
  letCommand,
  local,
  logout,
  mapfile,
  popd,
  meter,
  printf,
  pushd,
  readarray,
  shopt,
  streams,
  suspend,
  tee,
  test,
  typeset,
  ...DEFERRED,
];

export const BUILTINS: ReadonlyMap<string, Builtin> = new Map(ALL.map((builtin) => [builtin.name, builtin]));
