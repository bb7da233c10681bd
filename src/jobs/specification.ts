/** Job specifications (XBD 3.182, job ID; bash manual 7.1): `%n`, `%%`, `%+`, `%-`, `%string`, `%?string`. */

import type { Job } from "./job.ts";

/** @param ranked the jobs with the current one first and the previous one second */
export function findJob(
  jobs: readonly Job[],
  specification: string,
  ranked: readonly Job[],
): Job | "none" | "ambiguous" {
  const text = specification.startsWith("%") ? specification.slice(1) : specification;
  if (text === "" || text === "%" || text === "+") return ranked[0] ?? "none";
  if (text === "-") return ranked[1] ?? ranked[0] ?? "none";
  if (/^\d+$/.test(text)) return jobs.find(({ number }) => number === Number(text)) ?? "none";
  const matching = text.startsWith("?")
    ? jobs.filter((job) => job.text.includes(text.slice(1)))
    : jobs.filter((job) => job.text.startsWith(text));
  return matching.length > 1 ? "ambiguous" : matching[0] ?? "none";
}
