/** What a process says of itself, in the text form that Prometheus reads. Names and labels are ours, never a caller's. */
export interface Metrics {
  /** Adds to what only grows. */
  count(name: string, labels?: Labels, by?: number): void;
  /** Notes one of many values, in buckets. */
  observe(name: string, value: number, labels?: Labels): void;
  /** Asked whenever the text is made. */
  gauge(name: string, help: string, read: () => readonly Sample[] | Promise<readonly Sample[]>): void;
  text(): Promise<string>;
}

type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

interface Counted {
  readonly help: string;
  readonly values: Map<string, number>;
}

interface Observed {
  readonly help: string;
  readonly buckets: readonly number[];
  readonly values: Map<string, Histogram>;
}

interface Histogram {
  readonly counts: number[];
  sum: number;
  count: number;
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const;
const sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] as const;

const counters: Readonly<Record<string, string>> = {
  omnibase_http_requests_total: "Requests, by route and status.",
  omnibase_http_connections_refused_total: "Connections that had to make room, or found none.",
  omnibase_streams_lagged_total: "Streams whose reader fell behind.",
  omnibase_executions_started_total: "Executions that were started.",
  omnibase_executions_moved_total: "Executions that came to stand open, parked, in an incident, or ended.",
  omnibase_commits_total: "Commits, by what became of them.",
  omnibase_records_total: "Records that were committed.",
};

const histograms: Readonly<Record<string, { readonly help: string; readonly buckets: readonly number[] }>> = {
  omnibase_http_request_duration_seconds: { help: "How long a request took to answer.", buckets: seconds },
  omnibase_commit_duration_seconds: { help: "How long a commit took until it was durable.", buckets: seconds },
  omnibase_commit_group_size: { help: "Commits that shared one sync.", buckets: sizes },
};

export function openMetrics(): Metrics {
  const counted = new Map(
    Object.entries(counters).map(([name, help]): [string, Counted] => [name, { help, values: new Map() }]),
  );
  const observed = new Map(
    Object.entries(histograms).map(([name, given]): [string, Observed] => [name, { ...given, values: new Map() }]),
  );
  const gauges: {
    readonly name: string;
    readonly help: string;
    readonly read: () => readonly Sample[] | Promise<readonly Sample[]>;
  }[] = [];
  return {
    count: (name, labels = {}, by = 1) => {
      const values = known(counted, name).values;
      const key = labelText(labels);
      values.set(key, (values.get(key) ?? 0) + by);
    },
    observe: (name, value, labels = {}) => {
      const { buckets, values } = known(observed, name);
      const key = labelText(labels);
      const histogram = values.get(key) ?? { counts: buckets.map(() => 0), sum: 0, count: 0 };
      values.set(key, histogram);
      histogram.sum += value;
      histogram.count += 1;
      const bucket = buckets.findIndex((most) => value <= most);
      if (bucket >= 0) histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + 1;
    },
    gauge: (name, help, read) => void gauges.push({ name, help, read }),
    text: async () => {
      const told = await Promise.all(
        gauges.map(async ({ help, name, read }) => {
          const samples = await read();
          return family(
            name,
            "gauge",
            help,
            samples.map(({ labels = {}, value }) => line(name, labelText(labels), value)),
          );
        }),
      );
      const parts = [
        ...[...counted].map(([name, { help, values }]) =>
          family(
            name,
            "counter",
            help,
            [...values].map(([labels, value]) => line(name, labels, value)),
          ),
        ),
        ...[...observed].map(([name, one]) => family(name, "histogram", one.help, linesOf(name, one))),
        ...told,
      ];
      return `${parts.join("\n")}\n`;
    },
  };
}

function known<T>(from: ReadonlyMap<string, T>, name: string): T {
  const found = from.get(name);
  if (found === undefined) throw new Error(`impossible: nobody declared ${name}`);
  return found;
}

const family = (name: string, type: string, help: string, lines: readonly string[]): string =>
  [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join("\n");

const line = (name: string, labels: string, value: number): string =>
  `${name}${labels === "" ? "" : `{${labels}}`} ${String(value)}`;

const linesOf = (name: string, { buckets, values }: Observed): readonly string[] =>
  [...values].flatMap(([labels, histogram]) => {
    const within = (bound: string): string => [labels, `le="${bound}"`].filter((part) => part !== "").join(",");
    const { count, counts, sum } = histogram;
    let sofar = 0;
    return buckets
      .map((most, index) => {
        sofar += counts[index] ?? 0;
        return line(`${name}_bucket`, within(String(most)), sofar);
      })
      .concat(
        line(`${name}_bucket`, within("+Inf"), count),
        line(`${name}_sum`, labels, sum),
        line(`${name}_count`, labels, count),
      );
  });

const labelText = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replaceAll(/["\\\n]/g, "_")}"`)
    .join(",");
