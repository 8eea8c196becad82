"""`strategies.py NAME SHAPE K [ITERATIONS]`: picks K of a pool of random numbers, all cores, as one would write it in NumPy.

NAME is one of
- `badge`: the factored distances of scikit-activeml's issue 589, which its release 1.0.1 does not have yet;
- `k-center`: distances to the labelled samples in blocks, then one product with the whole pool per pick;
- `k-means`, `typiclust`: scikit-learn's KMeans with the default start, ITERATIONS of Lloyd's; for the latter neighbours in
  each asked cluster by scikit-learn, too.

SHAPE is JSON: { numPool, width, numClasses, numLabelled }.
"""

import json
import platform
import sys

import numpy as np
import sklearn
from lines import serve
from sklearn.cluster import KMeans
from sklearn.neighbors import NearestNeighbors

name, shape, k = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3])
num_iterations = int(sys.argv[4]) if len(sys.argv) > 4 else 0
num_pool, width, num_classes, num_labelled = (
    shape[key] for key in ("numPool", "width", "numClasses", "numLabelled")
)
rng = np.random.default_rng(1)
centres = (4 * rng.random((50, width))).astype(np.float32)


def embeddings(num_samples):
    noise = 2 * rng.random((num_samples, width), dtype=np.float32) - 1
    return centres[rng.integers(50, size=num_samples)] + noise


pool, labelled = embeddings(num_pool), embeddings(num_labelled)
logits = 12 * rng.random((num_pool, 1), dtype=np.float32) * rng.random((num_pool, num_classes), dtype=np.float32)
probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)


def badge():
    residuals = probabilities.copy()
    residuals[np.arange(num_pool), probabilities.argmax(axis=1)] -= 1
    norms = np.einsum("ij,ij->i", residuals, residuals) * np.einsum("ij,ij->i", pool, pool)
    picks = [int(norms.argmax())]
    nearest = np.full(num_pool, np.inf, np.float32)
    while len(picks) < k:
        last = picks[-1]
        products = (residuals @ residuals[last]) * (pool @ pool[last])
        np.minimum(nearest, np.maximum(norms + norms[last] - 2 * products, 0), out=nearest)
        nearest[picks] = 0
        weights = nearest.astype(np.float64)
        picks.append(int(rng.choice(num_pool, p=weights / weights.sum())))
    return picks


def k_center():
    norms = np.einsum("ij,ij->i", pool, pool)
    labelled_norms = np.einsum("ij,ij->i", labelled, labelled)
    nearest = np.empty(num_pool, np.float32)
    for start in range(0, num_pool, 4096):
        block = slice(start, start + 4096)
        nearest[block] = (labelled_norms - 2 * (pool[block] @ labelled.T)).min(axis=1) + norms[block]
    picks = []
    for _ in range(k):
        pick = int(nearest.argmax())
        picks.append(pick)
        np.minimum(nearest, norms + norms[pick] - 2 * (pool @ pool[pick]), out=nearest)
        nearest[pick] = -1
    return picks


def clusters_of(points, num_clusters):
    seed = int(rng.integers(2**31))
    return KMeans(num_clusters, n_init=1, max_iter=num_iterations, tol=0, random_state=seed).fit(points)


def k_means():
    model = clusters_of(pool, k)
    distances = ((pool - model.cluster_centers_[model.labels_]) ** 2).sum(axis=1)
    order = np.lexsort((distances, model.labels_))
    return order[np.unique(model.labels_[order], return_index=True)[1]]


def typiclust():
    clusters = clusters_of(np.concatenate([pool, labelled]), min(num_labelled + k, 500)).labels_
    sizes = np.bincount(clusters)
    with_labels = np.bincount(clusters[num_pool:], minlength=len(sizes))
    queue = sorted(range(len(sizes)), key=lambda c: (sizes[c] <= 5, with_labels[c], -sizes[c]))
    picks = []
    for cluster in queue[:k]:
        members = np.flatnonzero(clusters[:num_pool] == cluster)
        neighbours = min(20, len(members) // 2)
        search = NearestNeighbors(n_neighbors=neighbours + 1).fit(pool[members])
        distances = search.kneighbors(pool[members])[0][:, 1:]
        picks.append(members[distances.mean(axis=1).argmin()])
    return picks


pick = {"badge": badge, "k-center": k_center, "k-means": k_means, "typiclust": typiclust}[name]
versions = {"numpy": np.__version__, "scikit-learn": sklearn.__version__, "python": platform.python_version()}
serve(f"numpy-{name}", lambda: len(pick()), versions)
