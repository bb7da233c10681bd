/** What a word is completed to when no specification has anything for it (bash manual 8.6): for `compgen`. */

import type { Shell } from "../execution/shell.ts";
import { expandPathname } from "../expansion/pathname.ts";
import { commandNames, hostNames, namesFor, userNames } from "./actions.ts";
import { dotNames, fileNames } from "./files.ts";
import type { Specification } from "./specification.ts";

/** What the options `bashdefault` and `default` add where there is nothing else. */
export function defaultNames(shell: Shell, { options }: Specification, word: string): string[] {
  const names = options.has("bashdefault") ? namesByPlace(shell, word) : [];
  if (names.length > 0 || !options.has("default")) return names;
  return [...dotNames(word), ...fileNames(shell, word)];
}

/** Variables, substituted commands, users and hosts by how the word begins; files that it matches as a pattern. */
function namesByPlace(shell: Shell, word: string): string[] {
  const { 1: opener, 2: name } = /^(\$[({]?)(.*)$/s.exec(word) ?? [];
  if (opener === "$" || opener === "${") {
    return namesFor(shell, "variable", name!).map((variable) => opener + variable + (opener === "$" ? "" : "}"));
  }
  if (opener !== undefined) {
    return commandNames(shell, name!).filter((command) => command.startsWith(name!)).map((command) => opener + command);
  }
  if (word.startsWith("~") && !word.includes("/")) {
    const users = userNames(shell).map((user) => `~${user}`).filter((user) => user.startsWith(word));
    if (users.length > 0) return users;
  }
  if (word.startsWith("@") && shell.options.hostcomplete) {
    const hosts = hostNames(shell).map((host) => `@${host}`).filter((host) => host.startsWith(word));
    if (hosts.length > 0) return hosts;
  }
  return /[*?[]/.test(word) ? expandPathname(shell.environment.files, word, shell.options, null) : [];
}
