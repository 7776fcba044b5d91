/** Types of chromium.js, which has to be plain JavaScript. */
export declare function findChromium(say: (line: string) => void): Promise<string | null>;
