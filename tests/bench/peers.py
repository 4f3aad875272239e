"""The peers of `deno task bench`: the same work by NumPy, pandas, scikit-learn, PyTorch, JAX and Keras 3 on three backends.

usage: peers.py NAME MNIST_FOLDER CSV; then each line on standard input asks for one sample, and gets back the seconds
for one unit of work (an iteration, an evaluation, an epoch, a file, 10,000 images). What cannot be imported is said in
one line, `missing: …`. Threads are set from outside, by OPENBLAS_NUM_THREADS and OMP_NUM_THREADS.
"""
import gzip
import os
import subprocess
import sys
import tempfile
import time

name, folder, csv = sys.argv[1:4]
if name.startswith("keras"):
    os.environ["KERAS_BACKEND"] = name.split("-")[1]


def idx(file, offset):
    import numpy as np
    return np.frombuffer(gzip.open(f"{folder}/{file}.gz").read(), np.uint8, offset=offset)


def mnist(part="train"):
    return idx(f"{part}-images-idx3-ubyte", 16).reshape(-1, 784), idx(f"{part}-labels-idx1-ubyte", 8)


def descent(dtype):
    """784-10-10, ReLU and softmax, full batch, 41,000 rows: one iteration, as the tutorials form it."""
    import numpy as np
    images, labels = mnist()
    X, y = (images[1000:42000].T / 255).astype(dtype), labels[1000:42000]
    if dtype == np.float32:
        X = np.ascontiguousarray(X.T).T  # one digit after another in memory: the best form for BLAS
    rng, m = np.random.default_rng(1), y.size
    W1, b1 = (rng.random((10, 784)) - 0.5).astype(dtype), (rng.random((10, 1)) - 0.5).astype(dtype)
    W2, b2 = (rng.random((10, 10)) - 0.5).astype(dtype), (rng.random((10, 1)) - 0.5).astype(dtype)
    Y = np.eye(10, dtype=dtype)[y].T

    def sample(count=5):
        nonlocal W1, b1, W2, b2
        start = time.perf_counter()
        for _ in range(count):
            Z1 = W1 @ X + b1
            A1 = np.maximum(Z1, 0)
            E = np.exp(W2 @ A1 + b2)
            d2 = E / E.sum(0) - (np.eye(10)[y].T if dtype == np.float64 else Y)  # as written, one-hot every time
            d1 = (W2.T @ d2) * (Z1 > 0)
            W1, b1 = W1 - 0.1 / m * (d1 @ X.T), b1 - 0.1 / m * d1.sum(1, keepdims=True)
            W2, b2 = W2 - 0.1 / m * (d2 @ A1.T), b2 - 0.1 / m * d2.sum(1, keepdims=True)
        return (time.perf_counter() - start) / count
    return sample


def torch_descent():
    import torch
    torch.set_flush_denormal(True)
    images, labels = mnist()
    X = torch.tensor(images[1000:42000]).float() / 255
    y = torch.tensor(labels[1000:42000]).long()
    net = torch.nn.Sequential(torch.nn.Linear(784, 10), torch.nn.ReLU(), torch.nn.Linear(10, 10))
    step, loss = torch.optim.SGD(net.parameters(), 0.1), torch.nn.CrossEntropyLoss()

    def sample(count=5):
        start = time.perf_counter()
        for _ in range(count):
            step.zero_grad()
            loss(net(X), y).backward()
            step.step()
        return (time.perf_counter() - start) / count
    return sample


def middle():
    """MNIST's middle 20 x 20, 5,000 digits, one in each row."""
    import numpy as np
    images, labels = mnist()
    return images[:5000].reshape(-1, 28, 28)[:, 4:24, 4:24].reshape(5000, 400) / 255, np.eye(10)[labels[:5000]]


def sigmoid(loops):
    """400-25-10 sigmoid, cost and gradient over 5,000 digits: one digit at a time, or all at once."""
    import numpy as np
    X, Y = middle()
    rng = np.random.default_rng(1)
    T1, T2 = rng.uniform(-0.12, 0.12, (25, 401)), rng.uniform(-0.12, 0.12, (10, 26))
    g = lambda z: 1 / (1 + np.exp(-z))

    def one_by_one(count):
        cost, G1, G2 = 0.0, np.zeros(T1.shape), np.zeros(T2.shape)
        for i in range(count):
            a1 = np.concatenate([[1], X[i]])
            a2 = np.concatenate([[1], g(T1 @ a1)])
            a3 = g(T2 @ a2)
            cost -= Y[i] @ np.log(a3) + (1 - Y[i]) @ np.log(1 - a3)
            d3 = a3 - Y[i]
            d2 = (T2.T @ d3)[1:] * a2[1:] * (1 - a2[1:])
            G1 += np.outer(d2, a1)
            G2 += np.outer(d3, a2)
        return cost, G1, G2

    def at_once():
        A1 = np.c_[np.ones(5000), X]
        A2 = np.c_[np.ones(5000), g(A1 @ T1.T)]
        A3 = g(A2 @ T2.T)
        cost = -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
        d3 = A3 - Y
        d2 = (d3 @ T2)[:, 1:] * A2[:, 1:] * (1 - A2[:, 1:])
        return cost, d2.T @ A1, d3.T @ A2

    def sample():
        start = time.perf_counter()
        if loops:
            one_by_one(1000)
            return 5 * (time.perf_counter() - start)
        for _ in range(10):
            at_once()
        return (time.perf_counter() - start) / 10
    return sample


def torch_epoch(width, rows, compiled=False):
    """784-w-w-10, Adam, batch 32: seconds for an epoch of 60,000."""
    import torch
    net = torch.nn.Sequential(torch.nn.Linear(784, width), torch.nn.ReLU(), torch.nn.Linear(width, width), torch.nn.ReLU(), torch.nn.Linear(width, 10))
    return torch_training(torch.compile(net) if compiled else net, (784,), 32, rows)


def jax_epoch():
    """The same in JAX: one compiled step, the whole set on the device; the rest after whole batches is left out."""
    import jax
    import jax.numpy as jnp
    images, labels = mnist()
    X, y = jnp.asarray(images / 255.0, jnp.float32), jnp.asarray(labels, jnp.int32)
    keys = jax.random.split(jax.random.PRNGKey(1), 3)
    sizes = [(784, 128), (128, 128), (128, 10)]
    parameters = [(jax.random.normal(k, s) * (2 / s[0]) ** 0.5, jnp.zeros(s[1])) for k, s in zip(keys, sizes)]
    zeros = jax.tree.map(jnp.zeros_like, parameters)

    def loss(parameters, x, t):
        for w, b in parameters[:-1]:
            x = jax.nn.relu(x @ w + b)
        w, b = parameters[-1]
        return -jnp.take_along_axis(jax.nn.log_softmax(x @ w + b), t[:, None], 1).mean()

    def step(state, batch):
        parameters, m, v, t = state
        slopes = jax.grad(loss)(parameters, X[batch], y[batch])
        m = jax.tree.map(lambda a, g: 0.9 * a + 0.1 * g, m, slopes)
        v = jax.tree.map(lambda a, g: 0.999 * a + 0.001 * g * g, v, slopes)
        rate = 0.001 * jnp.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t)
        parameters = jax.tree.map(lambda w, a, b: w - rate * a / (jnp.sqrt(b) + 1e-7), parameters, m, v)
        return (parameters, m, v, t + 1), None

    epoch = jax.jit(lambda state, order: jax.lax.scan(step, state, order)[0])
    state = parameters, zeros, zeros, jnp.float32(1)

    def sample():
        nonlocal state
        import numpy as np
        order = jnp.asarray(np.random.permutation(60000).reshape(-1, 32))
        start = time.perf_counter()
        state = jax.block_until_ready(epoch(state, order))
        return time.perf_counter() - start
    return sample


def sklearn_epoch():
    import warnings
    from sklearn.neural_network import MLPClassifier
    warnings.filterwarnings("ignore")
    images, labels = mnist()
    X = (images / 255).astype("float32")
    net = MLPClassifier((128, 128), batch_size=32, max_iter=1, warm_start=True, random_state=1)

    def sample():
        start = time.perf_counter()
        net.fit(X, labels)
        return time.perf_counter() - start
    return sample


def torch_training(net, shape, batch, rows):
    """Adam over as many rows, in batches: seconds for an epoch of 60,000."""
    import torch
    torch.set_flush_denormal(True)
    images, labels = mnist()
    X, y = torch.tensor(images).float().reshape(-1, *shape) / 255, torch.tensor(labels).long()
    loss = torch.nn.CrossEntropyLoss()
    try:
        step = torch.optim.Adam(net.parameters(), fused=True)
    except (TypeError, RuntimeError):
        step = torch.optim.Adam(net.parameters())

    def sample():
        order = torch.randperm(60000)[:rows]
        start = time.perf_counter()
        for k in range(0, rows, batch):
            i = order[k:k + batch]
            step.zero_grad(set_to_none=True)
            loss(net(X[i]), y[i]).backward()
            step.step()
        return (time.perf_counter() - start) * 60000 / rows
    return sample


def torch_convolution(rows):
    """Chapter 15's network: 16 and 32 filters of 5 x 5, each pooled, 128, 10; Adam, batch 64: seconds for an epoch of 60,000."""
    from torch.nn import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential
    filters = Conv2d(1, 16, 5), MaxPool2d(2), ReLU(), Conv2d(16, 32, 5), MaxPool2d(2), ReLU()
    return torch_training(Sequential(*filters, Flatten(), Linear(512, 128), ReLU(), Linear(128, 10)), (1, 28, 28), 64, rows)


def keras_convolution(rows):
    """The same in Keras 3, on the backend that KERAS_BACKEND names."""
    import keras
    from keras.layers import Conv2D, Dense, Flatten, MaxPooling2D
    images, labels = mnist()
    X, y = images[:rows].reshape(-1, 28, 28, 1).astype("float32") / 255, labels[:rows].astype("int32")
    net = keras.Sequential([keras.Input((28, 28, 1)), Conv2D(16, 5, activation="relu"), MaxPooling2D(), Conv2D(32, 5, activation="relu"), MaxPooling2D(), Flatten(), Dense(128, "relu"), Dense(10, "softmax")])
    net.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])

    def sample():
        start = time.perf_counter()
        net.fit(X, y, batch_size=64, epochs=1, verbose=0)
        return (time.perf_counter() - start) * 60000 / rows
    return sample


def torch_inference():
    import torch
    images, _ = mnist("t10k")
    X = torch.tensor(images).float() / 255
    net = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10), torch.nn.Softmax(1))

    def sample():
        start = time.perf_counter()
        with torch.no_grad():
            for _ in range(5):
                net(X).argmax(1)
        return (time.perf_counter() - start) / 5
    return sample


ARTICLE = """
import numpy as np, keras
with np.load("mnist.npz") as f:
    x, y, x_test, y_test = f["x_train"], f["y_train"], f["x_test"], f["y_test"]
x, x_test = keras.utils.normalize(x, axis=1), keras.utils.normalize(x_test, axis=1)
net = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(128, "relu"), keras.layers.Dense(128, "relu"), keras.layers.Dense(10, "softmax")])
net.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
net.fit(x, y, epochs=3)
net.evaluate(x_test, y_test)
net.save_weights("digits.weights.h5")
"""


def keras_epoch():
    import keras
    images, labels = mnist()
    X = images / 255.0
    net = keras.Sequential([keras.layers.Dense(128, "relu"), keras.layers.Dense(128, "relu"), keras.layers.Dense(10, "softmax")])
    net.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])

    def sample():
        start = time.perf_counter()
        net.fit(X, labels, epochs=1, verbose=0)
        return time.perf_counter() - start
    return sample


def keras_process():
    """Tutorial 004's program as a process of its own: start, data, three epochs, the test part, weights on disk."""
    import numpy as np
    place = tempfile.mkdtemp()
    (x, y), (x_test, y_test) = mnist(), mnist("t10k")
    shape = (-1, 28, 28)
    np.savez(f"{place}/mnist.npz", x_train=x.reshape(shape), y_train=y, x_test=x_test.reshape(shape), y_test=y_test)

    def sample():
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", ARTICLE], cwd=place, check=True, capture_output=True)
        return time.perf_counter() - start
    return sample


def read_csv(reader):
    import numpy as np

    def sample():
        start = time.perf_counter()
        if reader == "pandas":
            import pandas
            table = pandas.read_csv(csv).to_numpy()
        else:
            table = np.loadtxt(csv, np.uint8, delimiter=",", skiprows=1)
        assert table.shape[1] == 785
        return time.perf_counter() - start
    return sample


PEERS = {
    "numpy-descent": lambda: descent(__import__("numpy").float64),
    "numpy32-descent": lambda: descent(__import__("numpy").float32),
    "torch-descent": torch_descent,
    "numpy-sigmoid-loops": lambda: sigmoid(True),
    "numpy-sigmoid": lambda: sigmoid(False),
    "keras-tensorflow-epoch": keras_epoch,
    "keras-jax-epoch": keras_epoch,
    "keras-torch-epoch": keras_epoch,
    "keras-tensorflow-process": keras_process,
    "torch-epoch": lambda: torch_epoch(128, 60000),
    "torch-epoch-compiled": lambda: torch_epoch(128, 60000, True),
    "jax-epoch": jax_epoch,
    "sklearn-epoch": sklearn_epoch,
    "torch-epoch-512": lambda: torch_epoch(512, 6400),
    "torch-epoch-1024": lambda: torch_epoch(1024, 3200),
    "torch-epoch-2048": lambda: torch_epoch(2048, 1600),
    "torch-convolution": lambda: torch_convolution(12800),
    "keras-torch-convolution": lambda: keras_convolution(12800),
    "torch-inference": torch_inference,
    "pandas-csv": lambda: read_csv("pandas"),
    "numpy-csv": lambda: read_csv("numpy"),
}
MODULES = {"numpy32": "numpy"}

if __name__ == "__main__":
    try:
        peer, backend = name.split("-")[:2]
        module = __import__(MODULES.get(peer, peer))
        on = f" on {backend} {__import__(backend).__version__}" if peer == "keras" else ""
    except ImportError as reason:
        print(f"missing: {reason}", flush=True)
        sys.exit()
    sample = PEERS[name]()
    print(f"ready: {module.__name__} {module.__version__}{on}", flush=True)
    for _ in sys.stdin:
        print(sample(), flush=True)
