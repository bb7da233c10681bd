/**
 * The main module while a program is being built: runs its code, and keeps what V8 has compiled of it by the end in the file
 * that HEXSH_TRAINING names, for `loader.ts`. Of several processes the one that has compiled most counts, most often the
 * last subshell: it has what all shells need and what only subshells do.
 */
import { Script } from "node:vm";
import type { System } from "../../src/system/system.ts";

const script = new Script(Deno.readTextFileSync(`${import.meta.dirname}/program.txt`), { filename: "hexsh" });
const module = { exports: {} as { start(): void; nativeSystem(): System } };
script.runInThisContext()(module);
const system = module.exports.nativeSystem();
const variable = "HEXSH_TRAINING=";
const file = system.start.environment.find((entry) => entry.startsWith(variable))!.slice(variable.length);
const { exit } = system;
system.exit = (status) => {
  const compiled = (script as unknown as { createCachedData(): Uint8Array }).createCachedData();
  const kept = system.stat(file);
  if (typeof kept === "number" || kept.size < compiled.length) Deno.writeFileSync(file, compiled);
  return exit.call(system, status);
};
module.exports.start();
