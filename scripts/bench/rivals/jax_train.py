"""JAX, jit + scan + vmap: `jax_train.py REPLICAS STEPS` trains that many MLPs at once, each on minibatches of 32."""

import platform
import sys

import jax
import jax.numpy as jnp
from lines import serve

num_replicas, num_steps = int(sys.argv[1]), int(sys.argv[2])
num_samples, batch_size, widths = 2048, 32, (784, 128, 256, 10)
key = jax.random.PRNGKey(0)


def initial_parameters():
    keys = jax.random.split(key, len(widths) - 1)
    shapes = zip(widths[:-1], widths[1:], strict=True)
    return [
        (jax.random.normal(k, (num_replicas, n, m)) * 0.05, jnp.zeros((num_replicas, m)))
        for k, (n, m) in zip(keys, shapes, strict=True)
    ]


def logits_of(parameters, x):
    for weight, bias in parameters[:-1]:
        x = jax.nn.relu(x @ weight + bias)
    weight, bias = parameters[-1]
    return x @ weight + bias


def loss_of(parameters, x, y):
    return -jnp.mean(jnp.sum(jax.nn.log_softmax(logits_of(parameters, x)) * y, axis=1))


def adam(parameters, first, second, t, x, y):
    gradients = jax.grad(loss_of)(parameters, x, y)
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradients)
    second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradients)
    rate = 1e-3 * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    updated = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-7), parameters, first, second)
    return updated, first, second


@jax.jit
def train(parameters, first, second, features, labels, indices):
    def body(carry, rows):
        parameters, first, second, t = carry

        def step(p, m, v, own_rows):
            return adam(p, m, v, t, features[own_rows], labels[own_rows])

        return (*jax.vmap(step)(parameters, first, second, rows), t + 1), None

    return jax.lax.scan(body, (parameters, first, second, 1.0), indices)[0]


features = jax.random.uniform(key, (num_samples, widths[0]))
labels = jax.nn.one_hot(jnp.arange(num_samples) % 10, 10)
parameters = initial_parameters()
zeros = jax.tree.map(jnp.zeros_like, parameters)
indices = jax.random.randint(key, (num_steps, num_replicas, batch_size), 0, num_samples)


def repeat():
    jax.block_until_ready(train(parameters, zeros, zeros, features, labels, indices))
    return num_steps * num_replicas * batch_size


serve("jax-train-mlp", repeat, {"jax": jax.__version__, "python": platform.python_version()})
