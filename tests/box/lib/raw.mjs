// raw.mjs - upgrades and frames written by hand, right and wrong.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import tls from "node:tls";

/** A live socket asked for by hand: {socket, status, rest}. */
export function upgrade(box, token, headers = {}, line = "GET /live HTTP/1.1") {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host: "127.0.0.1", port: box.port, rejectUnauthorized: false });
    const all = { Host: "127.0.0.1", Upgrade: "websocket", Connection: "Upgrade", "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": randomBytes(16).toString("base64"), "Sec-WebSocket-Protocol": "atalaya.v1",
      Authorization: `Bearer ${token}`, ...headers };
    socket.on("secureConnect", () =>
      socket.write(line + "\r\n" + Object.entries(all).filter(([, v]) => v !== null).map(([k, v]) => `${k}: ${v}\r\n`).join("") + "\r\n"));
    let got = Buffer.alloc(0);
    socket.on("data", (d) => {
      got = Buffer.concat([got, d]);
      const end = got.indexOf("\r\n\r\n");
      if (end < 0) return;
      socket.removeAllListeners("data");
      resolve({ socket, status: Number(got.toString("latin1", 9, 12)), rest: got.subarray(end + 4) });
    });
    socket.on("error", reject);
    socket.on("close", () => resolve({ socket, status: 0, rest: got }));
  });
}

export function frame(opcode, payload, { fin = true, rsv = 0, masked = true } = {}) {
  const data = Buffer.from(payload);
  const head = [(fin ? 0x80 : 0) | (rsv << 4) | opcode];
  const bit = masked ? 0x80 : 0;
  if (data.length < 126) head.push(bit | data.length);
  else if (data.length < 65536) head.push(bit | 126, data.length >> 8, data.length & 255);
  else head.push(bit | 127, 0, 0, 0, 0, ...[24, 16, 8, 0].map((s) => (data.length >>> s) & 255));
  if (!masked) return Buffer.concat([Buffer.from(head), data]);
  const mask = randomBytes(4);
  return Buffer.concat([Buffer.from(head), mask, data.map((b, i) => b ^ mask[i % 4])]);
}

/** The close code that the box answers with, 0 when it just went. */
export async function closeCodeOf(box, token, ...frames) {
  const { socket, status, rest } = await upgrade(box, token);
  assert.equal(status, 101);
  let got = rest;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => { socket.destroy(); reject(new Error("stayed open")); }, 8000);
    const look = () => {
      for (let at = 0; at + 2 <= got.length;) {
        let n = got[at + 1] & 127, h = 2;
        if (n === 126) { n = got.readUInt16BE(at + 2); h = 4; }
        if (at + h + n > got.length) return undefined;
        if ((got[at] & 15) === 8) return n >= 2 ? got.readUInt16BE(at + h) : 1005;
        at += h + n;
      }
      return undefined;
    };
    socket.on("data", (d) => { got = Buffer.concat([got, d]); });
    socket.on("close", () => { clearTimeout(timer); resolve(look() ?? 0); });
    socket.on("error", () => {});
    for (const f of frames) socket.write(f);
    const poll = setInterval(() => {
      const code = look();
      if (code !== undefined) { clearInterval(poll); clearTimeout(timer); socket.destroy(); resolve(code); }
    }, 20);
    socket.on("close", () => clearInterval(poll));
  });
}
