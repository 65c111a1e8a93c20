import { testKey } from "@omnibase/testkit";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "../value/canonical.ts";
import type { Json } from "../value/json.ts";
import { envelopeText, parseEnvelope, preAuthentication, signEnvelope, verifyEnvelope } from "./dsse.ts";

const key = testKey("ours");
const type = "application/x";
const text = signEnvelope(type, '{"a":"é"}', key);
const envelope: {
  payload: string;
  payloadType: string;
  signatures: { keyid: string; sig: string }[];
} = JSON.parse(text);

const changed = (change: { readonly [name: string]: Json }): string => canonical({ ...envelope, ...change });
const codeOf = (given: string): string => {
  const result = verifyEnvelope(given, type, key.trust);
  return result.ok ? "verified" : result.error.code;
};

it("signs the bytes that the standard names", () => {
  // The example of the DSSE specification.
  const bytes = preAuthentication("http://example.com/HelloWorld", Buffer.from("hello world"));
  expect(Buffer.from(bytes).toString()).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
});

it("counts bytes, not characters", () => {
  expect(Buffer.from(preAuthentication("é", Buffer.from("€"))).toString()).toBe("DSSEv1 2 é 3 €");
});

it("reads back what it wrote", () => {
  const signature = fc.record({ keyid: fc.string(), signature: fc.uint8Array({ maxLength: 9 }) });
  fc.assert(
    fc.property(
      fc.uint8Array(),
      fc.string(),
      fc.array(signature, { maxLength: 3 }),
      (given, payloadType, signatures) => {
        const whole = { payloadType, payload: given, signatures };
        expect(parseEnvelope(envelopeText(whole))).toEqual({ ok: true, value: whole });
      },
    ),
  );
});

it("verifies what a trusted key signed, and says which", () => {
  expect(verifyEnvelope(text, type, key.trust)).toEqual({
    ok: true,
    value: { payload: '{"a":"é"}', keyid: key.keyid },
  });
});

describe("refuses", () => {
  const [signature] = envelope.signatures;
  it.each([
    ["what is not canonical", `${text} `, "MALFORMED"],
    ["another key in the envelope", changed({ extra: 1 }), "MALFORMED"],
    ["a type that is no text", changed({ payloadType: 1 }), "MALFORMED"],
    ["another type", changed({ payloadType: "application/y" }), "WRONG_TYPE"],
    ["a payload that is no text", changed({ payload: 1 }), "MALFORMED"],
    ["a payload that is no base64", changed({ payload: "a" }), "MALFORMED"],
    ["a signed payload that is no UTF-8", signedBytes(Uint8Array.of(0xff)), "MALFORMED"],
    ["signatures that are no list", changed({ signatures: {} }), "MALFORMED"],
    ["no signature", changed({ signatures: [] }), "UNKNOWN_KEY"],
    ["a signature with another key", changed({ signatures: [{ ...signature, extra: 1 }] }), "MALFORMED"],
    ["a key id that is no text", changed({ signatures: [{ keyid: 1, sig: "" }] }), "MALFORMED"],
    ["a signature that is no text", changed({ signatures: [{ keyid: "", sig: 1 }] }), "MALFORMED"],
    ["a signature that is no base64", changed({ signatures: [{ keyid: "", sig: "a" }] }), "MALFORMED"],
    ["a strange key", signEnvelope(type, "{}", testKey("theirs")), "UNKNOWN_KEY"],
    ["a second signature", changed({ signatures: [signature, signature] as Json }), "UNKNOWN_KEY"],
    ["another payload", changed({ payload: "e30=" }), "BAD_SIGNATURE"],
    ["another payload that is no UTF-8", changed({ payload: "/w==" }), "BAD_SIGNATURE"],
    ["a signature of another length", changed({ signatures: [{ keyid: key.keyid, sig: "" }] }), "BAD_SIGNATURE"],
  ])("%s", (_, given, code) => {
    expect(codeOf(given)).toBe(code);
  });
});

function signedBytes(payload: Uint8Array): string {
  const signature = key.sign(preAuthentication(type, payload));
  return envelopeText({ payloadType: type, payload, signatures: [{ keyid: key.keyid, signature }] });
}
