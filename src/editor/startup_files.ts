/** The files that a shell executes when it starts and, if it is a login shell, when it ends. */

import type { Interpreter } from "../execution/interpreter.ts";
import type { Shell } from "../execution/shell.ts";
import { Divert } from "../execution/state.ts";
import type { Invocation } from "../invocation.ts";
import { R_OK } from "../system/constants.ts";

/**
 * Executes the start-up files: of a login shell `/etc/profile` and then the first of `~/.hexsh_profile` and `~/.profile` that can be
 * read; of an interactive shell `hexsh/rc.sh` in the user's directory for configuration, or the file that `--rcfile` names. In POSIX
 * mode they are those of `sh`: `~/.profile` alone, and the file that ENV names (XCU 2.5.3).
 */
export function runStartupFiles(shell: Interpreter, invocation: Invocation): void {
  const { rc, profile, rcFile } = invocation.startupFiles;
  const { posix, privileged } = shell.options;
  if (invocation.login && profile) {
    runIfThere(shell, "/etc/profile");
    const names = posix ? [".profile"] : [".hexsh_profile", ".profile"];
    const own = names.flatMap((name) => inHome(shell, name) ?? []).find((path) => isReadable(shell, path));
    if (own !== undefined) run(shell, own);
  }
  if (!shell.state.interactive || shell.state.divert === Divert.exit) return;
  if (posix) {
    if (!privileged) runEnvironmentFile(shell);
  } else if (rc) {
    const path = rcFile ?? configurationFile(shell);
    if (path !== null) runIfThere(shell, path);
  }
}

/** What a login shell executes when it ends. */
export function runLogoutFile(shell: Shell): void {
  const path = inHome(shell, ".hexsh_logout");
  if (path !== null) runIfThere(shell, path);
}

/** A file in the home directory; `null` without one: then there is nothing that is the user's own. */
function inHome(shell: Shell, name: string): string | null {
  const home = shell.variables.get("HOME").read();
  return home ? `${home}/${name}` : null;
}

function configurationFile(shell: Shell): string | null {
  const directory = shell.variables.get("XDG_CONFIG_HOME").read();
  return directory?.startsWith("/") ? `${directory}/hexsh/rc.sh` : inHome(shell, ".config/hexsh/rc.sh");
}

function runEnvironmentFile(shell: Shell): void {
  const value = shell.variables.get("ENV").read();
  if (value === undefined || value === "") return;
  try {
    runIfThere(shell, shell.expandText(value));
  } catch (error) {
    shell.failed(error, "command");
  }
}

function isReadable(shell: Shell, path: string): boolean {
  return shell.system.access(path, R_OK) === 0;
}

function runIfThere(shell: Shell, path: string): void {
  if (shell.state.divert !== Divert.exit && isReadable(shell, path)) run(shell, path);
}

/** Executes a file as `.` does. What it gives up, by an error or by Ctrl-C, is the file alone; `exit` in it ends the shell. */
function run(shell: Shell, path: string): void {
  const { state } = shell;
  const name = path.includes("/") ? path : `./${path}`;
  shell.builtins.get(".")!.run(shell, ["--", name]);
  if (state.divert === Divert.exit) return;
  shell.unwind();
}
