import { checkOutlines } from "./testing.ts";

Deno.test("conditionals: unary and binary operators", () => {
  checkOutlines({
    "[[ a ]]": "([[ (word a) ]])",
    "[[ -n a ]]": "([[ (-n a) ]])",
    '[[ -f "a b" ]]': '([[ (-f "a b") ]])',
    "[[ a = b ]]": "([[ (= a b) ]])",
    "[[ a == b* ]]": "([[ (== a b*) ]])",
    '[[ a != "b"* ]]': '([[ (!= a "b"+*) ]])',
    "[[ a < b ]]": "([[ (< a b) ]])",
    "[[ a > b ]]": "([[ (> a b) ]])",
    "[[ a -eq 1 ]]": "([[ (-eq a 1) ]])",
    "[[ a -nt b ]]": "([[ (-nt a b) ]])",
    "[[ -v a[1] ]]": "([[ (-v a[1]) ]])",
    "[[ -a b ]]": "([[ (-a b) ]])",
    "[[ -o b ]]": "([[ (-o b) ]])",
    "[[ a -ef b ]]": "([[ (-ef a b) ]])",
    "[[ $a ]]": "([[ (word $a) ]])",
    '[[ "" ]]': '([[ (word "") ]])',
    "[[ -z $a ]]": "([[ (-z $a) ]])",
    "[[ -t 1 ]]": "([[ (-t 1) ]])",
    "[[ -N a ]]": "([[ (-N a) ]])",
    "[[ -- = -- ]]": "([[ (= -- --) ]])",
    "[[ -f -f ]]": "([[ (-f -f) ]])",
    "[[ a=b ]]": "([[ (word a=b) ]])",
    "[[ == == == ]]": "([[ (== == ==) ]])",
  });
});

Deno.test("conditionals: and, or, not and parentheses", () => {
  checkOutlines({
    "[[ a && b ]]": "([[ (and (word a) (word b)) ]])",
    "[[ a || b ]]": "([[ (or (word a) (word b)) ]])",
    "[[ a && b || c && d ]]": "([[ (or (and (word a) (word b)) (and (word c) (word d))) ]])",
    "[[ a || b && c || d ]]": "([[ (or (word a) (or (and (word b) (word c)) (word d))) ]])",
    "[[ ! a ]]": "([[ (! (word a)) ]])",
    "[[ ! -f a && ! b ]]": "([[ (and (! (-f a)) (! (word b))) ]])",
    "[[ ! ! a ]]": "([[ (word a) ]])",
    "[[ ! ! ! a ]]": "([[ (! (word a)) ]])",
    "[[ ( a ) ]]": "([[ (parentheses (word a)) ]])",
    "[[ (a) ]]": "([[ (parentheses (word a)) ]])",
    "[[ ( a || b ) && c ]]": "([[ (and (parentheses (or (word a) (word b))) (word c)) ]])",
    "[[ ! ( a ) ]]": "([[ (! (parentheses (word a))) ]])",
    "[[ (a && (b || c)) ]]": "([[ (parentheses (and (word a) (parentheses (or (word b) (word c))))) ]])",
    "[[ a == b\n|| c ]]": "([[ (or (== a b) (word c)) ]])",
    "[[\n( a )\n]]": "([[ (parentheses (word a)) ]])",
    "[[ a && ! (b) ]]": "([[ (and (word a) (! (parentheses (word b)))) ]])",
  });
});

Deno.test("conditionals: words are not split and no reserved words", () => {
  checkOutlines({
    "[[ if == then ]]": "([[ (== if then) ]])",
    "[[ a\\ b == c ]]": "([[ (== a+\\ +b c) ]])",
    "[[ $a == $(b) ]]": "([[ (== $a $([b])) ]])",
    "[[ { == } ]]": "([[ (== { }) ]])",
    "[[ a == [b] ]]": "([[ (== a [b]) ]])",
    "[[ a == [[ ]]": "([[ (== a [[) ]])",
  });
});

Deno.test("conditionals: patterns may be extended globs", () => {
  checkOutlines({
    "[[ a == @(b|c) ]]": "([[ (== a @(b|c)) ]])",
    "[[ a = !(b c)d ]]": "([[ (= a !(b c)d) ]])",
    "[[ a != +([a-z]) ]]": "([[ (!= a +([a-z])) ]])",
    '[[ a == *(b|"c d")* ]]': '([[ (== a *(b|+"c d"+)*) ]])',
  });
});

Deno.test("conditionals: regular expressions hold parentheses and bars", () => {
  checkOutlines({
    "[[ a =~ b ]]": "([[ (=~ a b) ]])",
    "[[ a =~ (b|c) ]]": "([[ (=~ a (b|c)) ]])",
    "[[ a =~ ^(b c)+$ ]]": "([[ (=~ a ^(b c)+$) ]])",
    "[[ a =~ b|c ]]": "([[ (=~ a b|c) ]])",
    "[[ a =~ [[:space:]] ]]": "([[ (=~ a [[:space:]]) ]])",
    '[[ a =~ "b" ]]': '([[ (=~ a "b") ]])',
    "[[ a =~ $b ]]": "([[ (=~ a $b) ]])",
    "[[ a =~ b\\ c ]]": "([[ (=~ a b+\\ +c) ]])",
    "[[ a =~ (b|(c d))e && f ]]": "([[ (and (=~ a (b|(c d))e) (word f)) ]])",
    "[[ a =~ [b] || c ]]": "([[ (or (=~ a [b]) (word c)) ]])",
    "[[ a =~ ^$ ]]": "([[ (=~ a ^$) ]])",
    "[[ a =~ b&&c ]]": "([[ (and (=~ a b) (word c)) ]])",
    "[[ a =~ \\( ]]": "([[ (=~ a \\() ]])",
    "[[ a =~ a{1,2} ]]": "([[ (=~ a a{1,2}) ]])",
    "[[ a =~ (\nb) ]]": "([[ (=~ a (\nb)) ]])",
  });
});

Deno.test("conditionals: redirections and lists stand behind them", () => {
  checkOutlines({
    "[[ a ]] >b": "([[ (word a) ]]) >b",
    "[[ a ]] && b": "(([[ (word a) ]]) && [b])",
    "[[ a ]] | b": "(pipe ([[ (word a) ]]) | [b])",
    "! [[ a ]]": "(pipe ! ([[ (word a) ]]))",
    "[[ a ]]; b": "([[ (word a) ]]); [b]",
    "if [[ a ]]; then b; fi": "(if ([[ (word a) ]]) then [b])",
    "while [[ a ]] do b; done": "(while ([[ (word a) ]]) do [b])",
  });
});
