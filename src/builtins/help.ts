/**
 * The help texts, by command. The build puts them into a file of its own inside the program, so that a shell which nobody asks
 * for help does not load them.
 */

import { aliasHelp, unaliasHelp } from "./alias.ts";
import { help as builtin } from "./builtin.ts";
import { help as caller } from "./caller.ts";
import { help as cat } from "./cat.ts";
import { cdHelp, pwdHelp } from "./cd.ts";
import { help as command } from "./command.ts";
import { declareHelp, localHelp } from "./declare.ts";
import { dirsHelp, popdHelp, pushdHelp } from "./dirs.ts";
import { help as bind } from "./bind.ts";
import { help as compgen } from "./compgen.ts";
import { help as complete } from "./complete.ts";
import { help as compopt } from "./compopt.ts";
import { help as dot } from "./dot.ts";
import { help as echo } from "./echo.ts";
import { help as enable } from "./enable.ts";
import { help as evalCommand } from "./eval.ts";
import { help as exec } from "./exec.ts";
import { exitHelp, logoutHelp, returnHelp } from "./exit.ts";
import { exportHelp, readonlyHelp } from "./export.ts";
import { bgHelp, disownHelp, fgHelp } from "./fg.ts";
import { help as fc } from "./fc.ts";
import { help as getopts } from "./getopts.ts";
import { help as hash } from "./hash.ts";
import { help as history } from "./history.ts";
import { helpHelp } from "./help_command.ts";
import { TOPICS } from "./help_topics.ts";
import { help as jobs } from "./jobs.ts";
import { help as kill } from "./kill.ts";
import { help as letCommand } from "./let.ts";
import { breakHelp, continueHelp } from "./loop_control.ts";
import { help as mapfile } from "./mapfile.ts";
import { help as meter } from "./meter.ts";
import { help as printf } from "./printf.ts";
import { help as read } from "./read.ts";
import { help as set } from "./set.ts";
import { help as shift } from "./shift.ts";
import { help as shopt } from "./shopt.ts";
import { help as streams } from "./streams.ts";
import { help as suspend } from "./suspend.ts";
import { help as tee } from "./tee.ts";
import { help as test } from "./test.ts";
import { help as times } from "./times.ts";
import { help as trap } from "./trap.ts";
import { help as type } from "./type.ts";
import { help as ulimit } from "./ulimit.ts";
import { help as umask } from "./umask.ts";
import { help as unset } from "./unset.ts";
import { help as wait } from "./wait.ts";

const hexsh = `usage: hexsh [options] [script [argument ...]]
       hexsh [options] -c command [name [argument ...]]
       hexsh [options] -s [argument ...]

A Unix shell: the POSIX shell language and that of bash, job control, and six
standard streams. Without a script or -c, commands are read from standard input;
from a terminal, interactively.

Options:
  -c          the first argument is the text of a command
  -s          read commands from standard input
  -i          be interactive
  -l, --login
              be a login shell: read /etc/profile and ~/.hexsh_profile
  -o option   set an option by its name; +o unsets it. All options of the set
              builtin are allowed, also by their letters: -e, -u, -x ...
  --posix     behave as POSIX says where bash by default differs
  --rcfile F  read F in place of ~/.config/hexsh/rc.sh
  --import-functions
              take the functions that another shell has exported from the
              environment, as a shell of the name bash does
  --norc, --noprofile
              read no start-up files of interactive or login shells
  --version   print the version
  --help      print this text

Every builtin has a help text of its own: export --help, say.
`;

export const HELP: Readonly<Record<string, string>> = {
  hexsh,
  topics: Object.keys(TOPICS).join("\n"),
  ...Object.fromEntries(Object.entries(TOPICS).map(([name, { usage, text }]) => [name, `${usage}\n${text}`])),
  ".": dot,
  "[": test,
  alias: aliasHelp,
  bg: bgHelp,
  break: breakHelp,
  builtin,
  caller,
  cat,
  cd: cdHelp,
  command,
  bind,
  compgen,
  complete,
  compopt,
  continue: continueHelp,
  declare: declareHelp,
  dirs: dirsHelp,
  disown: disownHelp,
  echo,
  enable,
  eval: evalCommand,
  exec,
  exit: exitHelp,
  export: exportHelp,
  fc,
  fg: fgHelp,
  getopts,
  hash,
  help: helpHelp,
  history,
  jobs,
  kill,
  let: letCommand,
  local: localHelp,
  logout: logoutHelp,
  mapfile,
  popd: popdHelp,
  meter,
  printf,
  pushd: pushdHelp,
  pwd: pwdHelp,
  read,
  readarray: mapfile,
  readonly: readonlyHelp,
  return: returnHelp,
  set,
  shift,
  shopt,
  source: dot,
  streams,
  suspend,
  tee,
  test,
  times,
  trap,
  type,
  typeset: declareHelp,
  ulimit,
  umask,
  unalias: unaliasHelp,
  unset,
  wait,
};
