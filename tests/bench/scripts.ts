/**
 * The scripts of the benchmark: `scripts/GROUP/NAME.sh`. The first line is a comment that says what it does; `# size: N` gives its
 * first argument, for which bash takes about one and a half seconds unless another shell would take minutes; `# needs: FEATURE` what a shell
 * must have beyond POSIX. What it writes is its answer, which is the same in every shell.
 */
import * as path from "node:path";
import { filesBelow } from "../../native/build/support.ts";

export interface Script {
  readonly group: string;
  readonly name: string;
  readonly file: string;
  readonly description: string;
  readonly size: number;
  /** "" if every shell can run it. */
  readonly needs: string;
}

const directory = path.join(import.meta.dirname!, "scripts");

function readScript(file: string): Script {
  const text = Deno.readTextFileSync(file);
  const field = (name: string) => new RegExp(`^# ${name}: (.*)$`, "m").exec(text)?.[1] ?? "";
  const size = Number(field("size"));
  if (!(size > 0)) throw new Error(`${file}: no size`);
  const [group, name] = path.relative(directory, file).replace(/\.sh$/, "").split(path.sep);
  return {
    group: group!,
    name: name!,
    file,
    description: text.slice(2, text.indexOf("\n")),
    size,
    needs: field("needs"),
  };
}

/** @param groups takes only the scripts of these, if there are any */
export function allScripts(groups: readonly string[]): Script[] {
  return filesBelow(directory, (name) => name.endsWith(".sh"))
    .map(readScript)
    .filter(({ group }) => groups.length === 0 || groups.includes(group));
}
