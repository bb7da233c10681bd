/** The main module of a program that only says whether V8 takes the compiled code that `native/build/loader.ts` would run. */
import { Script } from "node:vm";

const { dirname } = import.meta;
const script = new Script(Deno.readTextFileSync(`${dirname}/program.txt`), {
  filename: "hexsh",
  cachedData: Deno.readFileSync(`${dirname}/program.cache`),
});
console.log((script as unknown as { cachedDataRejected: boolean }).cachedDataRejected ? "rejected" : "taken");
