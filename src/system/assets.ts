/** The path of a file that the build has put into the finished program, beside the code. */
export function assetPath(name: string): string {
  // The code itself is no module there, and has no `import.meta`.
  return new URL(name, Deno.mainModule).pathname;
}
