/** Devices for programs: the processor, or a GPU through Vulkan, Metal or Direct3D 12, with the runtime's WebGPU provider. */
export type DeviceName = "cpu" | "webgpu";
