import type { Json, PureTransform } from "@omnibase/core";
import { sha256 } from "../shared/sha256.ts";
import { pythonJson } from "./python-json.ts";

/** A short name for a value: the same data, the same id. What is not an object is wrapped, so that it has a field. */
export const generateId: PureTransform = ({ prefix, data }) => {
  if (typeof prefix !== "string" || prefix === "") return violation("prefix", "it must be a text");
  if (data === undefined) return violation("data", "it is missing");
  const digest = sha256(pythonJson(isRecord(data) ? data : { value: data }));
  return { outcome: "SUCCESS", value: { id: `${prefix}_${digest.slice(0, 16)}` } };
};

const isRecord = (data: Json): boolean => typeof data === "object" && data !== null && !Array.isArray(data);

const violation = (field: string, message: string): ReturnType<PureTransform> => ({
  outcome: "VIOLATION",
  value: { field, message },
});
