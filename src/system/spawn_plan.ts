/** Lays a {@link SpawnPlan} out in one block for the C library; `native/plan.h` describes it. */
import { encodedLimit } from "./bytes.ts";
import { append, input, inputIntegers, reserve } from "./memory.ts";
import type { SpawnPlan } from "./system.ts";

/** `enum plan_field` of `native/plan.h`: 16 ints. */
const FIELDS_SIZE = 64;
/** Of `native/utility.h`. */
const UTILITY = 1;
const UTILITY_NO_SPLICE = 2;
const LIMIT_SIZE = 24;
const MOVE_SIZE = 8;

function sizeLimit(plan: SpawnPlan): number {
  let size = FIELDS_SIZE + plan.limits.length * LIMIT_SIZE + plan.descriptors.length / 2 * MOVE_SIZE +
    plan.closing.length * 4;
  size += encodedLimit(plan.path) + 1;
  if (plan.directory !== null) size += encodedLimit(plan.directory) + 1;
  for (let i = 0; i < plan.arguments.length; i++) size += encodedLimit(plan.arguments[i]!) + 1;
  return size;
}

/** The block for `plan`, in the shared memory. */
export function spawnPlanBlock(plan: SpawnPlan): Uint8Array<ArrayBuffer> {
  reserve(sizeLimit(plan));
  const fields = inputIntegers;
  let low = 0;
  let high = 0;
  for (const signal of plan.ignoredSignals) {
    if (signal <= 32) low |= 1 << signal - 1;
    else high |= 1 << signal - 33;
  }
  fields[0] = plan.arguments.length;
  fields[1] = plan.environment.count;
  fields[2] = plan.descriptors.length / 2;
  fields[3] = plan.limits.length;
  fields[4] = low;
  fields[5] = high;
  fields[6] = plan.processGroup;
  fields[7] = plan.foreground;
  fields[8] = plan.newSession ? 1 : 0;
  fields[9] = plan.directory === null ? 0 : 1;
  fields[11] = plan.utility?.own ?? 0;
  fields[10] = plan.utility === undefined ? 0 : plan.utility.splice ? UTILITY : UTILITY_NO_SPLICE;

  fields[12] = plan.closing.length;

  let end = FIELDS_SIZE;
  if (plan.limits.length > 0) {
    const limits = plan.limits.flatMap(({ resource, soft, hard }) => [resource, soft, hard]);
    new Float64Array(input.buffer, end, limits.length).set(limits);
    end += plan.limits.length * LIMIT_SIZE;
  }
  end = appendIntegers(plan.descriptors, end);
  end = appendIntegers(plan.closing, end);
  end = append(plan.path, end);
  if (plan.directory !== null) end = append(plan.directory, end);
  for (let i = 0; i < plan.arguments.length; i++) end = append(plan.arguments[i]!, end);
  return input;
}

/** A loop: there are few, for which calling `set` takes longer. */
function appendIntegers(integers: readonly number[], end: number): number {
  let at = end / 4;
  for (let i = 0; i < integers.length; i++) inputIntegers[at++] = integers[i]!;
  return at * 4;
}

/** As {@link spawnPlanBlock}, for a plan that may be used again: from the second time on it has memory of its own. */
export function keptPlanBlock(plan: SpawnPlan): Uint8Array<ArrayBuffer> {
  if (plan.layout) return plan.layout;
  const block = spawnPlanBlock(plan);
  plan.layout = plan.layout === null ? block.slice(0, sizeLimit(plan)) : null;
  return block;
}
