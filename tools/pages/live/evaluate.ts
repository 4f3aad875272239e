/**
 * Cells as a page can run them: types taken away, and names that live on from one cell to the next.
 *
 * A cell becomes an async function. What earlier cells declared comes in as its own constants, so that a loop over them is as
 * quick as in a file; variables that may be assigned again (`let`) come through a `with`, and whoever closes over them sees the
 * same variable. What it declares goes out as getters, so it is there for the next cell even if this one throws halfway.
 *
 * @module
 */
import { parse } from "acorn";
import { transform } from "sucrase";

/** A name that a cell declared. */
export interface Binding {
  readonly get: () => unknown;
  /** Only of variables that may be assigned again. */
  readonly set?: (value: unknown) => void;
}

/** Everything that the cells so far declared. */
export type Scope = Map<string, Binding>;

/** One import: from where, and which name as which; `*` for the whole module. */
export interface Import {
  readonly from: string;
  readonly name: string;
  readonly as: string;
}

/** A cell, ready to be run. */
export interface Prepared {
  /** The body of the function; line for line the cell. */
  readonly code: string;
  /** What it declares, and whether that may be assigned again. */
  readonly declares: ReadonlyMap<string, { readonly again: boolean }>;
  /** What it imports. */
  readonly imports: readonly Import[];
  /** All names that stand in it: of these, the scope's are handed in. */
  readonly uses: ReadonlySet<string>;
}

// deno-lint-ignore no-explicit-any -- acorn's nodes: what is needed of them is looked up by name
type Node = any;

/**
 * Takes a cell apart.
 *
 * @throws {SyntaxError} If it is no TypeScript; the message begins with the line.
 */
export function prepare(cell: string): Prepared {
  const source = withoutTypes(cell), program: Node = parsed(source);
  const declares = new Map<string, { again: boolean }>(), imports: Import[] = [], uses = new Set<string>();
  const edits: [from: number, to: number, text: string][] = [];
  for (const node of program.body as Node[]) {
    if (node.type === "ImportDeclaration") {
      imports.push(...node.specifiers.map((one: Node) => ({
        from: node.source.value,
        name: one.type === "ImportNamespaceSpecifier" ? "*" : one.imported?.name ?? "default",
        as: one.local.name,
      })));
      edits.push([node.start, node.end, source.slice(node.start, node.end).replace(/[^\n]/g, "")]);
      continue;
    }
    if (/^Export/.test(node.type) && !node.declaration) {
      throw new SyntaxError(`line ${lineOf(source, node.start)}: a cell exports nothing; leave out this line`);
    }
    if (/^Export/.test(node.type)) edits.push([node.start, node.declaration.start, ""]);
    declare(/^Export/.test(node.type) ? node.declaration : node, declares);
  }
  const last: Node = program.body.at(-1);
  if (last?.type === "ExpressionStatement") {
    edits.push([last.start, last.start, "return ("], [last.expression.end, last.end, ");"]);
  }
  collect(program, uses);
  return { code: edited(source, edits), declares, imports, uses };
}

/** JavaScript; no line moves. */
function withoutTypes(cell: string): string {
  try {
    return transform(cell, { transforms: ["typescript"], disableESTransforms: true, keepUnusedImports: true }).code;
  } catch (error) {
    throw at(error as Error & { loc?: { line: number } });
  }
}

function parsed(source: string): Node {
  try {
    return parse(source, { ecmaVersion: "latest", sourceType: "module", allowAwaitOutsideFunction: true });
  } catch (error) {
    throw at(error as Error & { loc?: { line: number } });
  }
}

/** The line first, and no compiler's way of saying it. */
function at(error: Error & { loc?: { line: number } }): SyntaxError {
  const message = error.message.replace(/^Error transforming[^:]*: /, "").replace(/\s*\(\d+:\d+\)$/, "");
  return new SyntaxError(error.loc ? `line ${error.loc.line}: ${message}` : message);
}

function lineOf(source: string, at: number): number {
  return source.slice(0, at).split("\n").length;
}

/** Adds what a statement declares. */
function declare(node: Node, declares: Map<string, { again: boolean }>): void {
  if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") {
    return void declares.set(node.id.name, { again: false });
  }
  if (node.type !== "VariableDeclaration") return;
  for (const { id } of node.declarations) {
    for (const name of namesIn(id)) declares.set(name, { again: node.kind !== "const" });
  }
}

/** The names that a pattern binds. */
function namesIn(pattern: Node): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((one: Node) => namesIn(one.value ?? one.argument));
    case "ArrayPattern":
      return pattern.elements.flatMap(namesIn);
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "RestElement":
      return namesIn(pattern.argument);
    default:
      return [];
  }
}

/** Every name in a tree. */
function collect(node: Node, names: Set<string>): void {
  if (Array.isArray(node)) return node.forEach((one) => collect(one, names));
  if (typeof node !== "object" || node === null) return;
  if (node.type === "Identifier") names.add(node.name);
  for (const [key, value] of Object.entries(node)) if (key !== "type") collect(value, names);
}

/** A text with some parts replaced, the last first. */
function edited(text: string, edits: readonly [number, number, string][]): string {
  return edits.toSorted(([a], [b]) => b - a).reduce(
    (rest, [from, to, part]) => rest.slice(0, from) + part + rest.slice(to),
    text,
  );
}

// deno-lint-ignore no-explicit-any -- a constructor that has no name of its own
const AsyncFunction: any = (async () => {}).constructor;

/**
 * Runs a cell and keeps what it declares.
 *
 * @param importing What a module gives under a name; throws where there is no such module or name.
 * @returns The value of its last line, if that is an expression.
 * @throws Whatever the cell throws.
 */
export async function run(
  { code, declares, imports, uses }: Prepared,
  scope: Scope,
  importing: (one: Import) => unknown,
): Promise<unknown> {
  for (const one of imports) {
    const value = importing(one);
    scope.set(one.as, { get: () => value });
  }
  const known = [...scope].filter(([name]) => uses.has(name) && !declares.has(name));
  const fixed = known.filter(([, { set }]) => !set).map(([name]) => name), again = {};
  for (const [name, { get, set }] of known) {
    if (set) Object.defineProperty(again, name, { get, set, enumerable: true });
  }
  for (const name of uses) { // a function may call what a later cell declares
    if (name in again || scope.has(name) || declares.has(name) || name in globalThis) continue;
    const late = () => {
      const binding = scope.get(name);
      if (!binding) throw new ReferenceError(`${name} is not defined`);
      return binding.get();
    };
    Object.defineProperty(again, name, { get: late });
  }
  const out = [...declares].map(([name, { again }]) =>
    `${name}: { get: () => ${name}${again ? `, set: ($value) => ${name} = $value` : ""} }`
  );
  const head = `with ($again) { const { ${fixed.join(", ")} } = $fixed; $out({ ${out.join(", ")} }); `;
  const cell = new AsyncFunction("$fixed", "$again", "$out", `${head}${code}\n}`);
  let declared: Record<string, Binding> = {};
  try {
    return await cell(
      Object.fromEntries(known.map(([name, { get }]) => [name, get()])),
      again,
      (all: typeof declared) => {
        declared = all;
      },
    );
  } finally {
    for (const [name, binding] of Object.entries(declared)) {
      try {
        const value = binding.get();
        scope.set(name, binding.set ? binding : { get: () => value });
      } catch { /* the cell did not come so far */ }
    }
  }
}

/** The lines before a cell's first one in the function that is made of it, for reading a stack trace. */
export const LINES_BEFORE = 2;
