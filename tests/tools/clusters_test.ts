// The recipes of notebooks/EXPERIMENTS.md, taken from the page and run: on Slurm with two nodes where it is installed.
import { assert, assertEquals } from "@std/assert";
import { readRows } from "../../lib/experiments/rows.ts";
import { ROOT } from "../../tools/root.ts";
import { copyReadyProject } from "../copy_project.ts";
import { small } from "../experiments/fixtures.ts";

const page = await Deno.readTextFile(new URL("notebooks/EXPERIMENTS.md", ROOT));
const blocks = (language: string) =>
  Array.from(page.matchAll(new RegExp("```" + language + "\n([\\s\\S]*?)```", "g")), ([, text]) => text!);

async function output(command: string, args: string[], options: Deno.CommandOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(command, { args, ...options }).output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assertEquals(code, 0, `${command} ${args.join(" ")}: ${said}`);
  return said;
}

async function installed(...commands: string[]): Promise<boolean> {
  const found = commands.map((command) =>
    new Deno.Command("sh", { args: ["-c", `command -v ${command}`], stdout: "null" }).output()
  );
  return (await Promise.all(found)).every(({ success }) => success);
}

/** The results, without what hangs on when and where they were made. */
async function results(path: string): Promise<string[]> {
  const rows = await readRows(path);
  return rows.map((row) => `${row.id} ${"error" in row ? row.error : `${row.weights} ${row.testAccuracy}`}`).sort();
}

/** A copy of the project with a grid in it, and `deno` on the path. */
async function cluster(
  test: (folder: string, env: Record<string, string>) => Promise<void>,
  grid: object,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await copyReadyProject(folder);
    await Deno.mkdir(`${folder}/bin`);
    await Deno.symlink(Deno.execPath(), `${folder}/bin/deno`);
    await Deno.writeTextFile(`${folder}/grid.json`, JSON.stringify(grid));
    await test(folder, { PATH: `${folder}/bin:${Deno.env.get("PATH")}`, DIGITS_DATA: "drawn", NO_COLOR: "1" });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("Kubernetes: the job's line trains the shard of its index", () =>
  cluster(async (folder, env) => {
    const [yaml] = blocks("yaml"), line = /args:\n +- (.+)\n/.exec(yaml!)![1]!;
    for (const index of [0, 15]) {
      await output("sh", ["-c", line], { cwd: folder, env: { ...env, JOB_COMPLETION_INDEX: String(index) } });
    }
    assertEquals((await readRows(`${folder}/runs/grid.1-of-16.jsonl`)).length, 1);
    assertEquals((await readRows(`${folder}/runs/grid.16-of-16.jsonl`)).length, 1);
  }, { ...small, seed: [1, 2, 3, 4] }));

const [slurm, atTheEnd] = blocks("bash");

Deno.test({
  name:
    "Slurm: 16 shards on two nodes, a job requeued and a node lost on the way, give the rows of one machine (needs slurm-wlm, as root)",
  ignore: Deno.uid() !== 0 || !await installed("slurmctld", "slurmd", "munged", "sbatch"),
  fn: () =>
    cluster(async (folder, env) => {
      const stop = await startSlurm(folder), run = { cwd: folder, env: { ...env, SLURM_CONF: `${folder}/slurm.conf` } };
      try {
        await Deno.writeTextFile(`${folder}/grid.sh`, slurm!);
        const job = /\d+/.exec(await output("sbatch", ["grid.sh"], run))![0];
        const queue = async (format: string) =>
          (await output("squeue", ["--noheader", "--array", "--format", format], run)).split("\n").filter(Boolean);
        const running = async (node: string) => {
          for (;; await pause(100)) {
            const found = (await queue("%i %N %t")).find((line) => line.endsWith(`${node} R`));
            if (found) return found.split(" ")[0]!;
          }
        };
        await pause(500);
        await output("scontrol", ["requeue", await running("n1")], run);
        await running("n2");
        await killNode("n2");
        for (const started = Date.now(); (await queue("%i")).length; await pause(500)) {
          assert(Date.now() - started < 240_000, `job ${job} does not end: ${await queue("%i %N %t %r")}`);
          for (const line of await queue("%i %r")) { // Slurm lets what was requeued wait for two minutes
            const [id, reason] = line.split(" ");
            if (reason === "BeginTime") await output("scontrol", ["update", `JobId=${id}`, "StartTime=now"], run);
          }
        }
        for (let k = 1; k <= 16; k++) {
          const said = await Deno.readTextFile(`${folder}/grid.${k}.log`);
          assertEquals((await readRows(`${folder}/runs/grid.${k}-of-16.jsonl`)).length, 1, said);
        }
        assert((await output("sh", ["-c", atTheEnd!], run)).includes("16 trainings, 16 done before"));
        await output("deno", ["task", "experiment", "grid.json", "--out", "one.jsonl"], run);
        assertEquals(await results(`${folder}/runs/grid.jsonl`), await results(`${folder}/one.jsonl`));
      } finally {
        await stop();
      }
    }, { ...small, epochs: 12, seed: [1, 2, 3, 4] }),
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function freePort(): number {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return listener.addr.port;
}

/** A controller and two nodes of one core on this machine. */
async function startSlurm(folder: string): Promise<() => Promise<void>> {
  const host = Deno.hostname(), conf = `${folder}/slurm.conf`, env = { SLURM_CONF: conf };
  const node = (name: string, port: number) =>
    `NodeName=${name} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${port} CPUs=1 State=UNKNOWN`;
  await Deno.writeTextFile(
    conf,
    [
      ...[
        "ClusterName=two",
        `SlurmctldHost=${host}(127.0.0.1)`,
        "SlurmUser=root",
        "AuthType=auth/munge",
        "CredType=cred/munge",
      ],
      ...[
        `StateSaveLocation=${folder}/state`,
        `SlurmdSpoolDir=${folder}/spool.%n`,
        `SlurmctldPidFile=${folder}/slurmctld.pid`,
      ],
      ...[
        `SlurmdPidFile=${folder}/slurmd.%n.pid`,
        `SlurmctldLogFile=${folder}/ctld.log`,
        `SlurmdLogFile=${folder}/d.%n.log`,
      ],
      ...[
        `SlurmctldPort=${freePort()}`,
        "ProctrackType=proctrack/linuxproc",
        "TaskPlugin=task/none",
        "MpiDefault=none",
      ],
      ...["SelectType=select/cons_tres", "SelectTypeParameters=CR_CPU", "SlurmdParameters=config_overrides"],
      ...[
        "SchedulerParameters=batch_sched_delay=0,sched_min_interval=1,sched_interval=1",
        "SlurmdTimeout=2",
        "ReturnToService=2",
        "JobRequeue=1",
        node("n1", freePort()),
        node("n2", freePort()),
      ],
      "PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP\n",
    ].join("\n"),
  );
  for (const name of ["state", "spool.n1", "spool.n2"]) await Deno.mkdir(`${folder}/${name}`);
  await output("sh", [
    "-c",
    "[ -f /etc/munge/munge.key ] || mungekey -c; mkdir -p /run/munge; chown munge /run/munge; pgrep munged || runuser -u munge -- munged",
  ]);
  await output("slurmctld", ["-c"], { env });
  for (const name of ["n1", "n2"]) await output("slurmd", ["-N", name], { env });
  return async () => {
    for (const name of ["n1", "n2"]) await killNode(name);
    const pid = Number(await Deno.readTextFile(`${folder}/slurmctld.pid`));
    Deno.kill(pid, "SIGTERM"); // its helper goes with it
    while (await Deno.stat(`/proc/${pid}`).then(() => true, () => false)) await pause(100);
  };
}

/** As if the power of a node had failed: its daemons and all that runs on it are gone, none could say a word. */
async function killNode(name: string): Promise<void> {
  const read = (pid: string, file: string) => Deno.readTextFile(`/proc/${pid}/${file}`).catch(() => "");
  const daemons: number[] = [], jobs: number[] = [];
  for await (const { name: pid } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(pid) || Number(pid) === Deno.pid) continue;
    if (/slurmd\0-N\0(\w+)/.exec(await read(pid, "cmdline"))?.[1] === name) daemons.push(Number(pid));
    if (!(await read(pid, "environ")).split("\0").includes(`SLURMD_NODENAME=${name}`)) continue;
    jobs.push(Number(pid));
    const parent = /^PPid:\t(\d+)/m.exec(await read(pid, "status"))?.[1] ?? "";
    if (/^slurmstepd/.test(await read(parent, "comm"))) daemons.push(Number(parent));
  }
  for (const pid of [...daemons, ...jobs]) {
    try {
      Deno.kill(pid, "SIGKILL");
    } catch { /* it was gone already */ }
  }
}
