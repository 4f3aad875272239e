// deno-lint-ignore-file no-import-prefix -- whatever deno.json names, Deno fetches for every reader
/**
 * Mutants of the exercises' solutions: one operator, index, constant, bound or line changed at a time. Whichever gives another
 * answer on any of many random inputs must be refused by the judge.
 *
 * Prints a table: `deno run -A tests/course/mutants.ts`.
 *
 * @module
 */
import { parse } from "npm:acorn@8.19.0";
import { simple } from "npm:acorn-walk@8.3.5";
import { EXERCISES } from "../../lib/course/catalogue.ts";
import { inputsOf } from "../../lib/course/draw.ts";
import type { AnyFunction, Exercise } from "../../lib/course/exercise.ts";
import { checkAttempt } from "../../lib/course/judge.ts";
import { same } from "../../lib/course/same.ts";
import { copyOf } from "../../lib/course/trial.ts";

// deno-lint-ignore no-explicit-any -- nodes of a syntax tree
type Node = any;

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/", "+"],
  "/": ["*", "-"],
  "%": ["*", "/"],
  "**": ["*"],
  "<": ["<=", ">"],
  "<=": ["<", ">="],
  ">": [">=", "<"],
  ">=": [">", "<="],
  "===": ["!=="],
  "!==": ["==="],
  "+=": ["-=", "="],
  "-=": ["+=", "="],
  "&&": ["||"],
  "||": ["&&"],
};
const CALLS: Readonly<Record<string, readonly string[]>> = {
  max: ["min"],
  min: ["max"],
  ceil: ["floor", "round"],
  floor: ["ceil", "round"],
  round: ["floor"],
  log: ["log2", "log10", "log1p"],
  exp: ["expm1"],
  some: ["every"],
  every: ["some"],
  indexOf: ["lastIndexOf"],
};

/** All texts with one place changed. */
export function mutantsOf(code: string): string[] {
  const tree = parse(code, { ecmaVersion: 2024 }) as Node, found = new Set<string>();
  const put = (node: { start: number; end: number }, text: string) => {
    found.add(code.slice(0, node.start) + text + code.slice(node.end));
  };
  const text = (node: Node): string => code.slice(node.start, node.end);
  const between = (node: Node, operators: readonly string[]) => {
    for (const operator of operators) put(node, `${text(node.left)} ${operator} ${text(node.right)}`);
  };
  const names = new Set<string>();
  simple(tree, {
    Function(node: Node) {
      for (const parameter of node.params) if (parameter.type === "Identifier") names.add(parameter.name);
    },
  } as never);
  simple(tree, {
    BinaryExpression(node: Node) {
      between(node, OPERATORS[node.operator] ?? []);
      put(node, text(node.left));
      put(node, text(node.right));
    },
    LogicalExpression(node: Node) {
      between(node, OPERATORS[node.operator] ?? []);
      put(node, text(node.left));
      put(node, text(node.right));
    },
    AssignmentExpression(node: Node) {
      between(node, OPERATORS[node.operator] ?? []);
    },
    UnaryExpression(node: Node) {
      put(node, text(node.argument));
    },
    Literal(node: Node) {
      if (typeof node.value === "number") {
        for (const other of [node.value + 1, node.value - 1, 10 * node.value]) put(node, `(${other})`);
      }
      if (typeof node.value === "string") put(node, '"?"');
    },
    Identifier(node: Node) {
      if (names.has(node.name)) { for (const other of names) if (other !== node.name) put(node, other); }
    },
    ConditionalExpression(node: Node) {
      put(node, `${text(node.test)} ? ${text(node.alternate)} : ${text(node.consequent)}`);
      put(node, text(node.consequent));
      put(node, text(node.alternate));
    },
    CallExpression(node: Node) {
      const { callee } = node;
      if (callee.type !== "MemberExpression") return;
      for (const other of CALLS[callee.property.name] ?? []) put(callee.property, other);
      if (text(callee.object) === "Math" && node.arguments.length === 1) put(node, text(node.arguments[0]));
      if (["slice", "filter", "flat", "trim", "map"].includes(callee.property.name)) put(node, text(callee.object));
    },
    ArrayExpression(node: Node) {
      if (node.elements.length === 2) put(node, `[${text(node.elements[1])}, ${text(node.elements[0])}]`);
    },
    ExpressionStatement(node: Node) {
      put(node, ";");
    },
    ForOfStatement(node: Node) {
      put(node, ";");
    },
    ForStatement(node: Node) {
      put(node, ";");
    },
  } as never);
  found.delete(code);
  return [...found].filter((mutant) => {
    try {
      new Function(`return ${guarded(mutant)}`);
      return true;
    } catch {
      return false; // no program any more
    }
  });
}

/** The same with a brake in every loop: a mutant may run for ever. */
function guarded(code: string): string {
  const places: { start: number; end: number }[] = [];
  simple(parse(code, { ecmaVersion: 2024 }) as Node, {
    ForStatement: ({ test }: Node) => test && places.push(test),
    WhileStatement: ({ test }: Node) => test && places.push(test),
  } as never);
  places.sort((a, b) => b.start - a.start);
  return places.reduce(
    (text, { start, end }) => `${text.slice(0, start)}(brake(), ${text.slice(start, end)})${text.slice(end)}`,
    code,
  );
}

function programOf(code: string): AnyFunction {
  return new Function(
    `let turns = 0; const brake = () => { if (++turns > 20000) throw new RangeError("it runs for ever"); };
     const own = ${guarded(code)}; return (...given) => { turns = 0; return own(...given); };`,
  )() as AnyFunction;
}

function outcome(attempt: AnyFunction, input: readonly unknown[]): unknown {
  try {
    return attempt(...input.map(copyOf));
  } catch (error) {
    return error;
  }
}

/** Whether a mutant is right in another way: it answers as a solution does, or, where many answers are right, with one of them. */
function alsoRight(
  exercise: Exercise,
  program: AnyFunction,
  family: readonly unknown[][],
  wanted: unknown[][],
): boolean {
  if (!exercise.judge) return wanted.some((all) => family.every((input, i) => same(outcome(program, input), all[i])));
  return family.every((input) => {
    const result = outcome(exercise.run ? (...given) => exercise.run!(program, ...given) : program, input);
    return !(result instanceof Error) && exercise.judge!(result, ...input).right;
  });
}

/** What became of the mutants of an exercise's solution. */
export interface Search {
  readonly id: string;
  /** How many there are. */
  readonly mutants: number;
  /** How many the judge refuses. */
  readonly refused: number;
  /** How many give the right answer on every input of a large family: they are right, in another way. */
  readonly equivalent: number;
  /** Accepted, and different from the solution. */
  readonly survivors: readonly string[];
}

/** Mutates a solution and has the judge look at each mutant. */
export async function search(exercise: Exercise, inputs = 3000): Promise<Search> {
  const module = `data:text/typescript,${encodeURIComponent(`export default ${exercise.solution}`)}`;
  const code = String((await import(module)).default), mutants = mutantsOf(code);
  const family = [...exercise.probes, ...exercise.family ? inputsOf(exercise.family, 4711, inputs) : []];
  const wanted = [exercise.solve, ...exercise.also ?? []].map((solve) => family.map((input) => outcome(solve, input)));
  let refused = 0, equivalent = 0;
  const survivors: string[] = [];
  for (const mutant of mutants) {
    const program = programOf(mutant);
    if (checkAttempt(exercise, program).status !== "right") refused++;
    else if (alsoRight(exercise, program, family, wanted)) equivalent++;
    else survivors.push(mutant);
  }
  return { id: exercise.id, mutants: mutants.length, refused, equivalent, survivors };
}

if (import.meta.main) {
  const all = await Promise.all(EXERCISES.map((exercise) => search(exercise)));
  for (const { id, mutants, refused, equivalent, survivors } of all) {
    console.log(
      `| ${/^\d/.test(id) ? id : "`" + id + "`"} | ${mutants} | ${refused} | ${equivalent} | ${survivors.length} |`,
    );
    for (const survivor of survivors) console.log(survivor.replaceAll(/^/gm, "    "));
  }
  const sum = (of: (one: Search) => number) => all.reduce((total, one) => total + of(one), 0);
  console.log(
    `| all | ${sum((s) => s.mutants)} | ${sum((s) => s.refused)} | ${sum((s) => s.equivalent)} | ${
      sum((s) => s.survivors.length)
    } |`,
  );
}
