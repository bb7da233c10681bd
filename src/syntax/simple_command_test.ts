import { checkOutlines } from "./testing.ts";

Deno.test("simple commands: assignments, words and redirections in any order", () => {
  checkOutlines({
    "a": "[a]",
    "a b c": "[a b c]",
    "a=1 b": "[a=1 b]",
    "a=1 b=2": "[a=1 b=2]",
    ">a": "[>a]",
    ">a b": "[b >a]",
    "a >b c": "[a c >b]",
    "a=1 >b c d=2": "[a=1 c d=2 >b]",
    ">a b=1 c": "[b=1 c >a]",
    "a b=1 >c": "[a b=1 >c]",
    "[ a ]": "[[ a ]]",
    "[ a = b ]": "[[ a = b ]]",
    "test a -o b": "[test a -o b]",
    ": ${a:=b}": "[: ${a|:=|b}]",
    ". a b": "[. a b]",
    "-": "[-]",
    "a#b #c": "[a#b]",
    "a\\\nb c": "[ab c]",
    "\"a\" 'b' $c": "[\"a\" 'b' $c]",
    "$a b": "[$a b]",
    "{a,b}": "[{a,b}]",
    "~/a": "[~/a]",
    "% + , . / @": "[% + , . / @]",
    "a! !b": "[a! !b]",
    "a{ b}": "[a{ b}]",
    "a]] [[b": "[a]] [[b]",
    "a;": "[a]",
  });
});
