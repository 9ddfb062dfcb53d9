import { isIPv6 } from "node:net";

import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** How often something may be done under one key, and in how many seconds. A class behind one address signs up in one lesson. */
export const attempts = {
  /** Failures only: whoever gets in is not counted. */
  "sign-in by address": { points: 50, duration: 15 * MINUTE },
  "sign-in by login and address": { points: 10, duration: 15 * MINUTE },
  /** More than one guesser could need from one address: else anybody could lock anybody out. */
  "sign-in by login": { points: 100, duration: HOUR },
  "sign-up": { points: 60, duration: HOUR },
  link: { points: 30, duration: 15 * MINUTE },
  invitation: { points: 120, duration: 15 * MINUTE },
  password: { points: 10, duration: 15 * MINUTE },
} as const;

type Rule = keyof typeof attempts;

export interface Limits {
  /** Counts one attempt before it is made, so that attempts at the same moment cannot pass together. */
  take(rule: Rule, key: string): Promise<Result<undefined, Failure>>;
  /** Takes an attempt back that turned out honest. */
  giveBack(rule: Rule, key: string): Promise<void>;
}

export function createLimits(): Limits {
  const limiters = new Map(
    Object.entries(attempts).map(([rule, options]) => [rule, new RateLimiterMemory({ keyPrefix: rule, ...options })]),
  );
  const limiter = (rule: Rule): RateLimiterMemory => limiters.get(rule) as RateLimiterMemory;

  return {
    async take(rule, key) {
      try {
        await limiter(rule).consume(key);
        return ok(undefined);
      } catch (rejection) {
        if (!(rejection instanceof RateLimiterRes)) throw rejection;
        return fail({ kind: "rate", retryAfter: Math.ceil(rejection.msBeforeNext / 1000) });
      }
    },
    async giveBack(rule, key) {
      await limiter(rule).reward(key);
    },
  };
}

/** What counts as one address. Of IPv6 a household has a whole network of 2^64. */
export function addressKey(ip: string): string {
  if (!isIPv6(ip) || ip.includes(".")) return ip;
  const [head = "", tail = ""] = ip.split("::");
  const groups = head.split(":").filter((group) => group !== "");
  const missing = ip.includes("::") ? 8 - groups.length - tail.split(":").filter((group) => group !== "").length : 0;
  return [...groups, ...Array.from({ length: missing }, () => "0"), ...tail.split(":")].slice(0, 4).join(":");
}
