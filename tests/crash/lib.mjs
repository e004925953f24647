// lib.mjs - a stream of mentions whose answers are remembered: what was acknowledged must be there, once.
import https from "node:https";

export async function flood(box, token, { connections = 8, size = 4, name }) {
  const acknowledged = new Set();
  const sent = new Set();
  let isStopped = false;
  const agent = new https.Agent({ keepAlive: true, maxSockets: connections });
  const worker = async (w) => {
    for (let i = 0; !isStopped; i++) {
      const batch = Array.from({ length: size }, (_, k) => ({
        network: "x", id: `${name}-${w}-${i}-${k}`, text: `sin servicio ${i}`, author: { id: `c${w}-${i % 50}` } }));
      for (const m of batch) sent.add(m.id);
      box.agent = agent;
      const r = await box.post(token, batch).catch(() => undefined);
      if (r?.status === 202) for (const x of r.json.results) if (x.status !== "refused") acknowledged.add(x.id);
      if (!r) return;
    }
  };
  const workers = Array.from({ length: connections }, (_, w) => worker(w));
  return {
    acknowledged,
    sent,
    async stop() {
      isStopped = true;
      await Promise.all(workers);
      agent.destroy();
    },
  };
}
