"""The benchmarked networks in PyTorch, layer for layer as querybench's."""

from torch import nn

IMAGE = (1, 28, 28)


def mlp():
    return nn.Sequential(
        nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 256), nn.ReLU(), nn.Linear(256, 10)
    )


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(9216, 128), nn.ReLU(), nn.Linear(128, 10),
    )  # fmt: skip


def mlp_dropout():
    return nn.Sequential(
        nn.Flatten(), nn.Linear(784, 128), nn.Dropout(0.2), nn.ReLU(),
        nn.Linear(128, 256), nn.Dropout(0.2), nn.ReLU(), nn.Linear(256, 10), nn.Dropout(0.2),
    )  # fmt: skip


def cnn_batchbald():
    return nn.Sequential(
        nn.Conv2d(1, 32, 5), nn.Dropout2d(0.5), nn.MaxPool2d(2), nn.ReLU(),
        nn.Conv2d(32, 64, 5), nn.Dropout2d(0.5), nn.MaxPool2d(2), nn.ReLU(),
        nn.Flatten(), nn.Linear(1024, 128), nn.Dropout(0.5), nn.ReLU(), nn.Linear(128, 10),
    )  # fmt: skip


MODELS = {"mlp": mlp, "cnn": cnn, "mlp-dropout": mlp_dropout, "cnn-batchbald": cnn_batchbald}
