/** The shells that a benchmark compares: hexsh, and whichever others are installed. */
import { programFile } from "../../native/build/build.ts";

export interface BenchedShell {
  readonly name: string;
  readonly command: readonly string[];
  /** What of the extensions to POSIX that scripts ask for it has; see {@link scripts.ts}. */
  readonly features: readonly string[];
}

/** bash's syntax, which the scripts that need it are written in. */
const BASH_LIKE = ["local", "split", "associative", "bash"];

const OTHERS: readonly BenchedShell[] = [
  { name: "bash", command: ["bash"], features: BASH_LIKE },
  { name: "dash", command: ["dash"], features: ["local", "split"] },
  { name: "mksh", command: ["mksh"], features: ["local", "split"] },
  { name: "ksh93", command: ["ksh93"], features: ["split", "associative", "bash"] },
  { name: "zsh", command: ["zsh", "--emulate", "ksh"], features: BASH_LIKE },
  { name: "yash", command: ["yash"], features: ["local", "split"] },
  { name: "busybox", command: ["busybox", "sh"], features: ["local", "split"] },
];

function isInstalled(command: string): boolean {
  return (Deno.env.get("PATH") ?? "").split(":").some((directory) => {
    try {
      return Deno.statSync(`${directory}/${command}`).isFile;
    } catch {
      return false;
    }
  });
}

/** hexsh first, then the others. @param names takes only these, if there are any */
export function installedShells(names: readonly string[]): BenchedShell[] {
  const hexsh: BenchedShell = { name: "hexsh", command: [programFile], features: BASH_LIKE };
  const others = OTHERS.filter(({ name, command }) =>
    (names.length === 0 || names.includes(name)) && isInstalled(command[0]!)
  );
  return [hexsh, ...others];
}
