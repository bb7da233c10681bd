/** Colours as one types, and suggestions from the history. */
import { Screen, type ScreenOptions } from "../screen.ts";
import { type Context, session } from "../session.ts";

const DIFFERS = { differs: { bash: "its editor has neither" } };

async function begin(context: Context, options: ScreenOptions = {}): Promise<Screen> {
  const screen = new Screen(context, { arguments: ["--norc", "--noprofile", "-i"], columns: 60, ...options });
  await screen.shows("$ |");
  return screen;
}

session("commands that there are have another colour than those that there are not", async (context) => {
  const screen = await begin(context);
  await screen.terminal.send("echox");
  await screen.showsStyled("$ {31:echox}");
  await screen.terminal.send("\x7f");
  await screen.showsStyled("$ {32:echo}");
  await screen.terminal.send("\x15if /bin/ls");
  await screen.showsStyled("$ {34:if} {32:/bin/ls}");
  await screen.terminal.send("\x15f() { :; }; alias a=b\r");
  await screen.shows("$ f() { :; }; alias a=b\n$ |");
  await screen.terminal.send("f; a");
  await screen.showsStyled("$ {32:f}{35:;} {32:a}");
}, DIFFERS);

session("quotations, variables, operators and comments have colours, complete or not", async (context) => {
  const screen = await begin(context);
  await screen.terminal.send("x=1 echo 'a' \"b $x\" | cat >f # end");
  await screen.showsStyled(
    "$ {36:x=}1 {32:echo} {33:'a'} {33:\"b }{36:$x}{33:\"} {35:|} {32:cat} {35:>}f {90:# end}",
  );
  await screen.terminal.send("\x15echo \"$(ls 'un");
  await screen.showsStyled("$ {32:echo} {33:\"}{35:$(}{32:ls}{33: 'un}");
}, DIFFERS);

session("the history suggests how a line may go on; Right and End take that", async (context) => {
  const screen = await begin(context);
  await screen.type("echo one two\r", "$ echo one two\none two\n$ |");
  await screen.type("\x0cec", "$ ec|ho one two");
  await screen.showsStyled("$ {31:ec}{90:ho one two}");
  await screen.type("\x1bf", "$ echo| one two");
  await screen.type("\x1b[C", "$ echo one two|");
  await screen.type("\x7f", "$ echo one tw|o");
  await screen.type("\x02", "$ echo one t|w");
  await screen.type("\x05", "$ echo one tw|o");
  await screen.type("\x05", "$ echo one two|");
}, DIFFERS);

session("a suggestion is no part of the line", async (context) => {
  const screen = await begin(context);
  await screen.type("echo one\r", "$ echo one\none\n$ |");
  await screen.type("\x0cecho\r", "$ echo\n\n$ |");
  await screen.type("ech", "$ echo\n\n$ ech|o");
  await screen.type("\x03", "$ echo\n\n$ ech^C\n$ |");
}, DIFFERS);

session("NO_COLOR and set +o take the colours and suggestions away", async (context) => {
  const plain = await begin(context, { variables: { NO_COLOR: "1" } });
  await plain.type("echo one\r", "$ echo one\none\n$ |");
  await plain.type("\x0cech", "$ ech|o one");
  await plain.showsStyled("$ ech{2:o one}");
  const screen = await begin(context);
  await screen.type("set +o colors +o suggestions\r", "$ set +o colors +o suggestions\n$ |");
  await screen.type("\x0cset", "$ set|");
  await screen.showsStyled("$ set");
}, DIFFERS);
