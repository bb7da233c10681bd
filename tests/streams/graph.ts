/**
 * Random pipelines of `sixstream` joined by all kinds of operators, with redirections of every stream, and a model that says
 * which bytes must arrive where.
 *
 * The model knows descriptors, connections and redirections as the charter and POSIX define them (XCU 2.7, 2.9.2), and nothing of how
 * the shell goes about it. A pipeline in which the order of bytes would be a matter of chance is not used.
 */
import type { Random } from "../fuzz/random.ts";
import { sixstream } from "./sixstream.ts";

/** Something that bytes go to: a file or a pipe. */
interface Sink {
  readonly name: string;
  bytes: Uint8Array[];
}

/** What a descriptor of a stage leads to. */
type Place =
  | { readonly kind: "input"; readonly bytes: () => Uint8Array }
  | { readonly kind: "output"; readonly sinks: readonly Sink[]; readonly given: boolean };

type Redirection =
  | { readonly kind: "write" | "append"; readonly descriptor: number; readonly file: string }
  | { readonly kind: "read"; readonly descriptor: number; readonly file: string }
  | { readonly kind: "copy"; readonly descriptor: number; readonly from: number; readonly input: boolean }
  | { readonly kind: "close"; readonly descriptor: number };

interface Stage {
  readonly name: string;
  /** The command, with `%` in place of its redirections. */
  readonly form: string;
  readonly redirections: readonly Redirection[];
}

interface Connection {
  readonly from: number;
  readonly to: number;
}

interface Joint {
  readonly operator: string;
  readonly connections: readonly Connection[];
  /** Redirections that bring what it connects to the streams that sixstream uses. */
  readonly left?: readonly Redirection[];
  readonly right?: readonly Redirection[];
}

export interface RandomGraph {
  /** Commands that set options before the pipeline. */
  readonly setting: string;
  readonly pipeline: string;
  /** The files that it is to find. */
  readonly inputs: ReadonlyMap<string, Uint8Array>;
  /** The files that it must leave, with standard output as `stdout`. */
  readonly outputs: ReadonlyMap<string, Uint8Array>;
}

const MOST_STAGES = 8;
const OUTPUTS = [1, 2, 3, 5];
/** The same in the order in which sixstream writes; 1 and 5 as their input comes. */
const WRITTEN = [1, 5, 2, 3];

const copy = (descriptor: number, from: number, input: boolean): readonly Redirection[] => [
  { kind: "copy", descriptor, from, input },
  { kind: "close", descriptor: from },
];

const JOINTS: readonly Joint[] = [
  { operator: "|", connections: [{ from: 1, to: 0 }] },
  { operator: "|5>", connections: [{ from: 5, to: 4 }] },
  { operator: "|1>0,5>4", connections: [{ from: 1, to: 0 }, { from: 5, to: 4 }] },
  { operator: "|1>4,5>0", connections: [{ from: 1, to: 4 }, { from: 5, to: 0 }] },
  { operator: "|2>", connections: [{ from: 2, to: 0 }] },
  { operator: "|3>4", connections: [{ from: 3, to: 4 }] },
  { operator: "|1>0,2>0,3>4", connections: [{ from: 1, to: 0 }, { from: 2, to: 0 }, { from: 3, to: 4 }] },
  { operator: "|5>4,2>4", connections: [{ from: 5, to: 4 }, { from: 2, to: 4 }] },
  { operator: "|&", connections: [{ from: 1, to: 0 }] },
  { operator: "|1>6,5>4", connections: [{ from: 1, to: 6 }, { from: 5, to: 4 }], right: copy(0, 6, true) },
  { operator: "|7>0", connections: [{ from: 7, to: 0 }], left: copy(5, 7, false) },
  { operator: "|12>13", connections: [{ from: 12, to: 13 }], left: copy(1, 12, false), right: copy(4, 13, true) },
];

/** With `set -o multios` alone may a descriptor be connected to several others. */
const FAN_OUT: readonly Joint[] = [
  { operator: "|1>0,1>4", connections: [{ from: 1, to: 0 }, { from: 1, to: 4 }] },
  { operator: "|2>0,5>0,5>4", connections: [{ from: 2, to: 0 }, { from: 5, to: 0 }, { from: 5, to: 4 }] },
];

const FORMS = ["sixstream NAME %", "% sixstream NAME", "{ sixstream NAME; } %", "(sixstream NAME) %", "f NAME %"];

/** The next graph of the generator, in which nothing is left to chance. */
export function randomGraph(random: Random): RandomGraph {
  for (;;) {
    const graph = tryGraph(random);
    if (graph !== null) return graph;
  }
}

function tryGraph(random: Random): RandomGraph | null {
  const multios = random.chance(30);
  const setting = random.pick(["", "set -m", "shopt -s lastpipe"]);
  const inputs = new Map([["text", bytes(random)], ["data", bytes(random)]]);
  const count = 2 + random.below(MOST_STAGES - 1);
  const joints = Array.from(
    { length: count - 1 },
    () => random.pick(multios && random.chance(40) ? FAN_OUT : JOINTS),
  );
  const stages = Array.from(
    { length: count },
    (_, index) => makeStage(random, index, joints[index - 1], joints[index], multios),
  );
  const outputs = new Model(inputs, multios).run(stages, joints);
  if (outputs === null) return null;
  const texts = stages.map(textOf);
  const pipeline = texts.map((text, index) => index === 0 ? text : `${joints[index - 1]!.operator} ${text}`).join(" ");
  return { setting: [setting, `set ${multios ? "-" : "+"}o multios`].join("\n"), pipeline, inputs, outputs };
}

function bytes(random: Random): Uint8Array {
  const result = new Uint8Array(random.pick([0, 1, 4000, 70_000, 200_000]));
  for (let i = 0; i < result.length; i++) result[i] = random.below(256);
  return result;
}

function makeStage(
  random: Random,
  index: number,
  before: Joint | undefined,
  behind: Joint | undefined,
  multios: boolean,
): Stage {
  const connectedIn = new Set(before?.connections.map(({ to }) => to));
  const connectedOut = new Set(behind?.connections.map(({ from }) => from));
  const redirections: Redirection[] = [...before?.right ?? []];
  for (const [descriptor, file] of [[0, "text"], [4, "data"]] as const) {
    const moved = before?.right?.some((other) => other.kind === "copy" && other.descriptor === descriptor);
    if (!connectedIn.has(descriptor) && !moved && random.chance(index === 0 ? 80 : 20)) {
      redirections.push({ kind: "read", descriptor, file });
    }
  }
  for (const descriptor of OUTPUTS) {
    const file = `${index}.${descriptor}`;
    const moved = behind?.left?.some((other) => other.kind === "copy" && other.descriptor === descriptor);
    if (moved || (descriptor === 1 && behind === undefined && random.chance(50))) continue;
    if (connectedOut.has(descriptor)) {
      // The pipe alone counts, unless outputs add up.
      if (multios && random.chance(30)) redirections.push({ kind: "write", descriptor, file });
      continue;
    }
    const choice = random.below(10);
    if (choice < 6 || multios) redirections.push({ kind: choice % 2 ? "write" : "append", descriptor, file });
    else if (choice < 8) redirections.push({ kind: "close", descriptor });
    else redirections.push({ kind: "copy", descriptor, from: random.pick(OUTPUTS), input: false });
  }
  redirections.push(...behind?.left ?? []);
  return { name: `stage${index}`, form: random.pick(FORMS), redirections };
}

function textOf({ name, form, redirections }: Stage): string {
  const text = redirections.map((redirection) => {
    const { descriptor } = redirection;
    switch (redirection.kind) {
      case "write":
        return `${descriptor}>${redirection.file}`;
      case "append":
        return `${descriptor}>>${redirection.file}`;
      case "read":
        return `${descriptor}<${redirection.file}`;
      case "copy":
        return `${descriptor}${redirection.input ? "<" : ">"}&${redirection.from}`;
      case "close":
        return `${descriptor}>&-`;
    }
  }).join(" ");
  return form.replace("NAME", name).replace("%", text).trim();
}

/** Works out what each file and pipe gets. */
class Model {
  private readonly files = new Map<string, Sink>();
  private readonly stdout: Sink = { name: "stdout", bytes: [] };

  constructor(private readonly inputs: ReadonlyMap<string, Uint8Array>, private readonly multios: boolean) {}

  /** `null` if something would be a matter of chance, or an error. */
  run(stages: readonly Stage[], joints: readonly Joint[]): ReadonlyMap<string, Uint8Array> | null {
    let pipes = new Map<number, Sink>();
    for (const [index, stage] of stages.entries()) {
      const places = new Map<number, Place>([
        [0, { kind: "input", bytes: () => new Uint8Array() }],
        [1, { kind: "output", sinks: [this.stdout], given: false }],
        [2, { kind: "output", sinks: [{ name: "stderr", bytes: [] }], given: false }],
      ]);
      for (const [descriptor, sink] of pipes) places.set(descriptor, { kind: "input", bytes: () => concatenate(sink) });
      const joint = joints[index];
      pipes = this.connect(places, joint);
      if (!stage.redirections.every((redirection) => this.redirect(places, redirection))) return null;
      // `|&` stands for a redirection behind all others (bash manual 3.2.3).
      if (joint?.operator === "|&") this.addErrors(places);
      if (!this.execute(stage.name, places)) return null;
    }
    return new Map([...this.files.values(), this.stdout].map((sink) => [sink.name, concatenate(sink)]));
  }

  /** Makes the pipes behind a stage, and has its descriptors lead to them. Returns them by the descriptors of their readers. */
  private connect(places: Map<number, Place>, joint: Joint | undefined): Map<number, Sink> {
    const pipes = new Map<number, Sink>();
    const sinks = new Map<number, Sink[]>();
    for (const { from, to } of joint?.connections ?? []) {
      if (!pipes.has(to)) pipes.set(to, { name: "pipe", bytes: [] });
      sinks.set(from, [...sinks.get(from) ?? [], pipes.get(to)!]);
    }
    for (const [from, to] of sinks) places.set(from, { kind: "output", sinks: to, given: true });
    return pipes;
  }

  private addErrors(places: Map<number, Place>): void {
    const [output, errors] = [places.get(1), places.get(2)];
    if (output?.kind !== "output") return;
    const kept = this.multios && errors?.kind === "output" && errors.given ? errors.sinks : [];
    places.set(2, { kind: "output", sinks: [...kept, ...output.sinks], given: true });
  }

  private redirect(places: Map<number, Place>, redirection: Redirection): boolean {
    const { descriptor } = redirection;
    switch (redirection.kind) {
      case "write":
      case "append": {
        const file = { name: redirection.file, bytes: [] };
        this.files.set(file.name, file);
        const before = places.get(descriptor);
        const kept = this.multios && before?.kind === "output" && before.given ? before.sinks : [];
        places.set(descriptor, { kind: "output", sinks: [...kept, file], given: true });
        return true;
      }
      case "read": {
        const content = this.inputs.get(redirection.file)!;
        places.set(descriptor, { kind: "input", bytes: () => content });
        return true;
      }
      case "copy": {
        const source = places.get(redirection.from);
        if (source === undefined || source.kind !== (redirection.input ? "input" : "output")) return false;
        places.set(descriptor, source);
        return true;
      }
      case "close":
        places.delete(descriptor);
        return true;
    }
  }

  /** Lets sixstream run. Returns false if outputs that it makes at the same time go to the same place. */
  private execute(name: string, places: ReadonlyMap<number, Place>): boolean {
    const input = (descriptor: number) => {
      const place = places.get(descriptor);
      return place?.kind === "input" ? place.bytes() : new Uint8Array();
    };
    const sinks = (descriptor: number) => {
      const place = places.get(descriptor);
      return place?.kind === "output" ? place.sinks : [];
    };
    const outputs = sixstream(name, input(0), input(4));
    if (outputs.get(1)!.length > 0 && sinks(1).some((sink) => outputs.get(5)!.length > 0 && sinks(5).includes(sink))) {
      return false;
    }
    // Of two relays that lead to the same place, either may come first.
    if (this.multios && OUTPUTS.some((one) => sinks(one).length > 1 && this.isShared(one, sinks))) return false;
    const used = OUTPUTS.flatMap(sinks);
    if (used.some((sink) => sink.name === "stderr")) return false;
    if (used.includes(this.stdout) && this.stdout.bytes.length > 0) return false;
    for (const descriptor of WRITTEN) {
      for (const sink of sinks(descriptor)) sink.bytes.push(outputs.get(descriptor)!);
    }
    return true;
  }

  private isShared(one: number, sinks: (descriptor: number) => readonly Sink[]): boolean {
    return OUTPUTS.some((other) => other !== one && sinks(other).some((sink) => sinks(one).includes(sink)));
  }
}

function concatenate({ bytes }: Sink): Uint8Array {
  const result = new Uint8Array(bytes.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of bytes) {
    result.set(piece, offset);
    offset += piece.length;
  }
  return result;
}
