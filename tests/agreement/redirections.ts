/** Writes random redirections (XCU 2.7, bash manual 3.6) of every kind of command. */
import type { Choices } from "./choices.ts";
import type { Words } from "./words.ts";

const TO = [
  ">o1",
  ">>o1",
  "&>o1",
  "&>>o1",
  ">o1 2>&1",
  "2>&1 >o1",
  ">|o1",
  "3<>o1 >&3",
  "3>o1 >&3",
  "3>o1 >&3 3>&-",
  ">&-",
  "2>&-",
  "3>&1 >o1 1>&3-",
  ">none/x",
  ">d",
  "{fd}>o1 >&$fd",
  '>"$a"o1',
  ">o1 >o2",
  "<none >o1",
  ">&9",
  "<&9",
  "0<&-",
  "<<<x",
  "2>&1",
];
/** Those that keep messages apart from what comes out of pipelines: which comes first is a matter of chance. */
const APART = TO.filter((text) => !/&>|2>&1$/.test(text));
/** Whose output goes through another process, which has to be waited for. */
const THROUGH: readonly ((show: string) => string)[] = [
  () => "echo 1 > >(cat)",
  (show) => `{ ${show}; echo 1; } > >(cat)`,
  (show) => `for x in 1 2; do ${show}; done > >(cat; echo $?)`,
  (show) => `if ${show}; then ${show}; fi &> >(sort)`,
  (show) => `while read x; do ${show}; done <f1 > >(cat)`,
];
const FROM = [
  "<o1",
  "<<<'a b'",
  '<<<"$a"',
  "<<<$a$b",
  "< <(echo x; echo y)",
  "3<o1 <&3",
  "3<o1 <&3-",
  "<>o1",
  "<none",
  "0<o1",
  "</dev/null",
  "<f1",
  "< <(exit 3)",
  "3< <(echo p) <&3",
];

/** @param block writes commands, each on lines of its own */
export function redirection(random: Choices, words: Words, block: () => string): string {
  const show = () => `show ${words.several(1)}`;
  const to = random.several(80, 2, () => random.pick(TO)).join(" ");
  const apart = random.several(80, 2, () => random.pick(APART)).join(" ");
  const from = random.pick(FROM);
  switch (random.below(12)) {
    case 0:
      return `{\n${block()}\n} ${apart}; echo $?; cat o1`;
    case 1:
      return `(\n${block()}\n) ${apart}; echo $?; cat o1`;
    case 2:
      return `if ${show()}; then ${show()}; fi ${to}; echo $?; cat o1`;
    case 3:
      return `for x in 1 2; do ${show()}; done ${to}; echo $?; cat o1`;
    case 4:
      return `echo a b >o1; while read -r x y; do show "$x" "$y"; done ${from}; echo $?`;
    case 5:
      return `echo a b >o1; { read -r x; show "$x"; cat; } ${from}; echo $?`;
    case 6:
      return `case x in x) ${show()};; esac ${to}; [[ a ]] ${to}; ((1)) ${to}; echo $?; cat o1`;
    case 7:
      return `${
        random.pick([
          "echo x",
          "cat f1",
          "none",
          "eval echo y",
          ": z",
          "f",
          "true",
          "read x",
          "printf %s x",
          "command echo x",
          "pwd >o2",
        ])
      } ${to}; echo $?; cat o1`;
    case 8:
      return `exec 5>o5 6<&0; echo x >&5; echo y 1>&5; ${
        random.pick(["exec 5>&-", "exec 5>&- 6<&-", "exec 7>&5-; echo z >&7; exec 7>&-", "exec 5>>o5; echo w >&5"])
      }; echo q >&5; echo $?; cat o5`;
    case 9:
      return `exec {fd2}>o6; echo a >&$fd2; ((fd2 > 9)) && echo y; exec {fd2}>&-; echo b >&$fd2; echo $?; cat o6`;
    case 10:
      return `cat <(${show()}) <(echo 2); show <(:) | tr -d 0-9; ${
        random.pick(THROUGH)(`show ${words.literal()}`)
      }; wait $!; echo $?`;
    default:
      return `(exec ${to}; ${show()}; echo e >&2); echo $?; cat o1`;
  }
}
