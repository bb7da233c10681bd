/** What a command of the editor is. */

import type { Key } from "../terminal/key_decoder.ts";
import type { Editing } from "./editing.ts";

/**
 * @param count the numeric argument, 1 without one; a negative one turns the direction round
 * @param key what called it
 */
export type Command = (editing: Editing, count: number, key: Key) => void;

/** Commands by the names that readline has for them. */
export type CommandTable = Readonly<Record<string, Command>>;
