/** `:`, `true` and `false` (XCU colon, true, false). */

import type { Builtin } from "../execution/shell.ts";
import { FAILURE, SUCCESS } from "../execution/status.ts";

export const colon: Builtin = {
  name: ":",
  kind: "special",
  usage: "[arguments]",
  quiet: true,
  helpless: true,
  run: () => SUCCESS,
};

export const trueCommand: Builtin = {
  name: "true",
  kind: "intrinsic",
  usage: "",
  quiet: true,
  helpless: true,
  run: () => SUCCESS,
};

export const falseCommand: Builtin = {
  name: "false",
  kind: "intrinsic",
  usage: "",
  quiet: true,
  helpless: true,
  run: () => FAILURE,
};
