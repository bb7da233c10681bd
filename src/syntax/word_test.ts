import { checkOutlines } from "./testing.ts";

Deno.test("words: are made of literal and quoted parts", () => {
  checkOutlines({
    "abc": "[abc]",
    "a'b'c": "[a+'b'+c]",
    'a"b"c': '[a+"b"+c]',
    "\\a\\ b": "[\\a+\\ +b]",
    "a\\'b": "[a+\\'+b]",
    "''": "['']",
    '""': '[""]',
    "''\"\"": "[''+\"\"]",
    "'a\"b'": "['a\"b']",
    '"a\'b"': '["a\'b"]',
    "é'ü'": "[é+'ü']",
    "*?[a]{1,2}~": "[*?[a]{1,2}~]",
    "~/x": "[~/x]",
    "a#b": "[a#b]",
    "a%b^c,d:e@f=g": "[a%b^c,d:e@f=g]",
    "-x --y=z": "[-x --y=z]",
    "1 2x": "[1 2x]",
    "=x": "[=x]",
    "$ a$": "[$ a$]",
    "a$%": "[a$%]",
    '"$"': '["$"]',
    '"a$"': '["a$"]',
  });
});

Deno.test("words: backslashes quote in double quotes what is special there", () => {
  checkOutlines({
    '"\\$ \\` \\" \\\\ \\a \\n"': '["\\$+ +\\`+ +\\"+ +\\\\+ \\a \\n"]',
    '"a\\\nb"': '["ab"]',
    '"\\\'"': '["\\\'"]',
  });
});

Deno.test("words: dollar quotes decode escapes", () => {
  checkOutlines({
    "$'a\\tb'": "[$'a\tb']",
    "$'\\''": "[$''']",
    "$'\\x41\\101\\u0041\\e'": "[$'AAA\u001b']",
    "\"$'a'\"": "[\"$'a'\"]",
    '$"a$b"': '[$"a+$b"]',
    '"$"': '["$"]',
    "x$'a'y": "[x+$'a'+y]",
  });
});

Deno.test("words: backquotes keep their text for later", () => {
  checkOutlines({
    "`a`": "[`a`]",
    '"`a`"': '["`a`"]',
    "`a \\`b\\``": "[`a `b``]",
    "`a \\$b \\\\`": "[`a $b \\`]",
    '"`a \\"b\\"`"': '["`a "b"`"]',
    "`a\nb`": "[`a\nb`]",
    "``": "[``]",
  });
});

Deno.test("words: command substitutions hold lists", () => {
  checkOutlines({
    "$(a)": "[$([a])]",
    '"$(a "b")"': '["$([a "b"])"]',
    "$()": "[$()]",
    "$( )": "[$()]",
    "$(a;b)": "[$([a]; [b])]",
    "$(a\nb\n)": "[$([a]; [b])]",
    "$(a # comment )\n)": "[$([a])]",
    "$( (a) )": "[$((subshell [a]))]",
    "$(case a in b) c;; esac)": "[$((case a b) [c] ;;))]",
    "$(case a in (b) c;; esac)": "[$((case a b) [c] ;;))]",
    "$(<f)": "[$([<f])]",
    "$(a <<E\n)\nE\n)": "[$([a <<E{)\\n}])]",
    '"$(a "$(b "$c")")"': '["$([a "$([b "$c"])"])"]',
    "$(a $(b) `c`)": "[$([a $([b]) `c`])]",
    "$(a)b$(c)": "[$([a])+b+$([c])]",
    "$(if a; then b; fi)": "[$((if [a] then [b]))]",
    "$(f() { a; })": "[$((function f (group [a])))]",
    "$(echo ')')": "[$([echo ')'])]",
    "$(echo \\))": "[$([echo \\)])]",
    "$(a &)": "[$([a]&)]",
  });
});

Deno.test("words: arithmetic expansions hold an expression", () => {
  checkOutlines({
    "$((1 + 2))": "[$((1 + 2))]",
    '"$((a))"': '["$((a))"]',
    "$(((1)+(2)))": "[$(((1)+(2)))]",
    "$(( $a + ${b} * $(c) - `d` ))": "[$(( +$a+ + +${b}+ * +$([c])+ - +`d`+ ))]",
    "$((a[1]))": "[$((a[1]))]",
    "$((a[$((b))]))": "[$((a[+$((b))+]))]",
    "$((\n1\n))": "[$((\n1\n))]",
    "$((\"1\" + '2'))": "[$((\"1\"+ + '2'))]",
    '$(( "a" ))': '[$(( +"a"+ ))]',
    "$((a << 1))": "[$((a << 1))]",
    "$((# + 1))": "[$((# + 1))]",
    "$(($# ? $# : 0))": "[$(($#+ ? +$#+ : 0))]",
    "$[1 + 2]": "[$[1 + 2]]",
    "$[a[1]]": "[$[a[1]]]",
    '"$[1]"': '["$[1]"]',
    "$[[1]]": "[$[[1]]]",
    "$(())": "[$((()))]",
  });
});

Deno.test("words: two parentheses may begin a command substitution", () => {
  checkOutlines({
    "$((a); b)": "[$((subshell [a]); [b])]",
    "$((a) )": "[$((subshell [a]))]",
    "$((a); (b))": "[$((subshell [a]); (subshell [b]))]",
    "$(( (a) || b ) && c)": "[$(((subshell ((subshell [a]) || [b])) && [c]))]",
    "$((a | b); c)": "[$((subshell (pipe [a] | [b])); [c])]",
    "$((a)\n)": "[$((subshell [a]))]",
    "$(($(a); $(b)) )": "[$((subshell [$([a])]; [$([b])]))]",
  });
});

Deno.test("words: process substitutions", () => {
  checkOutlines({
    "<(a)": "[<([a])]",
    ">(a)": "[>([a])]",
    "<(a; b)": "[<([a]; [b])]",
    "a<(b)c": "[a+<([b])+c]",
    '"<(a)"': '["<(a)"]',
    "<(a <(b))": "[<([a <([b])])]",
    "<( (a) )": "[<((subshell [a]))]",
    "a <(b) >(c)": "[a <([b]) >([c])]",
    "a < <(b)": "[a <<([b])]",
    "a=<(b)": "[a=<([b])]",
  });
});

Deno.test("words: extended globs, where they are on", () => {
  checkOutlines({
    "@(a|b)": "[@(a|b)]",
    "!(a)": "[!(a)]",
    "a?(b c)d": "[a?(b c)d]",
    "*(a|*(b))": "[*(a|*(b))]",
    "+(a;b&c<d>e)": "[+(a;b&c<d>e)]",
    "@($a|\"b c\"|'d)')": "[@(+$a+|+\"b c\"+|+'d)'+)]",
    "x@(a)b": "[x@(a)b]",
    '"@(a)"': '["@(a)"]',
    "\\@x": "[\\@+x]",
    "@(a\nb)": "[@(a\nb)]",
    "case a in @(b|c)) d;; esac": "(case a @(b|c)) [d] ;;)",
  }, { extglob: true });
});
