import { checkOutlines } from "./testing.ts";

Deno.test("stream operators: connect descriptors", () => {
  checkOutlines({
    "a |5> b": "(pipe [a] |5>4 [b])",
    "a |5>4 b": "(pipe [a] |5>4 [b])",
    "a |2> b": "(pipe [a] |2>0 [b])",
    "a |2>3 b": "(pipe [a] |2>3 [b])",
    "a |1>0,5>4 b": "(pipe [a] |1>0,5>4 [b])",
    "a |1>,5> b": "(pipe [a] |1>0,5>4 [b])",
    "a |2>b": "(pipe [a] |2>0 [b])",
    "a |5>4b": "(pipe [a] |5>4 [4b])",
    "a|10>11 b": "(pipe [a] |10>11 [b])",
    "a |5>\nb": "(pipe [a] |5>4 [b])",
    "a |5> b |2> c | d": "(pipe [a] |5>4 [b] |2>0 [c] | [d])",
    "(a) |5> (b)": "(pipe (subshell [a]) |5>4 (subshell [b]))",
  });
});

Deno.test("stream operators: a blank, a redirection or a word behind the number makes it a pipe", () => {
  checkOutlines({
    "a | 5>f b": "(pipe [a] | [b 5>f])",
    "a |2>&1 b": "(pipe [a] | [b 2>&1])",
    "a |2>>f b": "(pipe [a] | [b 2>>f])",
    "a |2>|f b": "(pipe [a] | [b 2>|f])",
    "a |5 b": "(pipe [a] | [5 b])",
    "a |x>f b": "(pipe [a] | [x b >f])",
    "a |>f b": "(pipe [a] | [b >f])",
    "a |5<f b": "(pipe [a] | [b 5<f])",
  });
});

Deno.test("stream operators: POSIX mode has none", () => {
  checkOutlines({
    "a |5> b": "(pipe [a] | [5>b])",
    "a |1>0 b": "(pipe [a] | [b 1>0])",
  }, { posix: true });
});
