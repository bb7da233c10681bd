/** Names and numbers of signals as users write and read them (XCU trap, kill; XBD signal.h). */

import { signalList, signalName, signalNumber } from "../system/signal_numbers.ts";
import { DEBUG, ERR, EXIT, RETURN } from "./condition_numbers.ts";

/** The conditions that no signal raises. */
const OWN = new Map([["EXIT", EXIT], ["DEBUG", DEBUG], ["ERR", ERR], ["RETURN", RETURN]]);

/**
 * The number of a condition of `trap`: EXIT or 0, DEBUG, ERR, RETURN, or a signal by number or name, with SIG or without; names
 * in any case. `null` if there is none.
 */
export function parseCondition(text: string): number | null {
  return OWN.get(text.toUpperCase()) ?? parseSignal(text);
}

/** The number of a signal by number or name, in any case, with SIG or without; 0 for 0; `null` if there is none. */
export function parseSignal(text: string): number | null {
  if (/^\d+$/.test(text)) {
    const number = Number(text);
    return number === 0 || signalName(number) !== null ? number : null;
  }
  return signalNumber(text.toUpperCase().replace(/^SIG/, ""));
}

/** The name of a condition as `trap` lists it: with SIG, but not in POSIX mode. */
export function conditionName(condition: number, posix: boolean): string {
  for (const [name, number] of OWN) if (number === condition) return name;
  return (posix ? "" : "SIG") + signalName(condition);
}

/** All signals in columns, as bash's `kill -l` and `trap -l` show them. */
export function listSignals(): string {
  const COLUMNS = 5;
  let text = "";
  signalList().forEach((number, i) => {
    text += `${String(number).padStart(2)}) SIG${signalName(number)}${(i + 1) % COLUMNS === 0 ? "\n" : "\t"}`;
  });
  return text.endsWith("\n") ? text : text + "\n";
}
