/** The line editor on a terminal: what it shows, what it leaves behind, and what it makes of signals. */
import { deepEqual, equal } from "node:assert/strict";
import { Screen } from "../screen.ts";
import { session } from "../session.ts";

const DIFFERS = { differs: { bash: "its editor shows lists and messages otherwise" } };

session("lines are edited, and run", async (context) => {
  const screen = new Screen(context);
  await screen.shows("$ |");
  await screen.type("echo helo\x1b[D\x1b[Dl\r", "$ echo hello\nhello\n$ |");
}, DIFFERS);
