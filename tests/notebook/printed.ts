/** What an action prints where no notebook is listening. */
export async function printed(action: () => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [], { log } = console;
  console.log = (...values) => void lines.push(values.join(" "));
  try {
    await action();
  } finally {
    console.log = log;
  }
  return lines;
}
