import { Choices } from "./choices.ts";

/** How many programs are asked about at once. */
const ASKED = 20;

/**
 * Makes the choices that a program is made by fewer and smaller, as long as some test of the program holds. `make` writes a program;
 * `find` gives the index of the first program that the test holds for, of several, or -1.
 */
export async function shrink(
  made: readonly number[],
  make: (choices: Choices) => string,
  find: (programs: readonly string[]) => Promise<number>,
): Promise<string> {
  let smallest = replay(made, make);
  let candidates = simpler(smallest.choices);
  // What failed for a larger program mostly does for a smaller one: the search goes on where it was, round and round.
  let at = 0;
  for (let failed = 0; failed < candidates.length;) {
    if (at >= candidates.length) at = 0;
    const given = candidates.slice(at, at + ASKED);
    const asked = given.map((choices) => replay(choices, make));
    const smaller = asked.filter(({ choices }) => isSmaller(choices.made, smallest.choices.made));
    const found = smaller.length === 0 ? -1 : await find(smaller.map(({ program }) => program));
    if (found < 0) {
      at += given.length;
      failed += given.length;
      continue;
    }
    at += asked.indexOf(smaller[found]!);
    smallest = smaller[found]!;
    candidates = simpler(smallest.choices);
    failed = 0;
  }
  return smallest.program;
}

function replay(given: readonly number[], make: (choices: Choices) => string) {
  const choices = new Choices(given, null);
  return { program: make(choices), choices };
}

/** What could be chosen instead, what makes the greatest difference first. */
function simpler({ made, spans }: Choices): number[][] {
  const largestFirst = spans.toSorted((one, other) => (other.end - other.start) - (one.end - one.start));
  const without = largestFirst.filter(({ kind }) => kind === "item")
    .map(({ start, end }) => made.toSpliced(start, end - start));
  const hoisted = largestFirst.filter(({ kind }) => kind === "statement").flatMap((outer) =>
    spans.filter((inner) =>
      inner.kind === "statement" && inner !== outer && outer.start <= inner.start && inner.end <= outer.end
    )
      .map((inner) => [...made.slice(0, outer.start), ...made.slice(inner.start, inner.end), ...made.slice(outer.end)])
  );
  const smaller = made.flatMap((choice, at) =>
    [...new Set([0, choice >> 1, choice - 1])].filter((lower) => 0 <= lower && lower < choice).map((lower) =>
      made.with(at, lower)
    )
  );
  return [...without, ...hoisted, ...smaller];
}

/** Whether there are fewer choices, or as many and the first that differs is smaller. */
function isSmaller(one: readonly number[], other: readonly number[]): boolean {
  if (one.length !== other.length) return one.length < other.length;
  const at = one.findIndex((choice, index) => choice !== other[index]);
  return at >= 0 && one[at]! < other[at]!;
}
