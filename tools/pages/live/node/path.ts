/**
 * As much of node:path as the library's outside world needs to load in a page, where there is none.
 *
 * @module
 */
export const sep = "/";
export const join = (...parts: string[]): string => parts.filter(Boolean).join("/");
export const resolve = join;
export const isAbsolute = (path: string): boolean => path.startsWith("/");
export const basename = (path: string, ending = ""): string => {
  const name = path.split("/").at(-1)!;
  return ending && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
};
export const dirname = (path: string): string => path.split("/").slice(0, -1).join("/") || ".";
export const extname = (path: string): string => /\.\w+$/.exec(basename(path))?.[0] ?? "";
