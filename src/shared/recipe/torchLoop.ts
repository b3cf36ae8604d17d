/**
 * The part of `train.py` that is the same for every recipe, in the order of programs/update.ts: data, one pass, one step, evaluation, comparison. It
 * uses TENSORS, DRAWING, PARAMETERS, SETTINGS, FILES, METRICS, make_model, make_optimizer, loss_of, rows_of, tensor_of and Draws, which
 * torchScript.ts writes before it.
 */
export const TORCH_LOOP = `HERE = pathlib.Path(__file__).resolve().parent
# Batch size of an evaluation.
PIECE = 128


def read_safetensors(path):
    """Reads float32 tensors by name from a file with a header length, a JSON header and the bytes."""
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = torch.from_numpy(np.frombuffer(raw[begin:end], dtype="<f4").reshape(entry["shape"]).copy())
    return tensors


def turned(address, value):
    """A tensor of Descent, with the order of axes of PyTorch."""
    return value.permute(TENSORS[address].get("permute") or tuple(range(value.dim())))


class Data:
    """The samples, and the choices that Descent made for every step."""

    def __init__(self, dtype):
        self.dtype = dtype
        self.arrays = dict(np.load(HERE / "data.npz"))
        self.mean, self.scale = (torch.from_numpy(self.arrays[name]).to(dtype) for name in ("mean", "scale"))
        # For standardized targets of a regression, the loss uses (target - mean) * scale; metrics are in the target's own unit.
        self.target_mean, self.target_scale = (self.arrays.get(name, default) for name, default in (("targetMean", 0.0), ("targetScale", 1.0)))

    def of_step(self, name, step):
        """The choices for a step; None if there are none."""
        return self.arrays[name][step] if name in self.arrays else None

    def rows(self, step):
        """The samples of a step, in Descent's order."""
        order, size = self.arrays["order"], SETTINGS["samplesPerStep"]
        per_epoch = -(-order.shape[1] // size)
        first = (step % per_epoch) * size
        return order[step // per_epoch, first : first + size]

    def batch(self, part, rows):
        x = (torch.from_numpy(self.arrays[f"{part}_samples"][rows]).to(self.dtype) - self.mean) * self.scale
        target = torch.from_numpy(self.arrays[f"{part}_targets"][rows])
        if SETTINGS["classification"]:
            return x, target.long()
        return x, (target.to(self.dtype) - torch.as_tensor(self.target_mean)) * torch.as_tensor(self.target_scale)


def with_noise(x, target):
    if SETTINGS["inputNoise"] > 0:
        x = x + SETTINGS["inputNoise"] * Draws.normal("noise/inputs", x.shape, x.dtype)
    if SETTINGS["labelNoise"] > 0:
        if SETTINGS["classification"]:
            drawn = (Draws.uniform("noise/labels/class", target.shape) * SETTINGS["classes"]).long()
            target = torch.where(Draws.bernoulli("noise/labels", target.shape, SETTINGS["labelNoise"], torch.bool), drawn, target)
        else:
            target = target + SETTINGS["labelNoise"] * Draws.normal("noise/labels", target.shape, target.dtype)
    return x, target


def loss_of_batch(model, x, target, mixing):
    x, target = with_noise(x, target)
    if mixing is None:
        return loss_of(model(x), target)
    weight = torch.full(x.shape[2:], float(mixing[1]), dtype=x.dtype)
    box = [slice(int(mixing[2 + 2 * axis]), int(mixing[3 + 2 * axis])) for axis in range(x.dim() - 2)]
    if box:
        weight[tuple(box)] = 0.0
    partner = x.roll(-1, 0)
    output = model(partner + (x - partner) * weight)
    share = float(mixing[0])
    return loss_of(output, target) * share + loss_of(output, target.roll(-1, 0)) * (1 - share)


class Training:
    """A model in training. Frozen parameters are constants: they have no gradient and no part in norms over all parameters."""

    def __init__(self, dtype, moved=0.0):
        Draws.seed = SETTINGS["seed"]
        self.data, self.model = Data(dtype), make_model().to(dtype)
        for address, path in DRAWING.items():
            self.model.get_submodule(path).address = address
        found = {**dict(self.model.named_parameters()), **dict(self.model.named_buffers())}
        # Parameters and running statistics by Descent's addresses.
        self.tensors = {address: found[where["path"]] for address, where in TENSORS.items()}
        generator = torch.Generator().manual_seed(1)
        with torch.no_grad():
            for address, value in read_safetensors(HERE / "initial.safetensors").items():
                self.tensors[address].copy_(turned(address, value))
                if moved != 0 and address in PARAMETERS:
                    self.tensors[address].add_(moved * turned(address, torch.randn(value.shape, generator=generator)))
        groups = {}
        for address, settings in PARAMETERS.items():
            self.tensors[address].requires_grad_(settings["lrScale"] > 0)
            if settings["lrScale"] > 0:
                key = (settings["lrScale"], settings["decayed"], str(settings["matrix"]))
                shared = {"decayed": settings["decayed"], "scale": settings["lrScale"], "matrix": settings["matrix"]}
                group = groups.setdefault(key, {"params": [], **shared})
                group["params"].append(self.tensors[address])
        self.trained = [parameter for group in groups.values() for parameter in group["params"]]
        self.optimizer = make_optimizer(list(groups.values())) if groups else None
        self.averages = {address: value.detach().clone() for address, value in self.tensors.items()} if SETTINGS["averaged"] else None
        self.model.train()

    def noisy_weights(self):
        """Adds this pass's noise to the weights; returns the weights without it."""
        before = []
        for address, settings in PARAMETERS.items():
            if SETTINGS["weightNoise"] > 0 and settings["noisy"] and settings["lrScale"] > 0:
                parameter = self.tensors[address]
                before.append((parameter, parameter.detach().clone()))
                noise = Draws.normal(f"noise/weights/{address}", settings["shape"], parameter.dtype)
                with torch.no_grad():
                    parameter.add_(SETTINGS["weightNoise"] * turned(address, noise))
        return before

    def gradient(self, step):
        """The gradient of a step's mean loss, pass by pass; returns the loss."""
        for parameter in self.trained:
            parameter.grad = torch.zeros_like(parameter)
        rows, size, total = self.data.rows(step), SETTINGS["samplesPerPass"], 0.0
        passes = range(0, len(rows), size)
        for number, first in enumerate(passes):
            Draws.count = step * len(passes) + number
            part = rows[first : first + size]
            before = self.noisy_weights()
            loss = loss_of_batch(self.model, *self.data.batch("train", part), self.data.of_step("mixing", step)) * (len(part) / len(rows))
            if self.trained:
                loss.backward()
            total += loss.item()
            with torch.no_grad():
                for parameter, value in before:
                    parameter.copy_(value)
        return total

    def second_gradient(self, step):
        """The second gradient of an optimizer with two passes. Running statistics are taken from the first pass."""
        before = [(buffer, buffer.clone()) for buffer in self.model.buffers()]
        self.optimizer.perturb()
        self.gradient(step)
        self.optimizer.restore()
        for buffer, value in before:
            buffer.copy_(value)

    @torch.no_grad()
    def penalize(self):
        """Applies clipping, penalties and decay, computed from the parameters before the step."""
        if SETTINGS["clipValue"] > 0:
            torch.nn.utils.clip_grad_value_(self.trained, SETTINGS["clipValue"])
        if SETTINGS["clipNorm"] > 0:
            torch.nn.utils.clip_grad_norm_(self.trained, SETTINGS["clipNorm"])
        for group in self.optimizer.param_groups:
            for parameter in group["params"] if group["decayed"] else []:
                if SETTINGS["l2"] > 0:
                    parameter.grad.add_(parameter, alpha=SETTINGS["l2"])
                if SETTINGS["l1"] > 0:
                    parameter.grad.add_(parameter.sign(), alpha=SETTINGS["l1"])
                if SETTINGS["weightDecay"] > 0:
                    parameter.mul_(1 - group["lr"] * SETTINGS["weightDecay"])

    @torch.no_grad()
    def shorten(self):
        """Limits the norm of each unit's incoming weights; in a table, of each vector."""
        most = SETTINGS["maxNorm"]
        for address, settings in PARAMETERS.items():
            if most > 0 and settings["bounded"] is not None and settings["lrScale"] > 0:
                parameter = self.tensors[address]
                rows = rows_of(parameter, settings["bounded"])
                shortened = rows * (most / rows.norm(dim=1, keepdim=True).clamp(min=most))
                parameter.copy_(tensor_of(shortened, settings["bounded"], parameter.shape))

    def step(self, step):
        """One update; returns the loss before it."""
        loss = self.gradient(step)
        if self.optimizer is not None:
            for group in self.optimizer.param_groups:
                group["lr"] = float(self.data.of_step("rates", step)) * group["scale"]
            if SETTINGS["twoPasses"]:
                self.second_gradient(step)
            self.penalize()
            self.optimizer.step()
            self.shorten()
        if self.averages is not None:
            newest = float(self.data.of_step("averaging", step))
            with torch.no_grad():
                for address, average in self.averages.items():
                    average.add_((self.tensors[address] - average) * newest)
        return loss

    @torch.no_grad()
    def evaluate(self, part):
        """Loss and metrics over a whole part, with the averaged weights if there are any."""
        before = [(value, value.clone()) for value in self.tensors.values()]
        for address, average in (self.averages or {}).items():
            self.tensors[address].copy_(average)
        self.model.eval()
        total, outputs, length = 0.0, [], len(self.data.arrays[f"{part}_targets"])
        for first in range(0, length, PIECE):
            x, target = self.data.batch(part, slice(first, first + PIECE))
            output = self.model(x)
            total += loss_of(output, target).item() * len(x)
            outputs.append(output.double())
        self.model.train()
        for value, kept in before:
            value.copy_(kept)
        y, targets = torch.cat(outputs).numpy(), self.data.arrays[f"{part}_targets"]
        if not SETTINGS["classification"]:
            y = y / self.data.target_scale + self.data.target_mean
        elif y.shape[1] == 1 and SETTINGS["classes"] == 2:
            y = np.concatenate([np.zeros_like(y), y], 1)
        return {"loss": total / length, **{name: float(measure(y, targets)) for name, measure in METRICS.items()}}

    def state(self):
        """Weights, running statistics and averages."""
        averages = {f"{address}/average": value for address, value in (self.averages or {}).items()}
        return {name: value.detach().clone() for name, value in {**self.tensors, **averages}.items()}


def check_files():
    """Ends the script if a file beside it was changed."""
    for name, expected in FILES.items():
        digest = hashlib.sha256()
        try:
            with open(HERE / name, "rb") as file:
                for piece in iter(lambda: file.read(1 << 20), b""):
                    digest.update(piece)
        except OSError as error:
            raise SystemExit(f"{HERE / name}: must be the file that was written with this script; received {error.strerror}. Write the folder again with descent reproduce.")
        if digest.hexdigest() != expected:
            raise SystemExit(
                f"{HERE / name}: must be the file that was written with this script (SHA-256 {expected[:12]}...); "
                f"received other bytes (SHA-256 {digest.hexdigest()[:12]}...). Write the folder again with descent reproduce."
            )


def read_recorded():
    """Descent's records: losses, evaluations of whole parts, and the state after some step."""
    check_files()
    recorded = json.loads((HERE / "recorded.json").read_text())
    if recorded["state"] is not None:
        tensors = read_safetensors(HERE / "recorded.safetensors")
        recorded["state"]["tensors"] = {name: turned(name.replace("/average", ""), value) for name, value in tensors.items()}
    return recorded


def follow(recorded, steps=None, dtype=torch.float32, moved=0.0, tell=lambda step, loss: None):
    """Trains, and evaluates after the same steps as Descent. Returns the same values as read_recorded(), up to the last step."""
    steps = len(recorded["loss"]) if steps is None else min(steps, len(recorded["loss"]))
    training = Training(dtype, moved)
    found = {"loss": [], "measured": [], "state": None}
    for step in range(1, steps + 1):
        found["loss"].append(training.step(step - 1))
        tell(step, found["loss"][-1])
        for part in [each["part"] for each in recorded["measured"] if each["step"] == step]:
            found["measured"].append({"part": part, "step": step, "metrics": training.evaluate(part)})
        if recorded["state"] is not None and recorded["state"]["step"] == step:
            found["state"] = {"step": step, "tensors": training.state()}
    return found


def differences(found, recorded):
    """Pairs of a place and its relative difference, by kind. Tensors are relative to their largest element (or to 0.001)."""
    apart = lambda a, b: abs(a - b) / max(abs(b), 1e-12)
    rows = {"training loss": [(f"step {i + 1}", apart(a, b)) for i, (a, b) in enumerate(zip(found["loss"], recorded["loss"]))]}
    values = {(each["part"], each["step"]): each["metrics"] for each in recorded["measured"]}
    for each in found["measured"]:
        for name, value in values[each["part"], each["step"]].items():
            rows.setdefault(f"{each['part']} {name}", []).append((f"step {each['step']}", apart(each["metrics"][name], value)))
    if found["state"] is not None:
        for name, value in recorded["state"]["tensors"].items():
            kind = "averages" if name.endswith("/average") else "weights" if name in PARAMETERS else "running statistics"
            largest = (found["state"]["tensors"][name] - value).abs().max() / max(value.abs().max().item(), 1e-3)
            rows.setdefault(f"{kind} after step {recorded['state']['step']}", []).append((name, largest.item()))
    return rows


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--steps", type=int, default=None, help="train at most this many steps")
    arguments.add_argument("--threads", type=int, default=None, help="processor threads")
    arguments.add_argument("--double", action="store_true", help="compute in float64")
    arguments.add_argument("--moved", type=float, default=0.0, help="move every weight by about this before the first step, to see how much of a difference chaos makes")
    arguments.add_argument("--tolerance", type=float, default=None, help="fail where a loss differs by more, relatively")
    arguments = arguments.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)

    recorded = read_recorded()
    steps = len(recorded["loss"]) if arguments.steps is None else min(arguments.steps, len(recorded["loss"]))

    def tell(step, loss):
        if step % max(1, steps // 20) == 0 or step == 1:
            apart = abs(loss - recorded["loss"][step - 1]) / max(abs(recorded["loss"][step - 1]), 1e-12)
            print(f"step {step:6d}  loss {loss:.6f}  Descent {recorded['loss'][step - 1]:.6f}  difference {apart:.1e}", flush=True)

    found = follow(recorded, steps, torch.float64 if arguments.double else torch.float32, arguments.moved, tell)
    worst = 0.0
    print(f"\\nlargest relative differences over {steps} steps:")
    for title, rows in differences(found, recorded).items():
        place, largest = max(rows, key=lambda row: row[1])
        print(f"  {title}: {largest:.3e} ({place})")
        if title.endswith("loss"):
            worst = max(worst, largest)
    if arguments.tolerance is not None and not worst <= arguments.tolerance:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
`;
