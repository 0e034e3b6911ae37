// Calls a running service with the client that openapi-typescript and openapi-fetch make of openapi.yaml.
import createClient from "openapi-fetch";
import type { paths } from "./siaga.js";

declare const process: { argv: string[]; exit(code: number): never };
const [, , baseUrl, token] = process.argv;
const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });

function expect<T>(said: T | undefined, what: string): T {
  if (said === undefined) {
    console.error(`failed: ${what}`);
    process.exit(1);
  }
  return said;
}

const number = Date.now();
const report = {
  external_source: "klien-ts",
  external_id: `${number}`,
  title: "Dari klien TypeScript (fiktif)",
  kind: "log_damage" as const,
  region_code: "36",
  occurred_at: "2024-11-25T05:30:00+07:00",
};
const me = expect((await client.GET("/api/v1/me")).data, "read_me");
const made = expect((await client.POST("/api/v1/incidents", { body: report as never })).data, "report_incident");
const read = expect(
  (await client.GET("/api/v1/incidents/{incident_id}", { params: { path: { incident_id: made.id } } })).data,
  "read_incident",
);
if (read.title !== report.title) process.exit(1);
const bulk = expect((await client.POST("/api/v1/incidents/bulk", { body: [report as never] })).data, "report_incidents");
if (bulk.unchanged !== 1) process.exit(1);
const page = expect(
  (await client.GET("/api/v1/incidents", { params: { query: { external_source: "klien-ts", limit: 1 } } })).data,
  "list_incidents",
);
const refused = await client.GET("/api/v1/incidents/{incident_id}", {
  params: { path: { incident_id: "01930000-0000-7000-8000-000000000000" } },
});
if (refused.error?.type !== "urn:siaga:problem:not-found") process.exit(1);
console.log(`TypeScript: ${JSON.stringify(me).length > 2 && page.items.length} incident read, 404 is typed`);
