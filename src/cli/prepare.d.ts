/** Types of prepare.js, which has to be plain JavaScript. */
export declare const root: string;
export declare class PreparationError extends Error {}
export declare function installPackages(say: (line: string) => void): void;
export declare function packagesAreCurrent(): boolean;
export declare function buildWebApp(say: (line: string) => void): void;
export declare function fingerprint(paths: string[], wanted?: (path: string) => boolean): string;
