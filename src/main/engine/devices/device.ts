/** Where programs run: the processor, or a GPU that Vulkan, Metal or Direct3D 12 reaches, through the runtime's WebGPU provider. */
export type DeviceName = "cpu" | "webgpu";
