/** Every command of the editor by its name. */

import type { Command } from "../command.ts";
import { CHANGING } from "./changing.ts";
import { COMPLETING } from "./completing.ts";
import { HISTORY } from "./history.ts";
import { KILLING } from "./killing.ts";
import { MOVEMENT } from "./movement.ts";
import { OTHER } from "./other.ts";

const TABLES = [MOVEMENT, HISTORY, CHANGING, KILLING, COMPLETING, OTHER];

export const COMMANDS: ReadonlyMap<string, Command> = new Map(TABLES.flatMap((table) => Object.entries(table)));
