/** The page's entry, small: it connects and asks for what the address shows while the window's code is on its way. */
import { readAhead } from "./api/readAhead.ts";

readAhead();
const { mount } = await import("./app/mount.tsx");
await mount();
