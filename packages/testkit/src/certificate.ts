import { generateKeyPairSync, sign } from "node:crypto";

export interface Certified {
  /** PEM. */
  readonly key: string;
  /** PEM, signed by the key itself: it is its own authority. */
  readonly certificate: string;
}

const hostName = "localhost";

/** A fresh key for `localhost` and 127.0.0.1, for servers that a test starts. The platform cannot make certificates. */
export function certifiedLocalhost(): Certified {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(oid("2a8648ce3d040302"));
  const host = Buffer.from(hostName);
  const name = sequence(tagged(0x31, sequence(oid("550403"), tagged(0x0c, host))));
  const validity = sequence(...["200101000000Z", "491231235959Z"].map((time) => tagged(0x17, Buffer.from(time))));
  const names = sequence(tagged(0x82, host), tagged(0x87, Buffer.from([127, 0, 0, 1])));
  const extensions = sequence(
    sequence(oid("551d13"), tagged(0x04, sequence(tagged(0x01, Buffer.from([255]))))),
    sequence(oid("551d11"), tagged(0x04, names)),
  );
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, extensions),
  );
  const whole = sequence(body, algorithm, bits(sign("sha256", body, privateKey)));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${whole.toString("base64")}\n-----END CERTIFICATE-----\n`,
  };
}

/** DER: a tag, a length and a content. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, "hex"));
const integer = (value: number): Buffer => tagged(0x02, Buffer.from([value]));
const bits = (content: Buffer): Buffer => tagged(0x03, Buffer.concat([Buffer.from([0]), content]));
