import type { Scope } from '$lib/access/scope.ts';
import type { FirstAnswer } from '$lib/warehouse/firstAnswer.ts';

declare global {
  namespace App {
    interface Error {
      message: string;
      /** What the reader can do about it, one sentence. */
      remedy?: string;
    }

    interface Locals {
      /** What the reader may see. */
      scope: Scope;
      firstAnswer: FirstAnswer;
    }
  }
}

export {};
