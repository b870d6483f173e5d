// Entry of `--mode mock`: the real pages over an invented broker. `?scene=` chooses what it does.

import { mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { MockBroker, type Scene } from "./backend";

const scene = new URLSearchParams(location.search).get("scene") ?? "rich";
const broker = new MockBroker(scene as Scene);

mockWindows("main");
mockIPC((command, args) => broker.call(command, (args ?? {}) as Record<string, unknown>), { shouldMockEvents: true });

await import("../main");
