import { isObject, type Json, type JsonObject } from "@omnibase/core";
import { describe, expect, it } from "vitest";
import { entropyToMnemonic } from "./entropy-to-mnemonic.ts";
import { mnemonicToSeed } from "./mnemonic-to-seed.ts";

/** As published beside BIP-39: entropy, mnemonic, seed under the passphrase TREZOR. */
const vectors: readonly (readonly [string, string, string])[] = [
  [
    "00000000000000000000000000000000",
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
    "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04",
  ],
  [
    "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f",
    "legal winner thank year wave sausage worth useful legal winner thank yellow",
    "2e8905819b8723fe2c1d161860e5ee1830318dbf49a83bd451cfb8440c28bd6fa457fe1296106559a3c80937a1c1069be3a3a5bd381ee6260e8d9739fce1f607",
  ],
  [
    "80808080808080808080808080808080",
    "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
    "d71de856f81a8acc65e6fc851a38d4d7ec216fd0796d0a6827a3ad6ed5511a30fa280f12eb2e47ed2ac03b5c462a0358d18d69fe4f985ec81778c1b370b652a8",
  ],
  [
    "ffffffffffffffffffffffffffffffff",
    "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong",
    "ac27495480225222079d7be181583751e86f571027b0497b5b5d11218e0a8a13332572917f0f8e5a589620c6f15b11c61dee327651a14c34e18231052e48c069",
  ],
  [
    "6610b25967cdcca9d59875f5cb50b0ea75433311869e930b",
    "gravity machine north sort system female filter attitude volume fold club stay feature office ecology stable narrow fog",
    "628c3827a8823298ee685db84f55caa34b5cc195a778e52d45f59bcf75aba68e4d7590e101dc414bc1bbd5737666fbbef35d1f1903953b66624f910feef245ac",
  ],
  [
    "c10ec20dc3cd9f652c7fac2f1230f7a3c828389a14392f05",
    "scissors invite lock maple supreme raw rapid void congress muscle digital elegant little brisk hair mango congress clump",
    "7b4a10be9d98e6cba265566db7f136718e1398c71cb581e1b2f464cac1ceedf4f3e274dc270003c670ad8d02c4558b2f8e39edea2775c9e232c7cb798b069e88",
  ],
  [
    "68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c",
    "hamster diagram private dutch cause delay private meat slide toddler razor book happy fancy gospel tennis maple dilemma loan word shrug inflict delay length",
    "64c87cde7e12ecf6704ab95bb1408bef047c22db4cc7491c4271d170a1b213d20b385bc1588d9c7b38f1b39d415665b8a9030c9ec653d75e65f847d8fc1fc440",
  ],
  [
    "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f",
    "void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing screen patrol group space point ten exist slush involve unfold",
    "01f5bced59dec48e362f2c45b5de68b9fd6c92c6634f44d6d40aab69056506f0e35524a518034ddc1192e1dacd32c1ed3eaa3c3b131c88ed8e7e54c49a5d0998",
  ],
];

const [, mnemonic] = vectors[1] ?? ["", ""];
const seed = (input: JsonObject): Json | undefined => mnemonicToSeed(input).value;

describe("BIP-39", () => {
  it.each(vectors)("the entropy %s has its published words and seed", (entropy, words, seed_bytes) => {
    expect(entropyToMnemonic({ entropy_bytes: `0x${entropy}` })).toEqual({
      outcome: "SUCCESS",
      value: { mnemonic: words },
    });
    expect(mnemonicToSeed({ mnemonic: words, passphrase: "TREZOR" })).toEqual({
      outcome: "SUCCESS",
      value: { seed_bytes: `0x${seed_bytes}` },
    });
  });

  it.each([20, 28])("entropy may be %d bytes long, and gives words whose checksum holds", (length) => {
    const { value } = entropyToMnemonic({ entropy_bytes: `0x${"ab".repeat(length)}` });
    expect(mnemonicToSeed(isObject(value) ? value : {})).toMatchObject({ outcome: "SUCCESS" });
  });

  it("a passphrase that is absent is empty, and another one gives another seed", () => {
    expect(seed({ mnemonic })).toEqual(seed({ mnemonic, passphrase: "" }));
    expect(seed({ mnemonic })).not.toEqual(seed({ mnemonic, passphrase: "x" }));
  });

  it.each<readonly [string, JsonObject]>([
    ["a mistyped word", { mnemonic: mnemonic.replace("winner", "winter") }],
    ["a word of no list", { mnemonic: mnemonic.replace("winner", "w1nner") }],
    ["eleven words", { mnemonic: mnemonic.replace("legal ", "") }],
    ["a number", { mnemonic: 7 }],
    ["nothing", {}],
  ])("has no seed for %s, and does not repeat what it was given", (_, input) => {
    const answer = mnemonicToSeed(input);
    expect(answer).toMatchObject({ outcome: "VIOLATION", value: { field: "mnemonic" } });
    expect(JSON.stringify(answer)).not.toContain("sausage");
  });

  it("has no seed under a passphrase that is no text", () => {
    expect(mnemonicToSeed({ mnemonic, passphrase: null })).toMatchObject({ value: { field: "passphrase" } });
  });

  it.each<Json | undefined>([
    undefined,
    7,
    "ab".repeat(16),
    "0xabcdef",
    `0x${"zz".repeat(16)}`,
    `0x${"a".repeat(33)}`,
    `0x${"ab".repeat(33)}`,
  ])("has no words for the entropy %j", (entropy_bytes) => {
    const answer = entropyToMnemonic(entropy_bytes === undefined ? {} : { entropy_bytes });
    expect(answer).toMatchObject({ outcome: "VIOLATION", value: { field: "entropy_bytes" } });
  });
});
