// Exact gradients of plain TypeScript formulas, by forward differentiation: every operation is done on a number and its
// derivatives at once. The formulas stay as in the paper; their operators are replaced in the source.
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader
import * as acorn from "npm:acorn@8.19.0";

/** A number and its derivatives by all variables; comparisons see the number. */
class Dual {
  constructor(readonly v: number, readonly d: Float64Array) {}
  valueOf(): number {
    return this.v;
  }
}
type Value = number | Dual;

const parts = (a: Value): [number, Float64Array | null] => a instanceof Dual ? [a.v, a.d] : [a, null];

/** `f(a, b)` with the derivatives `da` by a and `db` by b. */
function binary(
  f: (a: number, b: number) => number,
  da: (a: number, b: number) => number,
  db: (a: number, b: number) => number,
) {
  return (x: Value, y: Value): Value => {
    const [a, ad] = parts(x), [b, bd] = parts(y);
    if (!ad && !bd) return f(a, b);
    const d = new Float64Array((ad ?? bd)!.length), [pa, pb] = [ad ? da(a, b) : 0, bd ? db(a, b) : 0];
    for (let i = 0; i < d.length; i++) d[i] = (ad ? pa * ad[i]! : 0) + (bd ? pb * bd[i]! : 0);
    return new Dual(f(a, b), d);
  };
}
const unary = (f: (a: number) => number, df: (a: number) => number) => {
  const both = binary(f, df, () => 0);
  return (x: Value) => both(x, 0);
};

/** What the operators and functions of a formula become. */
const OPERATIONS: Readonly<Record<string, (x: Value, y: Value) => Value>> = {
  "+": binary((a, b) => a + b, () => 1, () => 1),
  "-": binary((a, b) => a - b, () => 1, () => -1),
  "*": binary((a, b) => a * b, (_, b) => b, (a) => a),
  "/": binary((a, b) => a / b, (_, b) => 1 / b, (a, b) => -a / (b * b)),
  "**": binary((a, b) => a ** b, (a, b) => b * a ** (b - 1), (a, b) => a > 0 ? a ** b * Math.log(a) : 0),
  "%": binary((a, b) => a % b, () => 1, () => 0),
  exp: unary(Math.exp, Math.exp),
  sqrt: unary(Math.sqrt, (a) => 0.5 / Math.sqrt(a)),
  sin: unary(Math.sin, Math.cos),
  cos: unary(Math.cos, (a) => -Math.sin(a)),
  atan: unary(Math.atan, (a) => 1 / (1 + a * a)),
  abs: unary(Math.abs, Math.sign),
  log: unary(Math.log, (a) => 1 / a),
};

/**
 * Value and gradient of `Σ fᵢ²`, for residuals written as a plain function of the point.
 *
 * @param residuals May use arithmetic, `Math.…`, loops and what `scope` brings along; no other function.
 */
export function sumOfSquares(residuals: (x: number[]) => number[], scope: Readonly<Record<string, unknown>> = {}) {
  const source = residuals.toString(), program = acorn.parseExpressionAt(source, 0, { ecmaVersion: "latest" });
  const names = Object.keys(scope);
  const run = new Function("operations", ...names, `return ${rewritten(program, source)}`)(
    OPERATIONS,
    ...names.map((name) => scope[name]),
  ) as (x: Dual[]) => Value[];
  return (x: Float64Array) => {
    const unit = (i: number) => Float64Array.from(x, (_, k) => Number(k === i));
    let value = 0;
    const gradient = new Float64Array(x.length);
    for (const residual of run(Array.from(x, (v, i) => new Dual(v, unit(i))))) {
      const [f, d] = parts(residual);
      value += f * f;
      d?.forEach((slope, i) => gradient[i]! += 2 * f * slope);
    }
    return { value, gradient };
  };
}

/** The source with its arithmetic as calls of operations. */
// deno-lint-ignore no-explicit-any -- a syntax tree: what a node holds depends on its type
function rewritten(node: any, source: string): string {
  const inner = (child: unknown) => rewritten(child, source);
  if (node.type === "BinaryExpression" && node.operator in OPERATIONS) {
    return `operations["${node.operator}"](${inner(node.left)}, ${inner(node.right)})`;
  }
  if (node.type === "UnaryExpression" && node.operator === "-") return `operations["-"](0, ${inner(node.argument)})`;
  if (node.type === "AssignmentExpression" && node.operator.slice(0, -1) in OPERATIONS) {
    return `${inner(node.left)} = operations["${node.operator.slice(0, -1)}"](${inner(node.left)}, ${
      inner(node.right)
    })`;
  }
  const called = node.type === "CallExpression" && node.callee.object?.name === "Math" && node.callee.property.name;
  if (called && called in OPERATIONS) return `operations.${called}(${node.arguments.map(inner)})`;
  // deno-lint-ignore no-explicit-any -- the same
  const children: any[] = Object.values(node).flat().filter((value: any) => typeof value?.type === "string");
  let text = "", at = node.start;
  for (const child of children.sort((a, b) => a.start - b.start)) {
    if (child.start < at) continue; // `{ x }` holds x twice
    text += source.slice(at, child.start) + inner(child);
    at = child.end;
  }
  return text + source.slice(at, node.end);
}
