/**
 * The main module of a finished program: runs its code, with what V8 has compiled of it while the program was built. Without
 * that, V8 would read all of the code at every start and compile what it uses, which takes longer than all else that the
 * shell does at its start. Code that does not fit (from another V8, say) is compiled anew.
 */
import { Script } from "node:vm";

const { dirname } = import.meta;
const script = new Script(Deno.readTextFileSync(`${dirname}/program.txt`), {
  filename: "hexsh",
  cachedData: Deno.readFileSync(`${dirname}/program.cache`),
});
const module = { exports: {} as { start(): void } };
script.runInThisContext()(module);
module.exports.start();
