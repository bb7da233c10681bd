/** What is mostly no program: tokens in any order, and programs that were cut off or changed. */
import type { Random } from "./random.ts";

const TOKENS = [
  ..."if then elif else fi for while until do done case esac in select function time coproc { } ! [[ ]]".split(" "),
  ..."; ;; ;& ;;& & && | || |& |5> |1>0,5>4 ( ) (( )) < > >> << <<- <<< <& >& <> >| &> &>>".split(" "),
  ..."$( ` $(( $[ ${ ${#a} ${a:- ${a/b/ ${a: ${a[ $a $1 $@ $' $\" ' \" \\ <( >( @( +( ] [ } = += a= a=( a[1]= #".split(
    " ",
  ),
  ..."a bc 12 2 {x} x=1 a() f( -p -- -f == =~ -eq ~ * ? é EOF E 2>&1 \t \n \n \\\n".split(" "),
  "\n",
  "\n",
  " ",
  "\\\n",
  "\udcff",
  "\0",
];

/** Tokens in any order. */
export function soup(random: Random): string {
  let text = "";
  for (let count = 1 + random.below(30); count > 0; count--) {
    text += random.pick(TOKENS) + (random.chance(70) ? " " : "");
  }
  return text;
}

/** A program that ends too early. */
export function truncated(program: string, random: Random): string {
  return program.slice(0, random.below(program.length));
}

/** A program in which pieces have been taken out, doubled, moved or replaced. */
export function mutated(program: string, random: Random): string {
  const pieces = program.match(/\s+|\w+|[^\s\w]/gu) ?? [];
  for (let count = 1 + random.below(4); count > 0 && pieces.length > 0; count--) {
    const at = random.below(pieces.length);
    const other = random.below(pieces.length);
    switch (random.below(4)) {
      case 0:
        pieces.splice(at, 1);
        break;
      case 1:
        pieces.splice(at, 0, pieces[other]!);
        break;
      case 2:
        pieces[at] = random.pick(TOKENS);
        break;
      default:
        [pieces[at], pieces[other]] = [pieces[other]!, pieces[at]!];
    }
  }
  return pieces.join("");
}
