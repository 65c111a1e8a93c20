import { describe, expect, it } from "vitest";
import { openMetrics } from "./metrics.ts";

describe("figures", () => {
  it("are written as Prometheus reads them", async () => {
    const metrics = openMetrics();
    metrics.count("omnibase_http_requests_total", { route: "a", status: "200" });
    metrics.count("omnibase_http_requests_total", { route: "a", status: "200" }, 2);
    for (const size of [1, 3, 1_000]) metrics.observe("omnibase_commit_group_size", size);
    metrics.gauge("omnibase_now", "What is now.", () => [{ value: 7 }]);
    const text = await metrics.text();
    expect(text).toContain('omnibase_http_requests_total{route="a",status="200"} 3\n');
    expect(text).toContain('omnibase_commit_group_size_bucket{le="2"} 1\n');
    expect(text).toContain('omnibase_commit_group_size_bucket{le="512"} 2\n');
    expect(text).toContain('omnibase_commit_group_size_bucket{le="+Inf"} 3\n');
    expect(text).toContain("omnibase_commit_group_size_sum 1004\nomnibase_commit_group_size_count 3\n");
    expect(text).toContain("# TYPE omnibase_now gauge\nomnibase_now 7\n");
  });

  it("cannot be of a name that nobody declared, nor break a line", async () => {
    const metrics = openMetrics();
    expect(() => metrics.count("omnibase_nothing")).toThrow("impossible");
    metrics.count("omnibase_http_requests_total", { route: 'a"}\n1' });
    expect(await metrics.text()).toContain('omnibase_http_requests_total{route="a_}_1"} 1\n');
  });
});
